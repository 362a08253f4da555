"""What INPUT means → sources, on this machine or in an object store; a source → the documents in it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

import pyarrow.parquet as pq

from sayso.archive.store import filesystem, is_remote
from sayso.errors import UnreadableSource
from sayso.intake import parquet
from sayso.intake.formats import ending
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.opened import Intake
from sayso.intake.sources import STDIN, may_be_report, reason, sources

_NOTHING = Metadata()
_BLOCK = 8 << 20
"""Bytes asked of an object store at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, an object or an address; `size` in bytes, None if nobody says. `fault` is why it means no report."""

    name: str
    size: int | None = None
    fault: str | None = None


def listed(inputs: Sequence[str]) -> Iterator[Source]:
    """The sources that the inputs mean, in order: files and folders as `sayso read` takes them, and in object stores
    (`s3://bucket/folder`) the objects whose names end like those of a known format.

    Raises UnreadableSource for an input that means no report: before anything is begun, that is a slip of the pen.
    """
    for given in inputs:
        if given == STDIN:
            why = "an archive that was interrupted could not read it again; name a file"
            raise UnreadableSource("standard input", why)
        found = list(_objects(given) if _is_object(given) else _files(given))
        fault = next((source.fault for source in found if source.fault is not None), None)
        if fault is not None and all(source.fault is not None for source in found):
            raise UnreadableSource(found[0].name, fault)
        yield from found


def documents(source: Source, intake: Intake) -> Iterator[Loaded | UnreadableSource]:
    """The documents in a source, one by one, and the errors for what cannot be read of it."""
    if source.fault is not None:
        yield UnreadableSource(source.name, source.fault)
    elif _is_object(source.name):
        yield from _of_object(source.name, intake)
    else:
        yield from intake.loaded(source.name, _NOTHING)


def _files(given: str) -> Iterator[Source]:
    for source in sources([given]):
        if isinstance(source, UnreadableSource):
            yield Source(source.source, fault=source.reason)
        else:
            yield Source(source, _size(source))


def _is_object(name: str) -> bool:
    """Whether it lies in an object store: what is asked for over HTTP is a page, which the intake asks for politely."""
    return is_remote(name) and not name.lower().startswith(("http:", "https:"))


def rows(source: Source) -> int | None:
    """How many rows a Parquet file has, as it says itself; None for any other, and where it cannot be asked."""
    if ending(source.name) not in parquet.SUFFIXES:
        return None
    try:
        system, path = filesystem(source.name)
        with system.open(path, "rb") as stream:
            count: int = pq.read_metadata(stream).num_rows
    except Exception:  # whoever opens it to read will say why
        return None
    return count


def _objects(given: str) -> Iterator[Source]:
    try:
        system, path = filesystem(given)
        found: dict[str, Any] = system.find(path, detail=True)
    except Exception as error:  # what the libraries of object stores raise has no common class
        yield Source(given, fault=_said(error))
        return
    protocol = given.partition("://")[0]
    names = [name for name in sorted(found) if name == path.rstrip("/") or _may_be_report(name.removeprefix(path))]
    for name in names:
        yield Source(f"{protocol}://{name}", found[name].get("size"))
    if not names:
        yield Source(given, fault="there is no report there")


def _of_object(name: str, intake: Intake) -> Iterator[Loaded | UnreadableSource]:
    try:
        system, path = filesystem(name)
        # Buffered once more: the lines of fsspec's own files cannot be read up to a limit.
        with system.open(path, "rb", block_size=_BLOCK) as raw, io.BufferedReader(raw, _BLOCK // 8) as stream:
            yield from intake.within(Original(name, cast("BinaryIO", stream), name), _NOTHING)
    except Exception as error:
        yield UnreadableSource(name, _said(error))


def _may_be_report(name: str) -> bool:
    *folders, last = PurePosixPath(name).parts or ("",)
    return may_be_report(last) and not any(folder.startswith(".") for folder in folders)


def _said(error: Exception) -> str:
    if isinstance(error, OSError):
        return reason(error)
    return f"it cannot be read ({(str(error).partition(chr(10))[0] or type(error).__name__)[:200]})"


def _size(source: str) -> int | None:
    try:
        return os.path.getsize(source)
    except OSError:
        return None
