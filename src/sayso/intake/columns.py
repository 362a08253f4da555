"""Which columns of a table hold what: as the user says, or guessed from their names and told in a note."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from sayso.errors import InvalidMetadata


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that hold the text and what is known of it; None for what no column holds."""

    text: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None

    def names(self) -> list[str]:
        """The columns that are read, each once."""
        return list(dict.fromkeys(name for field in fields(self) if (name := getattr(self, field.name)) is not None))


# Best first: a table that has "text" and "description" means the first.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text",
        "fulltext",
        "articletext",
        "body",
        "bodytext",
        "articlebody",
        "content",
        "articlecontent",
        "article",
        "maintext",
        "rawtext",
        "cleantext",
        "plaintext",
        "story",
        "transcript",
        "description",
    ),
    "title": ("title", "headline", "articletitle", "heading", "hed", "head"),
    "outlet": (
        "outlet",
        "outletname",
        "source",
        "sourcename",
        "publisher",
        "publication",
        "publicationtitle",
        "newspaper",
        "medianame",
        "media",
        "medium",
        "site",
        "sitename",
        "domain",
    ),
    "author": ("author", "authors", "byline", "by", "creator", "writer", "reporter", "journalist"),
    "published": (
        "published",
        "publisheddate",
        "publishedat",
        "publishedon",
        "publicationdate",
        "publishdate",
        "pubdate",
        "datepublished",
        "date",
        "articledate",
        "datetime",
        "timestamp",
    ),
    "url": (
        "url",
        "link",
        "articleurl",
        "address",
        "webaddress",
        "permalink",
        "canonicalurl",
        "sourceurl",
        "uri",
        "href",
    ),
}
_GUESSED_LENGTH = 200
_PARTED = re.compile(rf",(?=(?:{'|'.join(_NAMES)})=)")


def from_words(words: Iterable[str]) -> Columns:
    """The columns that a user names as `text=body`, `published=when`, each by itself or with commas between them.

    Raises InvalidMetadata for what is not of that form, and for what no column can be given for.
    """
    given: dict[str, str] = {}
    for word in itertools.chain.from_iterable(map(_PARTED.split, words)):
        what, sign, name = word.partition("=")
        if not sign or not name or what not in _NAMES:
            raise InvalidMetadata(f"columns: {word!r} is not of the form text=NAME; it may be {', '.join(_NAMES)}")
        given[what] = name
    return Columns(**given)


def guessed(names: Iterable[str], given: Columns = Columns()) -> Columns:
    """The columns among `names` that mean something, by their names; those `given` stay as they are."""
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(_key(name), name)
    taken = set(given.names())
    found: dict[str, str] = {}
    for what, known in _NAMES.items():
        if getattr(given, what) is None:
            column = next((by_key[key] for key in known if key in by_key and by_key[key] not in taken), None)
            if column is not None:
                found[what] = column
                taken.add(column)
    return replace(given, **found)


def with_longest(columns: Columns, lengths: Mapping[str, int]) -> Columns:
    """Where no name says where the text is: the column whose values are the longest, if they are as long as a text."""
    rest = {name: length for name, length in lengths.items() if name not in columns.names()}
    longest = max(rest, key=rest.__getitem__, default=None)
    if columns.text is not None or longest is None or rest[longest] < _GUESSED_LENGTH:
        return columns
    return replace(columns, text=longest)


def told(columns: Columns, given: Columns) -> str | None:
    """What was guessed, in words for a note; None if nothing was, but what the columns themselves say."""
    new = [
        f"{what} from “{name}”"
        for what in _NAMES
        if (name := getattr(columns, what)) is not None and getattr(given, what) is None and _key(name) != what
    ]
    return "columns guessed: " + ", ".join(new) if new else None


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
