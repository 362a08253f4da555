"""EPUB → documents: one an article, where the table of contents names several; the whole book else.

Newsletters and news periodicals as EPUB (Calibre's, and those of services that send them) keep each article in a file
of its own and name it in the table of contents; headings within a file are no articles. ebooklib is AGPL, and so little
of the format is needed that a ZIP and its XML do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.errors import UnreadableSource
from sayso.extras import need
from sayso.intake import dates
from sayso.intake.charset import decoded
from sayso.intake.loaded import Loaded, Made, Metadata, Original
from sayso.intake.making import by_sayso, loaded, named
from sayso.intake.trees import attribute, html_tree, lines, tag, words_in, xml_tree
from sayso.intake.zipped import SIGNATURE, Zipped, within

NAME = "EPUB"
MEDIA_TYPE = "application/epub+zip"
SUFFIXES = frozenset({".epub"})
MEDIA_TYPES = frozenset({MEDIA_TYPE})

_PARAGRAPHS = "\n\n"
_NOT_TEXT = frozenset({"cover", "toc", "title-page", "titlepage", "copyright-page", "landmarks", "index", "loi", "lot"})
_NAVIGATION = re.compile(r"(?i)\bcalibre[\w-]*navbar\b|\btoc\b|\bpagelist\b")
_DOWNLOADED = re.compile(r"(?i)^this article was downloaded by .{0,80}? from (https?://\S{1,2000})$")
_DATED = re.compile(r"\s*[\[(][^\[\]()]{0,60}\d[^\[\]()]{0,60}[\])]\s*$")
_PROGRAM = re.compile(r"(?i)^(?:calibre|unknown|kindlegen|sigil|pandoc)\b")
_OF_FONTS = re.compile(r"(?i)obfuscation|/pdf/enc#RC$")
_FEWEST_WORDS = 12
_MOST_LINKS = 0.5


def is_one(head: bytes) -> bool:
    """Whether a file that begins with these bytes is an EPUB: its first part says so."""
    return head.startswith(SIGNATURE) and MEDIA_TYPE.encode() in head[:200]


def reports(original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """The documents of an EPUB, in the order of its spine; what cannot be read is yielded as the error that says so."""
    need("lxml.html", "intake", "reading EPUB")
    try:
        book = _Book(Zipped(original.stream, original.name), original.name)
        original.stream.seek(0)
        made = by_sayso(original.stream.read(), MEDIA_TYPE)
        articles = book.articles()
        if len(articles) < 2:
            yield loaded(_PARAGRAPHS.join(book.text(book.spine).paragraphs), book.said, known, original, made)
            return
    except UnreadableSource as error:
        yield error
        return
    number = 0
    for article in articles:
        try:
            report = _report(book, article, number + 1, original, known, made)
        except UnreadableSource as error:
            yield error
        else:
            if report is not None:
                number += 1
                yield report
    if not number:
        yield UnreadableSource(original.name, "it holds no text")


def _report(
    book: _Book, article: _Article, number: int, original: Original, known: Metadata, made: Made
) -> Loaded | None:
    """One article's document; None for a page of links, or of hardly a word."""
    text = book.text(article.files)
    if text.links > _MOST_LINKS or sum(len(line.split()) for line in text.paragraphs) < _FEWEST_WORDS:
        return None
    place = f"article {number}"
    said = Metadata(article.title, book.said.outlet, book.said.author, book.said.published, text.address)
    part = Made(made.extractor, made.version, made.original, made.media_type, place=place)
    opened = Original(named(original, None), original.stream, original.path, original.address)
    return loaded(_PARAGRAPHS.join(text.paragraphs), said, known, opened, part)


@dataclass(frozen=True, slots=True)
class _Article:
    """A title in the table of contents, and the files of the spine from the one it names to the next that is named."""

    title: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """The paragraphs of some files, the share of their words that are links, where on the web they stood."""

    paragraphs: list[str]
    links: float
    address: str | None


class _Book:
    """What an EPUB says of itself, and the files that make it up in reading order."""

    def __init__(self, archive: Zipped, name: str) -> None:
        """Raises UnreadableSource if the archive is no EPUB, or one whose text is locked."""
        self._archive, self._name = archive, name
        self._packed = self._package_name()
        package = self._xml(self._packed)
        if package is None:
            raise UnreadableSource(name, "it is no EPUB: it does not say what is in it")
        self._refuse_locked()
        self._items = {item.get("id"): item for item in package.iter("{*}item")}
        self._aside = self._named_aside(package)
        self.spine = tuple(self._spine(package))
        self.said = _said(package)

    def articles(self) -> list[_Article]:
        """What the table of contents names, as far as it is in files of its own."""
        titles: dict[str, str] = {}
        for title, file in self._contents():
            titles.setdefault(file, title)
        found: list[tuple[str, list[str]]] = []
        for file in self.spine:
            if file in titles:
                found.append((titles[file], [file]))
            elif found:
                found[-1][1].append(file)
        return [_Article(title, tuple(files)) for title, files in found]

    def text(self, files: tuple[str, ...]) -> _Text:
        """What is written in some of the book's files. Raises UnreadableSource if one is broken."""
        paragraphs: list[str] = []
        letters, linked, address = 0, 0, None
        for file in files:
            data = self._archive.read(file)
            if data is None:
                continue
            tree = html_tree(decoded(data, self._name)[0], self._name)
            for element in [element for element in tree.body.iter() if _is_navigation(element)]:
                if element.getparent() is not None:
                    element.drop_tree()
            linked += sum(len(words_in(link)) for link in tree.body.iter("a") if link.get("href"))
            for line in lines(tree.body):
                letters += len(line)
                if found := _DOWNLOADED.match(line):
                    address = found[1]
                else:
                    paragraphs.append(line)
        return _Text(paragraphs, linked / letters if letters else 0.0, address)

    def _package_name(self) -> str:
        container = self._xml("META-INF/container.xml")
        if container is not None:
            for root in container.iter("{*}rootfile"):
                return within("", root.get("full-path", ""))
        return next((name for name in self._archive.names if name.endswith(".opf")), "")

    def _xml(self, part: str) -> Any:
        data = self._archive.read(part)
        return None if data is None else xml_tree(data, self._name)

    def _refuse_locked(self) -> None:
        locks = self._xml("META-INF/encryption.xml")
        methods = locks.iter("{*}EncryptionMethod") if locks is not None else ()
        # Fonts are often made unreadable, and nobody reads them here.
        if any(not _OF_FONTS.search(attribute(method, "Algorithm")) for method in methods):
            raise UnreadableSource(self._name, "its text is locked (DRM)")

    def _spine(self, package: Any) -> Iterator[str]:
        for reference in package.iter("{*}itemref"):
            item = self._items.get(reference.get("idref"))
            if item is None or reference.get("linear") == "no" or "html" not in item.get("media-type", "html"):
                continue
            file = within(self._packed, item.get("href", ""))
            if file not in self._aside:
                yield file

    def _named_aside(self, package: Any) -> set[str]:
        """The files that are no text: the cover, the table of contents."""
        aside = {
            within(self._packed, reference.get("href", ""))
            for reference in package.iter("{*}reference")
            if reference.get("type", "").lower() in _NOT_TEXT
        }
        for item in self._items.values():
            if "nav" in item.get("properties", "").split():
                aside.add(within(self._packed, item.get("href", "")))
        return aside

    def _contents(self) -> list[tuple[str, str]]:
        """The titles of the table of contents with the files they name, in its order; EPUB 3's, else EPUB 2's."""
        for item in self._items.values():
            if "nav" in item.get("properties", "").split():
                file = within(self._packed, item.get("href", ""))
                tree = self._xml(file)
                if tree is not None and (found := _from_nav(tree, file)):
                    return found
        for item in self._items.values():
            if "ncx" in item.get("media-type", ""):
                file = within(self._packed, item.get("href", ""))
                tree = self._xml(file)
                if tree is not None:
                    return _from_ncx(tree, file)
        return []


def _from_nav(tree: Any, file: str) -> list[tuple[str, str]]:
    found = []
    for nav in tree.iter("{*}nav"):
        if attribute(nav, "type") in ("toc", ""):
            found += [(words_in(link), within(file, link.get("href", ""))) for link in nav.iter("{*}a")]
    return found


def _from_ncx(tree: Any, file: str) -> list[tuple[str, str]]:
    found = []
    for point in tree.iter("{*}navPoint"):
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        if label is not None and content is not None:
            found.append((words_in(label), within(file, content.get("src", ""))))
    return found


def _is_navigation(element: Any) -> bool:
    return tag(element) == "nav" or _NAVIGATION.search(element.get("class", "")) is not None


def _said(package: Any) -> Metadata:
    """What a book says of itself; a periodical's title, without the issue's date, is the outlet of its articles."""
    metadata = package.find("{*}metadata")
    values: dict[str, str] = {}
    for element in metadata.iter() if metadata is not None else ():
        name = tag(element)
        if name == "meta":
            name = element.get("name") or element.get("property") or ""
            values.setdefault(name, element.get("content") or words_in(element))
        elif name:
            values.setdefault(name, words_in(element))
    title = values.get("title") or None
    outlet, author = (values.get(name) or None for name in ("publisher", "creator"))
    outlet, author = (None if _PROGRAM.match(name or "") else name for name in (outlet, author))
    if "periodical" in values.get("calibre:publication_type", "") and title:
        outlet = values.get("calibre:series") or _DATED.sub("", title) or title
    source = values.get("source", "")
    return Metadata(title, outlet, author, dates.iso(values.get("date")), source if source.startswith("http") else None)
