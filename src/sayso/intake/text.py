"""Plain text files → documents, whatever encoding their bytes are in."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from sayso.errors import UndecodableText, UnreadableSource
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.making import by_sayso, loaded
from sayso.language import language

NAME = "text"
SUFFIXES = frozenset({".txt", ".text", ""})
MEDIA_TYPES = frozenset({"text/plain"})
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
    b"PK\x03\x04": "a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"{\\rtf": "an RTF file",
}

# A text in a Western code page has foreign letters here and there, typographic marks, and nothing else. The wrong code
# page shows in symbols nobody writes, in capitals behind small letters (itÕs) and before capitalised words (ÒHe).
_WESTERN = ("cp1252", "mac_roman")
_WESTERN_LANGUAGES = frozenset(
    {"en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "nb", "nn", "fi", "is", "ca", "gl"}
)
_WESTERN_MARKS = frozenset("‘’‚“”„«»…–—•·†‡§°©®™€£¥½¼¾¡¿ªº\xa0\xad")
_TYPOGRAPHY = frozenset("‘’“”–—…")
_MISREAD = re.compile(r"[a-zß-öø-ÿ][À-ÖØ-ÞŒŠŽŸ]|[À-ÖØ-ÞŒŠŽŸ][A-Z][a-z]|[£¥½¼¾©®][a-zß-ÿ]|ÿ")
_FEW = 0.03
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SAMPLE = 1 << 16
_ASCII = bytes(range(128))
_MOST_CONTROLS = 0.1


def reports(original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """The one report of a text file, to the letter; what cannot be read is yielded as the error that says so."""
    name = original.name
    original.stream.seek(0)
    data = original.stream.read(MAX_BYTES + 1)
    try:
        if len(data) > MAX_BYTES:
            raise UnreadableSource(name, f"it is larger than {MAX_BYTES // 2**20} MB")
        text, notes = decode(data, name)
        if not text.strip():
            raise UnreadableSource(name, "it holds nothing but white space" if text else "it is empty")
        yield loaded(text, Metadata(), known, original, by_sayso(data, "text/plain"), notes)
    except UnreadableSource as error:
        yield error


def decode(data: bytes, source: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file's bytes, byte-order mark aside, and a note if it is not in UTF-8.

    Raises UnreadableSource for what is no text, UndecodableText for text whose bytes fit no encoding throughout.
    """
    found, mark = encoding(data, source)
    text = _strictly(data[mark:], found, source, mark)
    if found == "utf-8":
        return text, ()
    return text, (f"{source}: {'' if mark else 'not UTF-8, '}read as {found.upper()}",)


def encoding(data: bytes, source: str) -> tuple[str, int]:
    """What a file's bytes, or a part of them, are encoded in, and how many of them are the byte-order mark.

    Raises UnreadableSource for what is no text, UndecodableText for text whose bytes fit no encoding.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name, len(mark)
    wide = _wide_encoding(data)
    if wide is not None:
        return wide, 0
    _refuse_binary(data, source)
    try:
        data.decode("utf-8")
        return "utf-8", 0
    except UnicodeDecodeError as error:
        broken = error
    legacy = None if _partly_utf8(data) else _legacy_encoding(data, broken.start)
    if legacy is None:
        raise UndecodableText(source, broken.start, "UTF-8")
    return legacy, 0


def _strictly(data: bytes, encoding: str, source: str, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableText(source, error.start + skipped, encoding.upper()) from error


def _refuse_binary(data: bytes, source: str) -> None:
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableSource(source, f"it is not text but {what}")
    sample = data[:_SAMPLE]
    controls = sum(sample.count(byte) for byte in range(32) if byte not in b"\t\n\v\f\r\x1b")
    if controls > 1 and controls > (_MOST_CONTROLS if sample.isascii() else _FEW) * len(sample):
        raise UnreadableSource(source, "it is not text but binary data")


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without its byte-order mark: every other byte of Western text is zero, or three of four."""
    sample = data[: min(len(data), _SAMPLE) // 4 * 4]
    if sample.count(0) < 0.25 * len(sample):
        return None
    for encoding in _WIDE:
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        readable = sum(unicodedata.category(c) not in ("Cc", "Cn", "Co") or c.isspace() for c in text)
        if readable >= 0.98 * len(text) and sum(c.isascii() for c in text) > len(text) / 2:
            return encoding
    return None


def _partly_utf8(data: bytes) -> bool:
    """Whether the file is UTF-8 with wrong bytes in it, rather than in another encoding throughout: what is well-formed
    in UTF-8 is rarely so by chance."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(character > "\x7f" for character in text) - wrong
    return right * 2 >= wrong


def _legacy_encoding(data: bytes, broken: int) -> str | None:
    """The encoding of a text that is not UTF-8 from the byte at `broken` on, or None."""
    for encoding in _WESTERN:
        if _is_western(data, encoding):
            return encoding
    if len(data.translate(None, _ASCII)) < max(8, _FEW * len(data)):
        return None  # some stray bytes in a text that is otherwise ASCII: they could mean anything
    from charset_normalizer import from_bytes  # only for files that are not UTF-8

    start = data.rfind(b"\n", 0, broken) + 1 if len(data) > _SAMPLE else 0
    best = from_bytes(data[start : start + _SAMPLE]).best()
    return None if best is None else best.encoding


def _is_western(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    foreign = [character for character in text if character > "\x7f"]
    letters = sum(map(str.isalpha, foreign))
    marks = frozenset(character for character in foreign if not character.isalpha())
    if not marks <= _WESTERN_MARKS or _MISREAD.search(text):
        return False
    if encoding == "mac_roman" and not marks & _TYPOGRAPHY:
        return False
    return letters <= max(4, _FEW * len(text)) or language(text) in _WESTERN_LANGUAGES
