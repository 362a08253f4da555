"""Where an archive lies: a folder on this machine, or one in an object store (`s3://bucket/folder`), through fsspec."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import fsspec

from sayso.errors import MissingExtra, SaysoError, UnusableArchive

_LIBRARIES = {"s3": "s3", "s3a": "s3"}
"""The extra that brings what speaks a protocol."""


def filesystem(address: str) -> tuple[Any, str]:
    """The file system that an address is of, and the path in it.

    Raises MissingExtra where a library for its protocol is not installed, UnusableArchive if there is no such protocol.
    """
    protocol = address.partition("://")[0]
    try:
        system, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise MissingExtra(address, error.name or protocol, _LIBRARIES.get(protocol, "archive")) from error
    except ValueError as error:
        raise UnusableArchive(address, str(error).partition("\n")[0]) from error
    return system, path


def is_remote(address: str) -> bool:
    """Whether an address is one of an object store."""
    return "://" in address


class Store:
    """The files of one archive, by names like "voices/part-000000-00000.parquet". A file appears whole or not at all.

    May be sent to other processes and machines. Each method raises UnusableArchive for what the system says.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    def __reduce__(self) -> tuple[type[Store], tuple[str]]:
        return Store, (self.address,)

    @cached_property
    def _place(self) -> tuple[Any, str]:
        system, root = filesystem(self.address)
        return system, root.rstrip("/")

    def put(self, name: str, data: bytes) -> None:
        """Write a file, in place of the one that was there."""
        system, root = self._place
        path = f"{root}/{name}"
        try:
            if is_remote(self.address):
                system.pipe_file(path, data)
            else:
                _put_here(Path(path), data)
        except SaysoError:
            raise
        except Exception as error:  # what the libraries of object stores raise has no common class
            raise self._unusable(name, error) from error

    def get(self, name: str) -> bytes | None:
        """The bytes of a file, None if it is not there."""
        system, root = self._place
        try:
            data: bytes = system.cat_file(f"{root}/{name}")
        except FileNotFoundError:
            return None
        except Exception as error:
            raise self._unusable(name, error) from error
        return data

    def names(self, folder: str) -> list[str]:
        """The names of the files that are whole in a folder of the archive, in order; none if it is not there."""
        system, root = self._place
        try:
            system.invalidate_cache()
            found = [path.rpartition("/")[2] for path in system.ls(f"{root}/{folder}", detail=False)]
        except FileNotFoundError:
            return []
        except Exception as error:
            raise self._unusable(folder, error) from error
        return sorted(name for name in found if name and not name.startswith("."))

    def is_empty(self) -> bool:
        """Whether nothing lies there yet."""
        return not self.names("")

    def tidy(self) -> None:
        """Take away what a killed run left half written on this machine: files that never got their names."""
        if not is_remote(self.address):
            for path in Path(self._place[1]).glob("*/**/.*.part"):
                with suppress(OSError):
                    path.unlink()

    def _unusable(self, name: str, error: Exception) -> UnusableArchive:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return UnusableArchive(self.address, f"{name}: {reason.partition(chr(10))[0].lower() or type(error).__name__}")


def _put_here(path: Path, data: bytes) -> None:
    """Write beside it, and move it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(aside, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
