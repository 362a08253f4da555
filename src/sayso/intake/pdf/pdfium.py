"""The characters of a PDF and their places, by PDFium, in a process of its own: a PDF of 7 kB can ask for gigabytes.

The process gets the file on standard input and answers in JSON, a line for the file and a line a page. PDFium was
chosen over pypdf, pdfminer.six and pdfplumber: it is thirty to eighty times faster than the two of them that know where
characters stand, and has met the most hostile files. What it lacks, limits on what a file may unpack to, the process
has.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

from sayso.errors import UnreadableSource

MAX_MEMORY = 1024 * 1024 * 1024
MAX_SECONDS = 120
MAX_PAGES = 5_000
MAX_CHARACTERS = 500_000
"""On one page; what comes after them is left out."""

_START = "from sayso.intake.pdf.pdfium import answer; answer()"
_WRONG = {4: "password", 5: "security"}
_WORD_GAP, _BACK, _SHARED = 0.7, 0.5, 0.4
_UPRIGHT = 0.1
_HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))
_BREAKS = frozenset((0x0A, 0x0D))
_BLANKS = frozenset((0x09, 0x20, 0xA0))


class Run(NamedTuple):
    """Characters that stand side by side on one line, and the box around them, in points from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """What is written on a page; `picture` is the share of it that its largest picture covers."""

    width: float
    height: float
    runs: tuple[Run, ...]
    picture: float
    blank: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """How many pages there are and what the file says of itself ("Title", "Author", "CreationDate")."""

    count: int
    said: dict[str, str]
    pages: Iterator[Page]


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Contents]:
    """The pages of the PDF file whose bytes are `data`, one after another as they are asked for.

    Raises UnreadableSource if it is broken or encrypted, or needs more memory or time than MAX_MEMORY and MAX_SECONDS.
    """
    with subprocess.Popen(
        [sys.executable, "-P", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        try:
            assert process.stdin is not None
            with suppress(BrokenPipeError):
                process.stdin.write(data)
            with suppress(BrokenPipeError):
                process.stdin.close()
            first = _next(process, name)
            if first.get("wrong") in _WRONG.values():
                raise UnreadableSource(name, "it is encrypted: save it without a password, then read it again")
            if "wrong" in first:
                raise UnreadableSource(name, "it is no PDF file that can be opened: it may be damaged")
            if first["count"] > MAX_PAGES:
                raise UnreadableSource(name, f"it has {first['count']} pages, more than {MAX_PAGES}")
            yield Contents(first["count"], first["said"], _pages(process, name, first["count"]))
        finally:
            process.kill()


def _pages(process: subprocess.Popen[bytes], name: str, count: int) -> Iterator[Page]:
    for _ in range(count):
        page = _next(process, name)
        runs = tuple(Run(*run) for run in page["runs"])
        yield Page(page["width"], page["height"], runs, page["picture"], page["blank"])


def _next(process: subprocess.Popen[bytes], name: str) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.endswith(b"\n"):
        limits = f"{MAX_MEMORY // 2**20} MB or {MAX_SECONDS} seconds"
        raise UnreadableSource(name, f"it cannot be opened: it is damaged, or would take more than {limits}")
    answer: dict[str, Any] = json.loads(line)
    return answer


def answer() -> None:
    """What the process does: read a PDF from standard input, say on standard output what is in it."""
    _limit_ourselves()
    import pypdfium2.raw as pdfium

    data = sys.stdin.buffer.read()
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        _say({"wrong": _WRONG.get(pdfium.FPDF_GetLastError(), "format")})
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
    import ctypes

    import pypdfium2.raw as pdfium

    size = min(pdfium.FPDF_GetMetaText(document, key.encode(), None, 0), 4096)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, key.encode(), buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _page(document: Any, number: int) -> dict[str, Any]:
    import pypdfium2.raw as pdfium

    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return {"width": 0, "height": 0, "runs": [], "picture": 0, "blank": True}
    text = pdfium.FPDFText_LoadPage(page)
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    answer = {
        "width": width,
        "height": height,
        "runs": list(_runs(text, page, width, height)) if text else [],
        "picture": _largest_picture(page, width * height),
        "blank": pdfium.FPDFPage_CountObjects(page) == 0,
    }
    pdfium.FPDFText_ClosePage(text)
    pdfium.FPDF_ClosePage(page)
    return answer


def _largest_picture(page: Any, area: float) -> float:
    import ctypes

    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    largest = 0.0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), 10_000)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
            largest = max(largest, (right.value - left.value) * (top.value - bottom.value))
    return largest / area if area and math.isfinite(largest) else 0.0


def _runs(text: Any, page: Any, width: float, height: float) -> Iterator[tuple[str, float, float, float, float]]:
    """The runs of a page. A run ends where the line does, where a gap is wider than between words, and where the pen
    goes back; what does not stand upright, or outside the page, is left out."""
    import pypdfium2.raw as pdfium

    turn = pdfium.FPDFPage_GetRotation(page)
    frame = _Frame(page)
    letters: list[str] = []
    box: list[float] = []
    blank = False

    def finished() -> Iterator[tuple[str, float, float, float, float]]:
        if letters and 0 <= (box[0] + box[2]) / 2 <= width and 0 <= (box[1] + box[3]) / 2 <= height:
            yield "".join(letters), *(round(side, 2) for side in box)  # type: ignore[misc]

    for index in range(min(pdfium.FPDFText_CountChars(text), MAX_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in _BREAKS or code in _BLANKS:
            blank = True
            continue
        place = frame.box(text, index)
        if place is None:
            continue
        if letters:
            size = max(box[3] - box[1], 0.1)
            shared = min(box[3], place[3]) - max(box[1], place[1])
            gap = place[0] - box[2]
            same_line = shared > _SHARED * min(size, place[3] - place[1])
            if not same_line or gap > _WORD_GAP * size or gap < -_BACK * size:
                yield from finished()
                letters, box = [], []
        if not letters:
            if not _is_upright(pdfium.FPDFText_GetCharAngle(text, index), turn):
                continue
            box = list(place)
        elif blank:
            letters.append(" ")
        letters.append("\xad" if code in _HYPHENS else chr(code) if 0 < code < 0x110000 else "\ufffd")
        blank = False
        box[2] = max(box[2], place[2])
        if place[3] - place[1] > box[3] - box[1]:  # the line's own letters are larger than its footnote marks
            box[1], box[3] = place[1], place[3]
    yield from finished()


def _is_upright(angle: float, turn: int) -> bool:
    off = (angle - turn * math.pi / 2) % (2 * math.pi)
    return off < _UPRIGHT or off > 2 * math.pi - _UPRIGHT


class _Frame:
    """Where a character stands for somebody who looks at the page, however it is turned."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._turn = pdfium.FPDFPage_GetRotation(page)
        self._edges = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, self._edges)
        self._rect = pdfium.FS_RECTF()

    def box(self, text: Any, index: int) -> tuple[float, float, float, float] | None:
        import pypdfium2.raw as pdfium

        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(text, index, rect):
            return None
        edges = self._edges
        left, right = rect.left - edges.left, rect.right - edges.left
        above, below = edges.top - rect.top, edges.top - rect.bottom
        if not all(map(math.isfinite, (left, right, above, below))):
            return None
        wide, high = edges.right - edges.left, edges.top - edges.bottom
        if self._turn == 1:
            return high - below, left, high - above, right
        if self._turn == 2:
            return wide - right, high - below, wide - left, high - above
        if self._turn == 3:
            return above, wide - right, below, wide - left
        return left, above, right, below
