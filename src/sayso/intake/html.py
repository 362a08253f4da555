"""HTML pages → documents: the report without what stands around it, and what the page says of itself."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.errors import UnreadableSource
from sayso.extras import need
from sayso.intake import dates
from sayso.intake.charset import decoded
from sayso.intake.loaded import Loaded, Made, Metadata, Original
from sayso.intake.making import loaded
from sayso.intake.trees import html_tree, is_unwieldy, lines, words_in

NAME = "HTML"
SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml"})
MAX_BYTES = 32 * 1024 * 1024

_BEGINS = re.compile(
    rb"(?is)^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}(?:<!doctype\s+html|<(?:html|head|body)[\s>])"
)
_SAVED = re.compile(
    r"(?i)<!--\s*(?:saved from url=\(\d{1,5}\)|page saved with singlefile\s+url:\s*)(https?://[^\s<>\"]{1,2000})"
)
_LOOKED_AT = 4096
_WEB = re.compile(r"https?://[^\s<>\"]{1,2000}")
_PARAGRAPHS = "\n\n"

# Where pages say when they were published, the surest first: Open Graph, schema.org, Dublin Core, names of the trade.
_SURELY = ("article:published_time", "og:article:published_time", "article:published")
_PERHAPS = (
    "datepublished", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
    "dc.date.created", "parsely-pub-date", "sailthru.date", "publish-date", "publish_date", "publishdate",
    "publication_date", "pubdate", "pub_date", "date", "article.published", "cxenseparse:recs:publishtime",
)  # fmt: skip
_NAMING = ("property", "name", "itemprop", "http-equiv")
_LARGEST_DATA = 1 << 20
_DEEPEST_DATA = 8
# trafilatura would ask the clock which dates can be.
_DATES = {"original_date": True, "extensive_search": False, "min_date": "1700-01-01", "max_date": "2999-12-31"}


@dataclass(frozen=True, slots=True)
class Page:
    """What is in a page: its main text, a paragraph a line with blank lines between them; what it says of itself; what
    a person should know of how it was read."""

    text: str
    found: Metadata
    notes: tuple[str, ...] = ()


def is_one(head: bytes) -> bool:
    """Whether a file that begins with these bytes is an HTML page."""
    return _BEGINS.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


_OWN = b'class="sayso-page"'
_HEAD = 1024  # bytes in which that stands


def reports(original: Original, known: Metadata, charset: str | None = None) -> Iterator[Loaded | UnreadableSource]:
    """The one report of a page, saved or fetched; `charset` is the encoding that came with it in a header, if
    that is another than the server said.

    What cannot be read is yielded as the error that says so.
    """
    original.stream.seek(0)
    data = original.stream.read(MAX_BYTES + 1)
    try:
        yield report(data, original, known, charset or original.charset)
    except UnreadableSource as error:
        yield error


def report(data: bytes, original: Original, known: Metadata, charset: str | None = None) -> Loaded:
    """The report in a page whose bytes are `data`. Raises UnreadableSource, and MissingExtra without trafilatura."""
    if _OWN in data[:_HEAD]:
        raise UnreadableSource(original.name, "it is a page that Sayso made of a report, not the report")
    read = page(data, original.name, charset, original.address)
    version = need("trafilatura", "intake", "reading HTML").__version__
    made = Made("trafilatura", version, "sha256:" + hashlib.sha256(data).hexdigest(), "text/html")
    return loaded(read.text, read.found, known, original, made, read.notes)


def page(data: bytes, name: str, charset: str | None = None, address: str | None = None) -> Page:
    """The main text of a page and what it says of itself; `address` is where it was found.

    Where nothing in it looks like a report, or it is too unwieldy to find out, all its words are taken, and a note says
    so. Raises UnreadableSource if it is too large (MAX_BYTES), is no text, or says nothing.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSource(name, f"it is larger than {MAX_BYTES // 2**20} MB")
    source, notes = decoded(data, name, charset)
    tree = html_tree(source, name)
    main = None if is_unwieldy(tree) else _main(tree)
    found = _found(tree, main, source[:_LOOKED_AT], address)
    paragraphs = lines(main.body) if main is not None else []
    if not paragraphs:
        paragraphs = lines(tree.body)
        notes += (f"{name}: no report stands out in it; all its words were taken",)
    if not paragraphs:
        raise UnreadableSource(name, "it holds no text")
    return Page(_PARAGRAPHS.join(paragraphs), found, notes)


def _main(tree: Any) -> Any:
    """What trafilatura finds, or None."""
    trafilatura = need("trafilatura", "intake", "reading HTML")
    _quieten()
    try:
        return trafilatura.bare_extraction(
            tree, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=dict(_DATES)
        )
    except Exception:  # it has no list of what it raises on pages that are made to break it
        return None


def _quieten() -> None:
    """Without a handler of its own, what trafilatura logs of a page would stand on stderr among our sentences."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _found(tree: Any, main: Any, head: str, address: str | None) -> Metadata:
    """What a page says of itself; its own words on when it was published go before a guess."""
    said = {"title": None, "sitename": None, "author": None, "date": None, "url": None}
    if main is not None:
        said = {name: getattr(main, name) or None for name in said}
    saved = _SAVED.search(head)
    url = said["url"] if said["url"] and _WEB.fullmatch(said["url"]) else None
    return Metadata(
        title=said["title"] or _title(tree),
        outlet=said["sitename"],
        author=said["author"],
        published=_published(tree) or dates.iso(said["date"]),
        url=url or (saved[1] if saved else address),
    )


def _title(tree: Any) -> str | None:
    found = tree.find(".//title")
    return words_in(found) or None if found is not None else None


def _published(tree: Any) -> str | None:
    """When the page says it was published, with the time of day and its distance from UTC if they are there."""
    said: dict[str, str] = {}
    for element in tree.iter("meta", "time"):
        for naming in _NAMING:
            if name := element.get(naming):
                value = element.get("content") or element.get("datetime") or ""
                said.setdefault(name.strip().lower(), value)
    days = (dates.iso(said.get(name)) for name in _SURELY)
    others = (dates.iso(said.get(name)) for name in _PERHAPS)
    return next(filter(None, days), None) or _in_data(tree) or next(filter(None, others), None)


def _in_data(tree: Any) -> str | None:
    """The datePublished of the page's JSON-LD."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and len(script.text or "") <= _LARGEST_DATA:
            try:
                data = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            if day := _date_in(data, _DEEPEST_DATA):
                return day
    return None


def _date_in(data: Any, depth: int) -> str | None:
    if depth == 0:
        return None
    if isinstance(data, dict):
        day = dates.iso(data.get("datePublished"))
        inner: Any = [data[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in data]
        return day or _date_in(inner, depth - 1)
    if isinstance(data, list):
        return next((day for item in data[:100] if (day := _date_in(item, depth - 1))), None)
    return None
