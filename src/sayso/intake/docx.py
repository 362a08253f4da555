"""DOCX → document: paragraphs and tables of the text itself, as it stands once its changes are accepted.

Left out on purpose: footnotes, endnotes and comments, which would stand in the middle of sentences; heads and feet of
pages; text that was deleted while changes were tracked. The format is ECMA-376; python-docx, which keeps no limits and
loads every part, is not needed for so little of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sayso.errors import UnreadableSource
from sayso.extras import need
from sayso.intake import dates
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.making import by_its_file, by_sayso, loaded
from sayso.intake.trees import attribute, tag, words_in, xml_tree
from sayso.intake.zipped import SIGNATURE, Zipped, within

NAME = "DOCX"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIXES = frozenset({".docx", ".docm"})
MEDIA_TYPES = frozenset({MEDIA_TYPE, "application/vnd.ms-word.document.macroenabled.12"})

_USUAL = "word/document.xml"
_PARAGRAPHS = "\n\n"
_LEFT_OUT = frozenset({
    "del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "sdtPr", "tblPr", "tcPr", "sectPr",
})  # fmt: skip
_SIGNS = {"noBreakHyphen": "\u2011", "cr": "\n", "br": "\n", "ptab": " "}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
# What programs write where nobody said who the author is.
_NOBODY = re.compile(
    r"(?i)(?:python-docx|microsoft office user|windows user|user|author|admin\w*|unknown|owner|un-named)"
)
_PROGRAM = re.compile(r"(?i)^word document$|\.docx?$|^untitled\b|^document\d*$")


def is_one(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a DOCX, as far as the names of its first parts show it."""
    return head.startswith(SIGNATURE) and b"word/" in head


def reports(original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """The one document of a DOCX file; what cannot be read is yielded as the error that says so."""
    try:
        yield _report(original, known)
    except UnreadableSource as error:
        yield error


def paragraphs(archive: Zipped, name: str) -> tuple[list[str], dict[str, int]]:
    """The paragraphs of a DOCX, a row of a table being one, its cells parted by tabs; how many notes were left out, by
    their sort. Raises UnreadableSource if there is no text part in it."""
    part = archive.read(_main_part(archive, name)) or archive.read(_USUAL)
    if part is None:
        raise UnreadableSource(name, "it is no DOCX file: there is no text part in it")
    text = _Text()
    text.walk(xml_tree(part, name))
    return text.found, text.notes


def _report(original: Original, known: Metadata) -> Loaded:
    need("lxml.etree", "intake", "reading DOCX")
    archive = Zipped(original.stream, original.name)
    found, left_out = paragraphs(archive, original.name)
    said = _properties(archive, original.name)
    notes = [f"{original.name}: {_counted(count, what)} left out" for what, count in left_out.items()]
    if said.published and not known.published:
        notes.append(by_its_file(original.name, said.published))
    original.stream.seek(0)
    made = by_sayso(original.stream.read(), MEDIA_TYPE)
    return loaded(_PARAGRAPHS.join(found), said, known, original, made, tuple(notes))


def _counted(count: int, what: str) -> str:
    return f"1 {what} was" if count == 1 else f"{count} {what}s were"


class _Text:
    """The paragraphs of a text part while it is walked."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.notes: dict[str, int] = {}

    def walk(self, tree: Any) -> None:
        """Take the paragraphs of a tree, one after another."""
        etree = need("lxml.etree", "intake", "reading DOCX")
        pieces: list[list[str]] = [[]]  # a text box lies in a paragraph and has its own
        rows: list[list[str]] = []
        skipped: Any = None
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if event == "start":
                if skipped is None and name in _LEFT_OUT:
                    skipped = element
                elif skipped is None:
                    self._begin(name, element, pieces, rows)
            elif element is skipped:
                skipped = None
            elif skipped is None:
                self._end(name, pieces, rows)

    def _begin(self, name: str, element: Any, pieces: list[list[str]], rows: list[list[str]]) -> None:
        if name == "p":
            pieces.append([])
        elif name == "tr":
            rows.append([])
        elif name == "tc" and rows:
            rows[-1].append("")
        elif name == "t":
            pieces[-1].append(element.text or "")
        elif name == "tab":
            pieces[-1].append(" ")
        elif name in _SIGNS and attribute(element, "type") != "page":
            pieces[-1].append(_SIGNS[name])
        elif name in _NOTES:
            self.notes[_NOTES[name]] = self.notes.get(_NOTES[name], 0) + 1

    def _end(self, name: str, pieces: list[list[str]], rows: list[list[str]]) -> None:
        if name == "p" and len(pieces) > 1:
            for line in "".join(pieces.pop()).split("\n"):
                self._take(" ".join(line.replace("\xad", "").split()), rows)
        elif name == "tr" and rows:
            self._take("\t".join(filter(None, rows.pop())), rows)

    def _take(self, line: str, rows: list[list[str]]) -> None:
        """A paragraph is one of its cell, if it stands in a table."""
        if not line:
            return
        if rows and rows[-1]:
            rows[-1][-1] = f"{rows[-1][-1]} {line}".strip()
        else:
            self.found.append(line)


def _main_part(archive: Zipped, name: str) -> str:
    relations = archive.read("_rels/.rels")
    if relations is not None:
        for relation in xml_tree(relations, name).iter("{*}Relationship"):
            if attribute(relation, "Type").endswith("/officeDocument"):
                return within("", attribute(relation, "Target"))
    return _USUAL


def _properties(archive: Zipped, name: str) -> Metadata:
    """What the file says of itself: Dublin Core, as far as somebody filled it in."""
    part = archive.read("docProps/core.xml")
    if part is None:
        return Metadata()
    try:
        said = {tag(element): words_in(element) for element in xml_tree(part, name)}
    except UnreadableSource:
        return Metadata()
    title, author = said.get("title", ""), said.get("creator", "")
    return Metadata(
        title=None if _PROGRAM.search(title) else title or None,
        author=None if _NOBODY.fullmatch(author) else author or None,
        published=(dates.iso(said.get("created")) or "")[:10] or None,
    )
