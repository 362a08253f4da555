"""The parts of a ZIP archive (a DOCX, an EPUB), read within limits: a ZIP of 40 kB can unpack to gigabytes."""

from __future__ import annotations

import lzma
import posixpath
import struct
import zipfile
import zlib
from typing import BinaryIO
from urllib.parse import unquote

from sayso.errors import UnreadableSource

MAX_PARTS = 20_000
MAX_PART = 32 * 1024 * 1024
"""Bytes of one part, unpacked."""
MAX_TOTAL = 256 * 1024 * 1024
"""Bytes of all that is read of one archive, unpacked."""

SIGNATURE = b"PK\x03\x04"

# What the standard library raises on archives that are broken, or in a way of packing that it lacks.
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error,
    EOFError, OSError, ValueError, IndexError, OverflowError,
)  # fmt: skip


class Zipped:
    """An archive whose parts are read by name. Nothing is written anywhere, so names cannot lead out of it."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Opens the archive that a person calls `name`. Raises UnreadableSource if it is none, or has many parts."""
        self._name = name
        try:
            stream.seek(0)
            self._archive = zipfile.ZipFile(stream)
        except (*_BROKEN, NotImplementedError) as error:  # the latter for a version that no archive has yet
            raise UnreadableSource(name, "it is no ZIP archive that can be opened: it may be damaged") from error
        if len(self._archive.infolist()) > MAX_PARTS:
            raise UnreadableSource(name, f"it holds more than {MAX_PARTS} parts")
        self._total = 0

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return self._archive.namelist()

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, None if there is none of that name.

        Raises UnreadableSource if it is larger than MAX_PART, all read so far than MAX_TOTAL, or it cannot be unpacked.
        """
        try:
            info = self._archive.getinfo(part)
        except KeyError:
            return None
        try:
            with self._archive.open(info) as stream:
                data = stream.read(MAX_PART + 1)
        except NotImplementedError as error:
            raise UnreadableSource(self._name, f"{part} in it is packed in an unknown way") from error
        except RuntimeError as error:  # so the standard library calls what is encrypted
            sentence = "it is encrypted: save it without a password, then read it again"
            raise UnreadableSource(self._name, sentence) from error
        except _BROKEN as error:
            raise UnreadableSource(self._name, f"{part} in it is damaged") from error
        self._total += len(data)
        if len(data) > MAX_PART:
            raise UnreadableSource(self._name, f"{part} in it is larger than {MAX_PART // 2**20} MB")
        if self._total > MAX_TOTAL:
            raise UnreadableSource(self._name, f"it unpacks to more than {MAX_TOTAL // 2**20} MB")
        return data


def within(base: str, reference: str) -> str:
    """The name of the part that `reference`, in the part `base`, means."""
    path = unquote(reference.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)).lstrip("/") if path else base
