"""Web archives (WARC, also in gzip, zstd or lz4) → documents: the HTML pages that a crawler was answered with."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from sayso.errors import UnreadableSource
from sayso.extras import need
from sayso.intake import html
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.making import named

NAME = "WARC"
SUFFIXES = frozenset({".warc", ".warc.gz", ".warc.zst", ".warc.lz4"})
MEDIA_TYPES = frozenset({"application/warc"})

MAX_PAGE = 32 * 1024 * 1024
"""The largest page in bytes, packed and unpacked; larger ones are passed over with an error."""
_MAX_HEADER = 1 << 16
_HTML = ("text/html", "application/xhtml+xml")
_MOST_ENCODINGS = 4
_GZIP = b"\x1f\x8b"
_MARK = b"WARC/"
_DAMAGE = (OSError, ValueError, EOFError, zlib.error)

ReadPage = Callable[[Original, Metadata, str | None], Iterator[Loaded | UnreadableSource]]
"""How an HTML page is read whose encoding the server gave, or did not."""


def is_one(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a WARC file, as it is or in gzip."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, len(_MARK))
        except zlib.error:
            return False
    return head.startswith(_MARK)


def reports(
    original: Original, known: Metadata, read_page: ReadPage = html.reports
) -> Iterator[Loaded | UnreadableSource]:
    """One document a page: its address is the one that was asked, when it was fetched stands among `made.options`.

    Pages that are not HTML, answers that are none (redirects, errors) and all other records are passed over in silence;
    a page that cannot be unpacked or holds no text is yielded as an error, and so are the place where the file breaks
    off and an archive without pages. Raises MissingExtra where FastWARC is not installed.
    """
    warc = need("fastwarc.warc", "intake", "reading WARC")
    number = pages = 0
    try:
        records = warc.ArchiveIterator(
            _stream(original), parse_http=False, max_header_len=_MAX_HEADER, fsspec_args=False, quirks_mode=True
        )
        for number, record in enumerate(records, 1):
            if record.record_type == warc.WarcRecordType.response and record.is_http:
                for found in _page(record, original, f"record {number}", known, read_page):
                    pages += 1
                    yield found
    except _DAMAGE as error:
        reason = f"the file is damaged after it ({error})" if number else f"it is no WARC file ({error})"
        yield UnreadableSource(named(original, f"record {number}" if number else None), reason)
        return
    if not pages:
        reason = "there is no HTML page in it" if number else "it is no WARC file, or an empty one"
        yield UnreadableSource(original.name, reason)


class _Unzipped:
    """The bytes in a gzip file, as far as it is whole: what comes before a fault is given before the fault is raised.

    FastWARC's own reader takes a file that breaks off for a whole one.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=stream, mode="rb")

    def read(self, size: int = -1) -> bytes:
        """Some bytes, at most `size`; none at the end."""
        return self._file.read1(size)

    def tell(self) -> int:
        """How many bytes were given."""
        return self._file.tell()


def _stream(original: Original) -> Any:
    original.stream.seek(0)
    is_gzip = original.stream.read(len(_GZIP)) == _GZIP
    original.stream.seek(0)
    return _Unzipped(original.stream) if is_gzip else original.stream


def _page(
    record: Any, original: Original, place: str, known: Metadata, read: ReadPage
) -> Iterator[Loaded | UnreadableSource]:
    name = named(original, place)
    try:
        record.parse_http(max_header_len=_MAX_HEADER, quirks_mode=True)
        if not _is_html_answer(record):
            return
        data = _unpacked(record)
    except _DAMAGE as error:
        yield UnreadableSource(name, f"its page cannot be unpacked ({error})")
        return
    address = record.headers.get("WARC-Target-URI", "").strip("<> ") or None
    notes = (
        (f"{name}: the crawler kept only the beginning of this page",) if record.headers.get("WARC-Truncated") else ()
    )
    for found in read(Original(name, io.BytesIO(data), original.path, address), known, record.http_charset):
        yield found if isinstance(found, UnreadableSource) else _placed(found, record, place, notes)


def _placed(found: Loaded, record: Any, place: str, notes: tuple[str, ...]) -> Loaded:
    if found.made is None:
        return replace(found, notes=notes + found.notes)
    captured = record.headers.get("WARC-Date", "")[:40]
    options = found.made.options + ((("captured", captured),) if captured else ())
    return replace(found, notes=notes + found.notes, made=replace(found.made, place=place, options=options))


def _is_html_answer(record: Any) -> bool:
    headers = record.http_headers
    if headers is None or not 200 <= (headers.status_code or 0) < 300:
        return False
    return headers.get("Content-Type", "").partition(";")[0].strip().lower() in _HTML


def _unpacked(record: Any) -> bytes:
    """The page's bytes as a browser would have them. Raises ValueError where they are too many, or no such packing."""
    size = record.content_length
    if size > MAX_PAGE:
        raise ValueError(f"it is larger than {MAX_PAGE >> 20} MB")
    data = _read(record.reader, size)
    if len(data) < size:
        raise ValueError("the file ends in the middle of it")
    headers = record.http_headers
    if "chunked" in headers.get("Transfer-Encoding", "").lower():
        data = _unchunked(data)
    encodings = [name.strip().lower() for name in headers.get("Content-Encoding", "").split(",")]
    if len(encodings) > _MOST_ENCODINGS:
        raise ValueError("it is packed too many times")
    for encoding in reversed(encodings):
        data = _decoded(data, encoding)
    return data


def _read(reader: Any, most: int) -> bytes:
    """The next bytes, as many as there are but `most`: one call may give fewer."""
    parts: list[bytes] = []
    while most > 0 and (part := reader.read(most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _unchunked(data: bytes) -> bytes:
    """What HTTP sent in chunks, joined; the data itself where a crawler has joined them already and left the header."""
    parts: list[bytes] = []
    start = 0
    while (end := data.find(b"\n", start, start + 1024)) >= 0:
        try:
            size = int(data[start:end].partition(b";")[0].strip(), 16)
        except ValueError:
            break
        if size <= 0:
            break
        parts.append(data[end + 1 : end + 1 + size])
        start = end + 1 + size
        start += 2 if data.startswith(b"\r\n", start) else data.startswith(b"\n", start)
    return b"".join(parts) if parts else data


def _decoded(data: bytes, encoding: str) -> bytes:
    """The data without one content encoding, as far as it is not too large."""
    if encoding in ("", "identity"):
        return data
    if encoding in ("gzip", "x-gzip", "deflate"):
        if encoding != "deflate" and not data.startswith(_GZIP):
            return data  # a crawler has unpacked it already and left the header
        raw = encoding == "deflate" and (data[:1] != b"\x78")
        decompressor = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS | 32)
        data = decompressor.decompress(data, MAX_PAGE + 1)
    elif encoding in ("br", "zstd"):
        streams = need("fastwarc.stream_io", "intake", "reading WARC")
        reader = (streams.BrotliReader if encoding == "br" else streams.ZstdReader)(io.BytesIO(data))
        data = _read(reader, MAX_PAGE + 1)
    else:
        raise ValueError(f"it is packed as {encoding[:20]!r}, which Sayso does not know")
    if len(data) > MAX_PAGE:
        raise ValueError(f"it unpacks to more than {MAX_PAGE >> 20} MB")
    return data
