"""Feeds (RSS, Atom, RDF) → documents: what each entry itself holds, and where the whole of it is to be found."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from html.entities import html5
from typing import Any

from sayso.errors import UnreadableSource
from sayso.extras import need
from sayso.intake.dates import iso
from sayso.intake.fragment import plain
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.making import by_sayso, loaded, named
from sayso.intake.text import decode
from sayso.intake.trees import MAX_ELEMENTS, xml_tree

NAME = "feed"
SUFFIXES = frozenset({".rss", ".atom", ".rdf"})
MEDIA_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})

MAX_FEED = 32 * 1024 * 1024
"""The largest feed in bytes: it is held in memory whole."""
WHOLE = 100
"""From how many words on an entry is taken for the whole report, and not for what it is about."""
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,100}?\sencoding=[\"']([\w.:-]{1,40})[\"']")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]{0,300}\?>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = ("amp", "lt", "gt", "quot", "apos")
_BEGINS = re.compile(
    rb"""(?isx) ^ (?: \xef\xbb\xbf )? \s*
    (?> <\?[^>]{0,1000}\?> \s* | <!--.{0,2000}?--> \s*
      | <!doctype [^>\[]{0,500} (?: \[.{0,4000}?\] \s* )? > \s* ){0,10}+
    <(?: \w{1,20} : )? (?: rss | feed | rdf ) [\s>]"""
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: where its page is, what is known of it, what it holds as HTML. `outlet` is the feed's title,
    or that of the feed it was taken over from."""

    link: str | None
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    html: str


def is_one(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a feed."""
    return _BEGINS.match(head) is not None


def reports(original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """One document an entry: the text it carries, or its title and summary, which a note of the first such says.

    A file that is no feed is yielded as one error. Raises MissingExtra where feedparser is not installed.
    """
    try:
        found = entries(original)
    except UnreadableSource as error:
        yield error
        return
    yield from documents(found, original, known)


def documents(
    found: list[Entry], original: Original, known: Metadata, first: int = 1
) -> Iterator[Loaded | UnreadableSource]:
    """What the entries themselves hold, of which the first has that number in the feed."""
    told = False
    for number, entry in enumerate(found, first):
        try:
            report, is_whole = _document(entry, original, known, f"entry {number}")
        except UnreadableSource as error:
            yield error
            continue
        if not is_whole and not told:
            note = f"{original.name}: of some entries the feed holds only title and summary; --follow reads their pages"
            report, told = replace(report, notes=(*report.notes, note)), True
        yield report


def entries(original: Original) -> list[Entry]:
    """The entries of a feed, in its order; nothing is fetched.

    Raises UnreadableSource for what is no feed, is too large or has no entry, MissingExtra where feedparser is missing.
    """
    feedparser = need("feedparser", "intake", "reading feeds")
    original.stream.seek(0)
    data = original.stream.read(MAX_FEED + 1)
    if len(data) > MAX_FEED:
        raise UnreadableSource(original.name, f"it is larger than {MAX_FEED >> 20} MB")
    if not is_one(data[: 1 << 16]):
        raise UnreadableSource(original.name, "it is no feed")
    base = {"content-location": original.address} if original.address else {}
    try:
        xml = _well_formed(data, original.name)
        # A stream, since a feed's text could be taken for an address. What is unsafe in its HTML is never kept.
        feed = feedparser.parse(
            io.BytesIO(xml), response_headers=base, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError, SyntaxError) as error:
        raise UnreadableSource(original.name, f"it is no feed that can be read ({error})") from error
    if not feed.entries:
        raise UnreadableSource(original.name, "the feed has no entries that can be read")
    outlet = _words(dict.get(feed.feed, "title"))
    return [_entry(entry, outlet) for entry in feed.entries]


def _well_formed(data: bytes, name: str) -> bytes:
    """The feed as XML without faults, in UTF-8 and without a document type.

    feedparser's own way to read XML with faults takes a time that grows with its square; libxml2 mends them as it goes.
    """
    etree = need("lxml.etree", "intake", "reading feeds")
    declared = _DECLARED.match(data)
    try:
        text = data.decode(declared[1].decode() if declared else "utf-8-sig")
    except (ValueError, LookupError):
        text, _ = decode(data, name)
    text = _ENTITY.sub(_numbered, _DECLARATION.sub("", text, count=1))
    if text.count("<") > MAX_ELEMENTS:
        raise UnreadableSource(name, f"it has more than {MAX_ELEMENTS} elements")
    root = xml_tree(text.encode("utf-8", "replace"), name)
    etree.strip_tags(root, etree.Entity)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _numbered(name: re.Match[str]) -> str:
    """A character that HTML has a name for and XML has none, by its number."""
    character = html5.get(name[1] + ";", "") if name[1] not in _OF_XML else ""
    return "".join(f"&#{ord(c)};" for c in character) or name[0]


def _entry(entry: Any, outlet: str | None) -> Entry:
    values = dict.get  # the entry's own look-up answers for keys it does not have, and warns
    contents = [str(content.get("value") or "") for content in values(entry, "content") or ()]
    summary = str(values(entry, "summary") or "")
    source = values(entry, "source")
    author = values(entry, "author_detail")
    link = values(entry, "link")
    return Entry(
        link=link if isinstance(link, str) and link.startswith(("https://", "http://")) else None,
        title=_words(values(entry, "title")),
        outlet=_words(values(source, "title")) if isinstance(source, dict) and values(source, "title") else outlet,
        author=_words((isinstance(author, dict) and values(author, "name")) or values(entry, "author")),
        published=iso(values(entry, "published")) or iso(values(entry, "updated")),
        html=max([*contents, summary], key=len),
    )


def _document(entry: Entry, original: Original, known: Metadata, place: str) -> tuple[Loaded, bool]:
    """The document that an entry itself holds, and whether that is the whole report."""
    text = plain(entry.html, named(original, place))
    is_whole = len(text.split()) >= WHOLE
    if not is_whole:
        text = "\n\n".join(part for part in (entry.title, text) if part)
    found = Metadata(entry.title, entry.outlet, entry.author, entry.published, entry.link)
    data = json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    version = str(need("feedparser", "intake").__version__)
    made = replace(by_sayso(data, "application/xml", place), extractor="feedparser", version=version)
    return loaded(text, found, known, original, made), is_whole


def _words(value: object) -> str | None:
    """A title or name without the markup that may be in it."""
    if not isinstance(value, str):
        return None
    try:
        value = plain(value, "a title") if "<" in value or "&" in value else value
    except UnreadableSource:
        return None
    return " ".join(value.split()) or None
