"""The characters of a PDF and their places, by PDFium: what the process does that the PDF is read in.

It gets the file on standard input and answers on standard output, in JSON: a line for the file and a line a page. The
only file that knows pypdfium2.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

MAX_MEMORY = 1024 * 1024 * 1024
MAX_SECONDS = 120
MAX_PAGES = 5_000
MAX_CHARACTERS = 500_000
"""On one page; what comes after them is left out."""

_LOCKED = (4, 5)
_LONGEST_VALUE = 4096
_WORD_GAP, _BACK, _SHARED = 0.7, 0.5, 0.4
_QUARTER = math.pi / 2
_UPRIGHT = 0.1
_SAMPLE = 200
_MOST_OBJECTS = 10_000
_HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))
_BLANKS = frozenset((0x09, 0x0A, 0x0D, 0x20, 0xA0))

_Box = tuple[float, float, float, float]


def answer() -> None:
    """What the process does: read a PDF from standard input, say on standard output what is in it."""
    _limit_ourselves()
    import pypdfium2.raw as pdfium

    data = sys.stdin.buffer.read()
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        _say({"wrong": "locked" if pdfium.FPDF_GetLastError() in _LOCKED else "broken"})
        return
    count = pdfium.FPDF_GetPageCount(document)
    _say({"count": count, "said": {key: _said(document, key) for key in ("Title", "Author", "CreationDate")}})
    for number in range(min(count, MAX_PAGES)):
        _say(_page(document, number))


def _limit_ourselves() -> None:
    try:
        import resource
    except ImportError:  # there is no such thing on Windows
        return
    for what, most in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(OSError, ValueError):  # where less is allowed already
            resource.setrlimit(what, (most, most))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


def _said(document: Any, key: str) -> str:
    import pypdfium2.raw as pdfium

    size = min(pdfium.FPDF_GetMetaText(document, key.encode(), None, 0), _LONGEST_VALUE)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, key.encode(), buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _page(document: Any, number: int) -> dict[str, Any]:
    import pypdfium2.raw as pdfium

    page = pdfium.FPDF_LoadPage(document, number)
    text = pdfium.FPDFText_LoadPage(page) if page else None
    if not text:
        return {"width": 0, "height": 0, "runs": [], "picture": 0, "blank": not page}
    frame = _Frame(page, _turn(text))
    answer = {
        "width": frame.width,
        "height": frame.height,
        "runs": list(_runs(text, frame)),
        "picture": _largest_picture(page, frame.width * frame.height),
        "blank": pdfium.FPDFPage_CountObjects(page) == 0,
    }
    pdfium.FPDFText_ClosePage(text)
    pdfium.FPDF_ClosePage(page)
    return answer


def _largest_picture(page: Any, area: float) -> float:
    """The share of the page that its largest picture covers, or form, which may hold one."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    largest = 0.0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            largest = max(largest, (right.value - left.value) * (top.value - bottom.value))
    return largest / area if area and math.isfinite(largest) else 0.0


def _turn(text: Any) -> int:
    """How many quarters most of the text is turned to the left: what the file says of the page may be wrong."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(text)
    turns = Counter(
        -round(pdfium.FPDFText_GetCharAngle(text, index) / _QUARTER) % 4
        for index in range(0, count, count // _SAMPLE + 1)
        if pdfium.FPDFText_GetUnicode(text, index) not in _BLANKS
    )
    return turns.most_common(1)[0][0] if turns else 0


class _Frame:
    """Where a character stands for somebody who holds the page so that most of its text is upright."""

    def __init__(self, page: Any, turn: int) -> None:
        import pypdfium2.raw as pdfium

        self.turn = turn
        edges = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, edges)
        self._left, self._top = edges.left, edges.top
        self._wide: float = edges.right - edges.left
        self._high: float = edges.top - edges.bottom
        self._rect = pdfium.FS_RECTF()
        self.width: float = self._high if turn % 2 else self._wide
        self.height: float = self._wide if turn % 2 else self._high

    def box(self, text: Any, index: int) -> _Box | None:
        """A character's left, top, right and bottom; None for what has no place."""
        import pypdfium2.raw as pdfium

        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(text, index, rect):
            return None
        left, right = rect.left - self._left, rect.right - self._left
        above, below = self._top - rect.top, self._top - rect.bottom
        if not all(map(math.isfinite, (left, right, above, below))):
            return None
        if self.turn == 1:
            return self._high - below, left, self._high - above, right
        if self.turn == 2:
            return self._wide - right, self._high - below, self._wide - left, self._high - above
        if self.turn == 3:
            return above, self._wide - right, below, self._wide - left
        return left, above, right, below

    def holds(self, box: _Box) -> bool:
        """Whether the middle of a box is on the page."""
        return (0 <= box[0] + box[2] <= 2 * self.width) and (0 <= box[1] + box[3] <= 2 * self.height)


def _runs(text: Any, frame: _Frame) -> Iterator[tuple[str, float, float, float, float]]:
    """The runs of a page: characters that follow each other on one line, with no gap wider than one between words.

    What does not stand upright, or outside the page, is left out.
    """
    import pypdfium2.raw as pdfium

    letters: list[str] = []
    box: _Box = (0.0, 0.0, 0.0, 0.0)
    blank = False
    for index in range(min(pdfium.FPDFText_CountChars(text), MAX_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in _BLANKS:
            blank = True
            continue
        place = frame.box(text, index)
        if place is None:
            continue
        if letters and not _goes_on(box, place):
            if frame.holds(box):
                yield "".join(letters), *_rounded(box)
            letters = []
        if letters:
            box = _around(box, place)
        elif _is_upright(pdfium.FPDFText_GetCharAngle(text, index), frame.turn):
            box, blank = place, False
        else:
            continue
        letters.append(" " * blank + _character(code))
        blank = False
    if letters and frame.holds(box):
        yield "".join(letters), *_rounded(box)


def _goes_on(box: _Box, place: _Box) -> bool:
    """Whether a character at `place` goes on with the run in `box`."""
    size = max(box[3] - box[1], 0.1)
    shared = min(box[3], place[3]) - max(box[1], place[1])
    gap = place[0] - box[2]
    return shared > _SHARED * min(size, place[3] - place[1]) and -_BACK * size <= gap <= _WORD_GAP * size


def _around(box: _Box, place: _Box) -> _Box:
    """The run's box with one more character: as high as its largest letters, which footnotes' marks are not."""
    top, bottom = (box[1], box[3]) if place[3] - place[1] <= box[3] - box[1] else (place[1], place[3])
    return box[0], top, max(box[2], place[2]), bottom


def _is_upright(angle: float, turn: int) -> bool:
    """Whether an angle, in radians to the right, is that of text which is `turn` quarters turned to the left."""
    off: float = (angle + turn * _QUARTER) % (4 * _QUARTER)
    return off < _UPRIGHT or off > 4 * _QUARTER - _UPRIGHT


def _character(code: int) -> str:
    return "\xad" if code in _HYPHENS else chr(code) if 0 < code < 0x110000 else "\ufffd"


def _rounded(box: _Box) -> _Box:
    left, top, right, bottom = (round(side, 2) for side in box)
    return left, top, right, bottom
