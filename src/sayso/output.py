"""Where readings go: the terminal, one file, or a folder of them. A file appears whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from rich.console import Console

from sayso.errors import UnwritableOutput
from sayso.export import FORMATS, File, Folder
from sayso.reading import Reading
from sayso.render import ledger


class Output:
    """Writes readings, one after another, in one format; use it as a context.

    `path` None is standard output; an existing folder, or one named with a slash at its end, gets files for each report,
    and so does any path where the format cannot hold `many` reports in one file. Raises UnwritableOutput, from the
    context or from `write`, if something cannot be written, and leaves what stood there before.
    """

    def __init__(self, form: str, path: Path | None, width: int | None, many: bool) -> None:
        self._form = FORMATS[form]
        self._path = path
        self._width = width
        self._array = form == "json" and many
        separate = isinstance(self._form, Folder) or (many and not self._form.joins and not self._array)
        self._folder = path if path is not None and (separate or path.is_dir()) else None
        self._count = 0
        self._names: set[str] = set()
        self._opened: AbstractContextManager[BinaryIO] = nullcontext(sys.stdout.buffer)
        self._stream: BinaryIO = sys.stdout.buffer

    def __enter__(self) -> Output:
        if self._folder is not None:
            self._make_folder(self._folder)
        elif self._path is not None:
            self._opened = whole(self._path)
        self._stream = self._opened.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and self._array and self._folder is None:
            self._put(b"]\n" if self._count else b"[]\n")
        if kind is None:
            self._guarded(self._stream.flush)
        self._opened.__exit__(kind, error, trace)

    def write(self, reading: Reading) -> None:
        """Add one reading."""
        if self._folder is not None:
            stem = self._stem(reading)
            for file in self._form.files(reading, stem):
                _save(self._folder, file)
        elif self._form.name == "text" and self._path is None:
            self._print(reading)
        elif not isinstance(self._form, Folder):
            self._put(self._between() + self._form.render(reading).encode("utf-8", "backslashreplace"))
        self._count += 1

    def _print(self, reading: Reading) -> None:
        console = Console(width=self._width, highlight=False)
        if self._count:
            console.print()
        self._guarded(lambda: ledger.render(reading, console))
        self._guarded(sys.stdout.flush)

    def _between(self) -> bytes:
        if self._array:
            return b"," if self._count else b"["
        return b"\n" if self._count and self._form.name == "text" else b""

    def _put(self, data: bytes) -> None:
        self._guarded(lambda: self._stream.write(data))
        if self._path is None:
            self._guarded(self._stream.flush)

    def _guarded(self, act: Callable[[], object]) -> None:
        """Do something with the stream; a full disk is the user's to mend, a closed pipe the caller's to notice."""
        try:
            act()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise UnwritableOutput(self._path or Path("standard output"), _reason(error)) from error

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
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnwritableOutput(folder, _reason(error)) from error
        if isinstance(self._form, Folder):
            for file in self._form.shared:
                _save(folder, file)


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes become the file `path` when the context ends well, and nothing otherwise.

    They are written beside it and moved there; what is no ordinary file (a pipe, a device) is written as it comes.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        aside = path
    else:
        aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(aside, "wb") as stream:
            yield stream
            stream.flush()
            if aside != path:
                os.fsync(stream.fileno())
        if aside != path:
            os.replace(aside, path)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnwritableOutput(path, _reason(error)) from error
    finally:
        if aside != path:
            aside.unlink(missing_ok=True)


def _save(folder: Path, file: File) -> None:
    with whole(folder / file.name) as stream:
        stream.write(file.data)


def _reason(error: OSError) -> str:
    return f"it cannot be written ({(error.strerror or str(error)).lower()})"
