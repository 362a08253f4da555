"""Lines in reading order → paragraphs: what the line breaks of print cut is joined again, words too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from sayso.intake.pdf.order import Block, Line

BREAK = "\n\n"

_LEADING = 1.35
_OTHER_SIZE = 1.15
_INDENT, _WIDEST_INDENT = 0.6, 4.0
_MARKED = 0.04
_SHORT, _SPARE = 0.7, 3.0
_NARROWER = 0.85  # lines of a quotation set in from both sides go farther than that
_FULL_STOP = re.compile(r"[.!?…:]['\"’”»)\]]*$")
_BULLET = re.compile(r"[•◦▪‣∙●■]")
_CUT_WORD = re.compile(r"([^\W\d_]+)[-\u2010\xad]$")
_HANGING = re.compile(r"\w[-\u2010–—/]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SHORTEST_PART = 3
# These words make words that are written in one: withhold, overturn, somewhere.
_GROWN_TOGETHER = frozenset(
    {
        "any",
        "down",
        "every",
        "for",
        "fore",
        "here",
        "not",
        "off",
        "out",
        "over",
        "some",
        "there",
        "under",
        "where",
        "with",
    }
)


@dataclass(slots=True)
class Paragraph:
    """A paragraph's text and the height of its letters; `pages` says at which of its code points which pages begin."""

    text: str
    height: float
    pages: list[tuple[int, int]] = field(default_factory=list)


class _Column(NamedTuple):
    """How the lines of one block stand: their edges, the usual distance from one to the next, and whether an indent or
    a wider distance shows where paragraphs begin."""

    left: float
    right: float
    leading: float
    marked: bool

    @property
    def width(self) -> float:
        return self.right - self.left


def paragraphs(pages: Sequence[Sequence[Block]]) -> list[Paragraph]:
    """The paragraphs of all pages; one that goes on in the next column or on the next page is one."""
    words = _words(pages)
    found: list[Paragraph] = []
    last: tuple[Line, _Column, int] | None = None
    for number, page in enumerate(pages):
        begins = True
        for index, block in enumerate(page):
            column = _column(block)
            here = (number << 16) + index
            for line in block:
                text = " ".join(line.text.translate(_LIGATURES).split())
                if not text.strip("\xad"):
                    continue
                if last is None or _is_new(last[0], last[1], line, column, same=last[2] == here):
                    found.append(Paragraph("", line.height))
                    at = 0
                else:
                    found[-1].text = _open_end(found[-1].text, text, words)
                    at = len(found[-1].text)
                if begins:
                    found[-1].pages.append((at, number))
                    begins = False
                found[-1].text += text
                last = line, column, here
    for paragraph in found:
        _finish(paragraph)
    return found


def joined(found: Sequence[Paragraph], count: int) -> tuple[str, tuple[int, ...]]:
    """The paragraphs as one text, and where in it each of `count` pages begins.

    A page without a word begins where the next one does.
    """
    begins: dict[int, int] = {}
    offset = 0
    for paragraph in found:
        for at, number in paragraph.pages:
            begins[number] = offset + at
        offset += len(paragraph.text) + len(BREAK)
    text = BREAK.join(paragraph.text for paragraph in found)
    starts, after = [], len(text)
    for number in range(count - 1, -1, -1):
        after = begins.get(number, after)
        starts.append(after)
    if starts:
        starts[-1] = 0
    return text, tuple(reversed(starts))


def _column(block: Block) -> _Column:
    lefts = Counter(round(line.left) for line in block)
    usual = max(lefts, key=lambda left: (lefts[left], -left))
    steps = [below.top - above.top for above, below in pairwise(block) if below.top > above.top]
    height = median(line.height for line in block)
    # What is set in the usual distance is most of a column; blank lines between paragraphs are the larger steps.
    leading = sorted(steps)[len(steps) // 3] if steps else height * 1.2
    leading = max(leading, height * 0.8)
    marks = sum(step > _LEADING * leading for step in steps)
    marks += sum(_INDENT < (line.left - usual) / max(line.height, 1.0) < _WIDEST_INDENT for line in block)
    return _Column(float(usual), max(line.right for line in block), leading, marks >= _MARKED * len(block))


def _is_new(above: Line, old: _Column, line: Line, column: _Column, *, same: bool) -> bool:
    """Whether `line` begins a paragraph, where `above` is the line before it."""
    if _BULLET.match(line.text):
        return True
    ratio = line.height / above.height if above.height else 1.0
    if not 1 / _OTHER_SIZE < ratio < _OTHER_SIZE:
        return True
    if _CUT_WORD.search(above.text) and line.text[:1].islower():
        return False
    stops = _FULL_STOP.search(above.text) is not None
    indent = (line.left - column.left) / max(line.height, 1.0)
    indented = _INDENT < indent < _WIDEST_INDENT
    cut_short = _had_room(above, old, line)
    ends = cut_short and _reach(above, old) < _SHORT and not line.text[:1].islower()
    if not same:
        return stops or indented or ends
    if line.top - above.top > _LEADING * column.leading:
        return True
    if indented and above.left < line.left - _INDENT * line.height:
        return True
    if indented and cut_short and _reach(above, old) < _NARROWER:
        return True
    return ends or (stops and cut_short and not column.marked)


def _reach(line: Line, column: _Column) -> float:
    """How far into its column a line goes, as a share of the column's width."""
    return (line.right - column.left) / column.width if column.width > 0 else 1.0


def _had_room(above: Line, column: _Column, line: Line) -> bool:
    """Whether the first word of `line` would have stood on the line before, had the paragraph gone on."""
    letter = (line.right - line.left) / max(len(line.text), 1)
    word = len(line.text.split(maxsplit=1)[0]) * letter
    return column.right - above.right > word + _SPARE * letter


def _open_end(text: str, following: str, words: Counter[str]) -> str:
    """The text so far, ready for the next line: with a blank, or without the hyphen that cut its last word."""
    cut = _CUT_WORD.search(text)
    rest = _FIRST_WORD.match(following)
    if cut is None or rest is None:
        text = text.rstrip("\xad")
        return text if _HANGING.search(text) else text + " "
    if _keeps_hyphen(cut[1], rest[0], words):
        return text[:-1] + "-"
    return text[:-1]


def _keeps_hyphen(first: str, second: str, words: Counter[str]) -> bool:
    """Whether a word cut at its hyphen is written with one: as the rest of the document writes it, else if both halves
    are words there."""
    whole, parted = (first + second).casefold(), f"{first}-{second}".casefold()
    if words[whole] or words[parted]:
        return words[parted] > words[whole]
    if not second[0].islower():
        return not first.isupper() or not second.isupper()
    if min(len(first), len(second)) < _SHORTEST_PART or first.casefold() in _GROWN_TOGETHER:
        return False
    return words[first.casefold()] > 0 < words[second.casefold()]


def _words(pages: Sequence[Sequence[Block]]) -> Counter[str]:
    """How often each word stands in the document uncut."""
    lines = [line.text for page in pages for block in page for line in block]
    words: Counter[str] = Counter()
    after_cut = False
    for line in lines:
        found = [word[0].casefold().replace("\u2010", "-") for word in _WORD.finditer(line)]
        is_cut = _CUT_WORD.search(line) is not None
        words.update(found[after_cut : len(found) - is_cut])
        after_cut = is_cut
    return words


def _finish(paragraph: Paragraph) -> None:
    """Take out what tells a program where a word could be cut, and keep the pages' places right."""
    if "\xad" in paragraph.text:
        paragraph.pages = [(at - paragraph.text.count("\xad", 0, at), number) for at, number in paragraph.pages]
        paragraph.text = paragraph.text.replace("\xad", "")
