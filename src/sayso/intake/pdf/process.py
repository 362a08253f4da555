"""The process in which PDFium reads a file: what it is asked, what it answers, when it is given up.

PDFium was chosen over pypdf, pdfminer.six and pdfplumber: it is thirty to eighty times faster than the two of them that
know where characters stand, and has met the most hostile files. But a PDF of 7 kB can ask for gigabytes, and PDFium is
not written in a language that fails safely: so it has a process of its own, with limits.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from sayso.errors import UnreadableSource
from sayso.intake.making import whole
from sayso.intake.pdf.page import Page, Run
from sayso.intake.pdfium import MAX_MEMORY, MAX_PAGES, MAX_SECONDS

_START = "from sayso.intake.pdfium import answer; answer()"


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
            if first.get("wrong") == "locked":
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
        runs = tuple(Run(whole(text), *box) for text, *box in page["runs"])
        yield Page(page["width"], page["height"], runs, page["picture"], page["blank"])


def _next(process: subprocess.Popen[bytes], name: str) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.endswith(b"\n"):
        limits = f"{MAX_MEMORY // 2**20} MB or {MAX_SECONDS} seconds"
        raise UnreadableSource(name, f"it cannot be opened: it is damaged, or would take more than {limits}")
    answer: dict[str, Any] = json.loads(line)
    return answer
