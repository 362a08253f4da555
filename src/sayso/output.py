"""Where readings go: the terminal, one file, or a folder of them. A file appears whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple

from rich.console import Console

from sayso.errors import UnwritableOutput
from sayso.export import FORMATS, File, Folder
from sayso.reading import Reading
from sayso.render import facts, labels, ledger

STDOUT = Path("standard output")
"""What an UnwritableOutput calls the stream."""


class _View(NamedTuple):
    """A way to show a reading to people: in plain lines of a width, or on a console."""

    plain: Callable[[Reading, int], str]
    render: Callable[[Reading, Console], None]


_PRINTED = {
    "text": _View(ledger.plain, ledger.render),
    "labels": _View(labels.plain, labels.render),
    "facts": _View(facts.plain, facts.render),
}
"""The formats for people, by name."""


class Output:
    """Writes readings, one after another, in one format; use it as a context.

    `path` None is standard output; an existing folder gets files for each report, and so does any path if `folder` says
    so or the format cannot hold `many` reports in one file. `width` is that of what people read. None of `reports`, the
    files being read, is ever written over. Raises UnwritableOutput, from the context or from `write`, if something
    cannot be written, and leaves what stood there before; a closed pipe is a BrokenPipeError.
    """

    def __init__(
        self,
        form: str,
        path: Path | None,
        width: int | None,
        many: bool,
        *,
        folder: bool = False,
        reports: Collection[str] = (),
    ) -> None:
        self._form = FORMATS[form]
        self._path = path
        self._width = width
        self._array = form == "json" and many
        separate = isinstance(self._form, Folder) or (many and not self._form.joins and not self._array)
        self._folder = path if path is not None and (folder or separate or path.is_dir()) else None
        self._reports = frozenset(map(os.path.realpath, reports))
        self._count = 0
        self._names: set[str] = set()
        self._opened: AbstractContextManager[BinaryIO] | None = None
        self._stream: BinaryIO | None = None

    def __enter__(self) -> Output:
        if self._folder is not None:
            self._make_folder(self._folder)
            return self
        if self._path is not None:
            self._opened = whole(self._own(self._path))
        elif sys.stdout is None:
            raise UnwritableOutput(STDOUT, "it is closed")
        else:
            self._opened = nullcontext(sys.stdout.buffer)
        self._stream = self._opened.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._array and (self._count or self._path is None):
            self._put(b"]\n" if self._count else b"[]\n")
        if self._opened is not None:
            self._opened.__exit__(kind, error, trace)

    def write(self, reading: Reading) -> None:
        """Add one reading."""
        if self._folder is not None:
            stem = self._stem(reading)
            for file in self._form.files(reading, stem):
                self._save(self._folder, file)
        elif not isinstance(self._form, Folder):
            printed = _PRINTED.get(self._form.name)
            text = self._form.render(reading) if printed is None else self._fitted(reading, printed)
            encoding = "utf-8" if printed is None or self._path else sys.stdout.encoding
            self._put(self._between() + text.encode(encoding, "replace"))
        self._count += 1

    def _fitted(self, reading: Reading, view: _View) -> str:
        """What people read, as wide as the terminal or as asked for."""
        if self._path is not None:
            return view.plain(reading, self._width or ledger.MEASURE) + "\n"
        # Not printed by the Console itself, which would end the program if the pipe were closed.
        printed = io.StringIO()
        console = Console(file=printed, force_terminal=sys.stdout.isatty() or None, width=self._width, highlight=False)
        view.render(reading, console)
        return printed.getvalue()

    def _between(self) -> bytes:
        if self._array:
            return b"," if self._count else b"["
        return b"\n" if self._count and self._form.name in _PRINTED else b""

    def _put(self, data: bytes) -> None:
        if self._stream is None:
            return
        with _told_of(self._path or STDOUT):
            self._stream.write(data)
            if self._path is None:
                self._stream.flush()

    def _save(self, folder: Path, file: File) -> None:
        path = self._own(folder / file.name)
        with whole(path, empty=True) as stream, _told_of(path):  # brat wants an .ann for every text
            stream.write(file.data)

    def _own(self, path: Path) -> Path:
        """`path` itself; raises UnwritableOutput if it is one of the reports."""
        if os.path.realpath(path) in self._reports:
            raise UnwritableOutput(path, "it is one of the reports to be read")
        return path

    def _stem(self, reading: Reading) -> str:
        """The report's file name without its ending, numbered if another report had it."""
        wanted = Path(reading.document.path or "stdin").stem
        stem, number = wanted, 1
        while stem.casefold() in self._names:
            number += 1
            stem = f"{wanted}-{number}"
        self._names.add(stem.casefold())
        return stem

    def _make_folder(self, folder: Path) -> None:
        if folder.exists() and not folder.is_dir():
            raise UnwritableOutput(folder, "it is a file, and a folder is needed")
        with _told_of(folder):
            folder.mkdir(parents=True, exist_ok=True)
        if isinstance(self._form, Folder):
            for file in self._form.shared:
                self._save(folder, file)


@contextmanager
def whole(path: Path, *, empty: bool = False) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file `path` when the context ends well; nothing otherwise, or if there are none,
    unless a file may be `empty`.

    They are written beside it and moved there; what is no ordinary file (a pipe, a device) is written as it comes.
    """
    final = Path(os.path.realpath(path))
    direct = final.exists() and not final.is_file()
    aside = final if direct else final.with_name(f".{final.name[:40]}.{os.getpid()}.part")
    with _told_of(path):
        if final.is_file() and not os.access(final, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        stream = open(aside, "wb")  # noqa: SIM115 (closed below, where each way of failing has its sentence)
    try:
        yield stream
        with _told_of(path):
            stream.flush()
            if not direct and (empty or stream.tell()):
                os.fsync(stream.fileno())
                if final.is_file():
                    shutil.copymode(final, aside)
                stream.close()
                os.replace(aside, final)
    finally:
        with suppress(OSError):  # what could not be written cannot be flushed either
            stream.close()
        if not direct:
            aside.unlink(missing_ok=True)


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Turns what the system says of a failed write into our sentence; a closed pipe is the caller's to notice."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnwritableOutput(path, f"it cannot be written ({(error.strerror or str(error)).lower()})") from error
