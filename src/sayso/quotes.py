"""Which stretches of a paragraph stand in quotation marks, whatever marks the house uses.

Double and single, curly, straight, low and angle marks are read. The hard part is the British single quote, whose
closing mark is also the apostrophe: in ‘It’s the soldiers’ fault,’ he said, only the last ’ closes.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from sayso.text import Offsets, paragraphs

_PAIRS = {"“": "”", "„": "”“", "«": "»", "‹": "›", "「": "」", "『": "』", "‘": "’", "‚": "’‘", '"': '"', "'": "'", "``": "''"}
_MARK = regex.compile(r"``|''|[“”„«»‹›「」『』‘’‚\"']")
_APOSTROPHES = frozenset("'’")
_OPENS_AFTER = regex.compile(r"[\s(\[{<—–―\-/:;,.…“‘«\"'`]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch, marks included. `closed` is false where it runs to the paragraph's end without its mark
    (a quotation that opens again in the next paragraph, or a misprint)."""

    start: int
    end: int
    closed: bool
    depth: int


@dataclass(slots=True)
class _Open:
    mark: str
    start: int


def quotations(text: str, paragraph: Offsets | None = None) -> list[Quotation]:
    """The quotations of one paragraph (of every paragraph, where none is given), by start, outer before inner.

    `depth` is 0 for the outermost. Offsets are code points of `text`.
    """
    if paragraph is None:
        return [q for each in paragraphs(text) for q in quotations(text, each)]
    marks = [m.span() for m in _MARK.finditer(text, *paragraph)]
    found: list[Quotation] = []
    stack: list[_Open] = []
    for index, (start, end) in enumerate(marks):
        mark = text[start:end]
        depth = _closed_by(text, paragraph, stack, marks, index)
        if depth is not None:
            opened = stack[depth]
            found.append(Quotation(opened.start, end, True, depth))
            del stack[depth:]
        elif _opens(text, paragraph, stack, marks, index):
            stack.append(_Open(mark, start))
    # A single mark that never closes was an apostrophe ('tis); a double one that never closes runs on.
    found += [
        Quotation(o.start, paragraph[1], False, depth) for depth, o in enumerate(stack) if o.mark not in "'‘‚"
    ]
    return sorted(found, key=lambda q: (q.start, -q.end))


def _opens(text: str, paragraph: Offsets, stack: list[_Open], marks: list[Offsets], index: int) -> bool:
    start, end = marks[index]
    mark = text[start:end]
    if mark not in _PAIRS or end >= paragraph[1]:
        return False
    if text[end].isspace() and mark not in "„«":
        return False
    free = start == paragraph[0] or _OPENS_AFTER.match(text, start - 1) is not None
    if mark in "“„«‹「『``":
        return True
    if mark == '"':
        return free or not any(o.mark == mark for o in stack)
    if not free or any(o.mark == mark for o in stack):
        return False
    return any(_may_close_single(text, paragraph, mark, at) for at in marks[index + 1 :])


def _closed_by(
    text: str, paragraph: Offsets, stack: list[_Open], marks: list[Offsets], index: int
) -> int | None:
    """The place in the stack of the opening mark that this mark closes, or None."""
    start, end = marks[index]
    mark = text[start:end]
    for depth in range(len(stack) - 1, -1, -1):
        opened = stack[depth].mark
        if mark not in _closers(opened):
            continue
        if mark == '"':
            reopens = text[start - 1].isspace() and end < paragraph[1] and not text[end].isspace()
            return None if reopens else depth
        if mark not in _APOSTROPHES:
            return depth
        if _may_close_single(text, paragraph, opened, (start, end)) and not _is_apostrophe(
            text, paragraph, opened, marks, index
        ):
            return depth
        return None
    return None


def _closers(opened: str) -> tuple[str, ...]:
    return ("''",) if opened == "``" else tuple(_PAIRS[opened])


def _may_close_single(text: str, paragraph: Offsets, opened: str, mark: Offsets) -> bool:
    start, end = mark
    if text[start:end] not in _closers(opened) or text[start - 1].isspace():
        return False
    return end >= paragraph[1] or not (text[end].isalnum())


def _is_apostrophe(text: str, paragraph: Offsets, opened: str, marks: list[Offsets], index: int) -> bool:
    """Whether a ’ that could close is rather a plural's (the soldiers’ fault): it follows an s, a word follows it, and
    a better closing mark stands before the next quotation opens."""
    start, end = marks[index]
    if text[start - 1] not in "sS" or end >= paragraph[1] or text[end] != " " or not text[end + 1 : end + 2].isalpha():
        return False
    for later in marks[index + 1 :]:
        if text[later[0] : later[1]] == opened and (text[later[0] - 1].isspace() or opened == "‘"):
            return False
        if _may_close_single(text, paragraph, opened, later):
            return True
    return False
