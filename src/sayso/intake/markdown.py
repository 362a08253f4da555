"""Markdown → document: the words without their marks; what the front matter says of the report."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sayso.errors import UnreadableSource
from sayso.intake import dates
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.making import by_sayso, loaded
from sayso.intake.text import decode

if TYPE_CHECKING:
    from markdown_it.token import Token

NAME = "Markdown"
SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
MEDIA_TYPES = frozenset({"text/markdown", "text/x-markdown"})
MAX_BYTES = 16 * 1024 * 1024

_PARAGRAPHS = "\n\n"
_YAML = re.compile(r"\A---[ \t]*\n(.{0,65536}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.{0,65536}?)\n\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_KEY = re.compile(r"([A-Za-z][\w-]{0,40}):(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
# The names that programs which make sites of Markdown give to what is known of a page, the surest first.
_NAMES = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "publication", "publisher", "site", "source", "website"),
    "author": ("author", "authors", "byline"),
    "published": ("published", "date", "publishdate", "pubdate", "created"),
    "url": ("url", "canonical", "canonical_url", "link", "source_url", "source"),
}
_WEB = re.compile(r"https?://\S{1,2000}")


def reports(original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """The one document of a Markdown file; what cannot be read is yielded as the error that says so."""
    original.stream.seek(0)
    data = original.stream.read(MAX_BYTES + 1)
    try:
        if len(data) > MAX_BYTES:
            raise UnreadableSource(original.name, f"it is larger than {MAX_BYTES // 2**20} MB")
        source, notes = decode(data, original.name)
        body, said = front_matter(source.replace("\r\n", "\n"))
        text = _PARAGRAPHS.join(paragraphs(body))
        yield loaded(text, said, known, original, by_sayso(data, "text/markdown"), notes)
    except UnreadableSource as error:
        yield error


def front_matter(source: str) -> tuple[str, Metadata]:
    """The Markdown after its front matter (YAML between ---, or TOML between +++), and what that says of the report.

    Of YAML only plain `key: value` lines and lists of values are understood, which is what front matter is made of.
    """
    if found := _TOML.match(source):
        try:
            return source[found.end() :], _metadata(tomllib.loads(found[1]))
        except (tomllib.TOMLDecodeError, RecursionError, ValueError):
            return source[found.end() :], Metadata()
    found = _YAML.match(source)
    values = _yaml(found[1]) if found else None
    # Between two rules there may also be a paragraph.
    if found is None or values is None:
        return source, Metadata()
    return source[found.end() :], _metadata(values)


def paragraphs(source: str) -> list[str]:
    """The paragraphs, headings, items and rows of a Markdown text (CommonMark, with tables), without their marks.

    HTML, pictures and the addresses of links are left out.
    """
    from markdown_it import MarkdownIt

    found: list[str] = []
    row: list[str] | None = None
    for token in MarkdownIt("commonmark", {"maxNesting": 50}).enable("table").parse(source):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            found.append("\t".join(filter(None, row)))
            row = None
        elif token.type in ("fence", "code_block"):
            found += token.content.splitlines()
        elif token.type == "inline":
            lines = _words(token.children or ()).split("\n")
            if row is None:
                found += lines
            else:
                row.append(" ".join(lines))
    return [line for line in (line.strip() for line in found) if line]


def _words(tokens: Sequence[Token]) -> str:
    """The words of inline tokens; only a line break that is meant (two blanks, a backslash) is one."""
    pieces = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            pieces.append(token.content.replace("\n", " "))
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces)


def _yaml(source: str) -> dict[str, Any] | None:
    """The values of a YAML block's own keys; None if it is no such block."""
    values: dict[str, Any] = {}
    last = None
    for line in source.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if found := _KEY.fullmatch(line.rstrip()):
            last = found[1]
            values.setdefault(last.lower(), _scalar(found[2] or ""))
        elif (item := _ITEM.fullmatch(line)) and last is not None:
            value = values.get(last.lower())
            values[last.lower()] = [*(value if isinstance(value, list) else []), _scalar(item[1])]
        elif not line[0].isspace():
            return None
    return values


def _scalar(words: str) -> str | list[str]:
    words = words.strip()
    if words[:1] == words[-1:] == '"' and len(words) > 1:
        return words[1:-1].replace('\\"', '"')
    if words[:1] == words[-1:] == "'" and len(words) > 1:
        return words[1:-1].replace("''", "'")
    if words[:1] == "[" and words[-1:] == "]":
        return [str(_scalar(item)) for item in words[1:-1].split(",")] if "[" not in words[1:] else words
    return re.split(r"\s#", words, maxsplit=1)[0].rstrip()


def _metadata(values: Mapping[str, Any]) -> Metadata:
    lowered = {key.lower(): value for key, value in values.items()}

    def said(wanted: str) -> Iterator[str]:
        for name in _NAMES[wanted]:
            value = lowered.get(name)
            items = value if isinstance(value, list) else [value]
            words = [str(item.get("name", "")) if isinstance(item, dict) else str(item) for item in items if item]
            if joined := ", ".join(filter(None, words)):
                yield joined

    return Metadata(
        title=next(said("title"), None),
        outlet=next((words for words in said("outlet") if not _WEB.match(words)), None),
        author=next(said("author"), None),
        published=next((day for words in said("published") if (day := dates.iso(words))), None),
        url=next((words for words in said("url") if _WEB.fullmatch(words)), None),
    )
