"""Plain text files → documents: which files a path means, in what encoding their bytes are, what is known beside them."""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sayso.documents import document
from sayso.errors import InvalidMetadata, UndecodableText, UnreadableSource
from sayso.types import Document

STDIN = "-"
SUFFIXES = frozenset({".txt", ".text", ""})
"""What a report's file may end in to be taken from a folder; a file named by itself may end in anything."""
MAX_BYTES = 256 * 1024 * 1024

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive (a DOCX, EPUB or the like)",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"{\\rtf": "an RTF file",
}
_KNOWN = ("title", "outlet", "published", "url")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the user says of a report; it goes before what stands beside the file."""

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document and what a person should know of how it was made from its file."""

    document: Document
    notes: tuple[str, ...] = ()


def sources(paths: list[str]) -> Iterator[str | UnreadableSource]:
    """The reports that the paths mean: files as they are, folders by the text files in them, in alphabetical order.

    A path that means none is yielded as the error that says so.
    """
    for path in paths:
        if path == STDIN:
            yield path
        elif os.path.isdir(path):
            yield from _in_folder(path)
        elif not os.path.exists(path):
            yield UnreadableSource(path, "there is no such file or folder")
        else:
            yield path


def load(source: str, known: Metadata) -> Loaded:
    """Read one report from a file, or from standard input for `-`.

    Raises UnreadableSource (or UndecodableText) with the sentence that says why it cannot be read, InvalidMetadata if
    `known` is not usable.
    """
    text, notes = decode(_bytes(source), source)
    if not text.strip():
        raise UnreadableSource(source, "it is empty")
    beside, more = _beside(source)
    merged = {**beside, **{k: v for k in _KNOWN if (v := getattr(known, k)) is not None}}
    notes += more
    path = None if source == STDIN else source
    try:
        made = document(text, path=path, **merged)
    except InvalidMetadata as error:
        if known.published is not None:
            raise
        notes += (f"{source}: {error}; left out",)
        made = replace(document(text, path=path, **{**merged, "published": None}))
    return Loaded(made, notes)


def decode(data: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file's bytes, byte-order mark aside, and a note if it is not in UTF-8.

    Raises UnreadableSource for what is no text, UndecodableText for text whose bytes fit no encoding throughout.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], encoding, source, len(mark))
            return text, () if encoding == "utf-8" else (f"{source}: read as {encoding.upper()}",)
    _refuse_binary(data, source)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        broken = error
    if _mostly_utf8(data):
        raise UndecodableText(source, broken.start, "UTF-8")
    encoding = _legacy_encoding(data)
    if encoding is None:
        raise UndecodableText(source, broken.start, "UTF-8")
    return _strictly(data, encoding, source, 0), (f"{source}: not UTF-8, read as {encoding}",)


def _in_folder(folder: str) -> Iterator[str | UnreadableSource]:
    found = False
    problems: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                found = True
                yield os.path.join(parent, name)
    for problem in problems:
        yield UnreadableSource(str(problem.filename), _reason(problem))
    if not found and not problems:
        yield UnreadableSource(folder, "there is no text file in this folder")


def _bytes(source: str) -> bytes:
    try:
        if source == STDIN:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(source, "rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableSource(source, _reason(error)) from error
    if len(data) > MAX_BYTES:
        raise UnreadableSource(source, f"it is larger than {MAX_BYTES // 2**20} MB")
    return data


def _reason(error: OSError) -> str:
    reasons: dict[type[OSError], str] = {
        PermissionError: "it may not be read (no permission)",
        FileNotFoundError: "there is no such file or folder",
        IsADirectoryError: "it is a folder",
    }
    return reasons.get(type(error), f"it cannot be read ({(error.strerror or str(error)).lower()})")


def _strictly(data: bytes, encoding: str, source: str, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableText(source, error.start + skipped, encoding.upper()) from error


def _refuse_binary(data: bytes, source: str) -> None:
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableSource(source, f"it is not text but {what}")
    sample = data[:65536]
    controls = sum(sample.count(byte) for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")
    if controls > 0.02 * len(sample) and controls > 1:
        raise UnreadableSource(source, "it is not text but binary data")


def _mostly_utf8(data: bytes) -> bool:
    """Whether the file is UTF-8 with a few wrong bytes in it, rather than in another encoding throughout."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - wrong > wrong


def _legacy_encoding(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # only for files that are not UTF-8

    best = from_bytes(data).best()
    return None if best is None else best.encoding


def _beside(source: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """What `NAME.json` beside `NAME.txt` says of the report, and a note if it cannot be used."""
    path = Path(source).with_suffix(".json") if Path(source).suffix else Path(source + ".json")
    if source == STDIN or not path.is_file():
        return {}, ()
    try:
        data: Any = json.loads(path.read_bytes()[:MAX_BYTES])
    except (OSError, ValueError, RecursionError) as error:
        return {}, (f"{path}: not used, it is no readable JSON ({error})",)
    if not isinstance(data, dict):
        return {}, (f"{path}: not used, it is no JSON object",)
    return {name: str(data[name]) for name in _KNOWN if data.get(name)}, ()
