"""Web archives as documents: which records are pages, how they are packed, what is damaged or too large."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

import pytest
from fastwarc import stream_io
from fastwarc.warc import WarcRecord, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake import warc
from sayso.intake.charset import decoded
from sayso.intake.loaded import Loaded, Made, Metadata, Original
from sayso.intake.making import by_sayso, loaded

NOTHING = Metadata()
PAGE = "<html><body><p>The dam above Orvel “will hold”, the mayor said.</p></body></html>".encode()
ADDRESS = "https://harbourwire.example/dam"
HTML = ("Content-Type", "text/html; charset=utf-8")


def record(
    body: bytes,
    *headers: tuple[str, str],
    status: str = "200 OK",
    kind: WarcRecordType = WarcRecordType.response,
    **more: str,
) -> WarcRecord:
    made = WarcRecord()
    made.init_headers(kind)
    made.is_http = True
    made.headers["WARC-Target-URI"] = ADDRESS
    made.headers["WARC-Date"] = "2031-03-07T08:00:00Z"
    for name, value in more.items():
        made.headers[name.replace("_", "-")] = value
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "", ""]
    made.set_bytes_content("\r\n".join(lines).encode() + body)
    return made


def archive(*records: WarcRecord, writer: type = stream_io.GzipWriter) -> bytes:
    data = io.BytesIO()
    with writer(data) as stream:
        for item in records:
            item.write(stream)
    return data.getvalue()


def bare(*records: WarcRecord) -> bytes:
    return gzip.decompress(archive(*records))


def as_it_is(original: Original, known: Metadata, charset: str | None) -> Iterator[Loaded | UnreadableSource]:
    """A page whose text is its HTML, read in the encoding that the server gave."""
    data = original.stream.read()
    try:
        text, _ = decoded(data, original.name, charset)
        yield loaded(text, Metadata(url=original.address), known, original, by_sayso(data, "text/html"))
    except UnreadableSource as error:
        yield error


def read(data: bytes) -> list[Loaded | UnreadableSource]:
    return list(warc.reports(Original("news.warc.gz", io.BytesIO(data), "news.warc.gz"), NOTHING, as_it_is))


def texts(found: list[Loaded | UnreadableSource]) -> list[str]:
    return [item.document.text for item in found if isinstance(item, Loaded)]


def errors(found: list[Loaded | UnreadableSource]) -> list[str]:
    return [str(item) for item in found if isinstance(item, UnreadableSource)]


def chunked(body: bytes, size: int = 20) -> bytes:
    parts = (body[i : i + size] for i in range(0, len(body), size))
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def packed(body: bytes, writer: type) -> bytes:
    data = io.BytesIO()
    with writer(data) as stream:
        stream.write(body)
    return data.getvalue()


def deflated(body: bytes) -> bytes:
    raw = zlib.compressobj(wbits=-15)
    return raw.compress(body) + raw.flush()


def test_pages_are_read_with_their_addresses_and_their_places() -> None:
    found = read(
        archive(
            record(b"GET /", kind=WarcRecordType.request),
            record(PAGE, HTML),
            record(b"{}", ("Content-Type", "application/json")),
            record(b"gone", HTML, status="404 Not Found"),
            record(b"", HTML, ("Location", "/x"), status="301 Moved"),
            record(PAGE, ("content-type", "APPLICATION/XHTML+XML")),
        )
    )
    assert texts(found) == [PAGE.decode()] * 2
    assert errors(found) == []
    first, second = found
    assert isinstance(first, Loaded)
    assert isinstance(second, Loaded)
    assert (first.document.url, first.document.published) == (ADDRESS, None)
    assert isinstance(first.made, Made)
    assert isinstance(second.made, Made)
    assert (first.made.place, second.made.place) == ("record 2", "record 6")
    assert first.made.options == (("captured", "2031-03-07T08:00:00Z"),)


def test_pages_are_read_by_the_reader_of_html() -> None:
    paragraphs = "".join(
        f"<p>The mayor of Orvel said for the {n}th time that the dam would hold.</p>" for n in range(4, 20)
    )
    page = f"<html><head><title>Dam</title></head><body><article>{paragraphs}</article></body></html>".encode()
    (found,) = warc.reports(Original("news.warc.gz", io.BytesIO(archive(record(page, HTML)))), NOTHING)
    assert isinstance(found, Loaded)
    assert "said for the 4th time" in found.document.text
    assert found.document.url == ADDRESS
    assert isinstance(found.made, Made)
    assert (found.made.extractor, found.made.place) == ("trafilatura", "record 1")


@pytest.mark.parametrize("writer", [stream_io.GzipWriter, stream_io.ZstdWriter, stream_io.Lz4Writer])
def test_archives_come_compressed(writer: type) -> None:
    data = archive(record(PAGE, HTML), record(PAGE, HTML), writer=writer)
    assert texts(read(data)) == [PAGE.decode()] * 2


def test_archives_come_bare() -> None:
    data = bare(record(PAGE, HTML), record(PAGE, HTML))
    assert texts(read(data)) == [PAGE.decode()] * 2
    assert warc.is_one(data[:64])
    assert warc.is_one(archive(record(PAGE, HTML))[:512])
    assert not warc.is_one(gzip.compress(b"The dam will hold."))
    assert not warc.is_one(b"\x1f\x8b\x08 nonsense")
    assert not warc.is_one(b"The dam")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(PAGE), {"Transfer-Encoding": "chunked"}),
        (PAGE, {"Transfer-Encoding": "chunked"}),  # joined by the crawler, which left the header
        (gzip.compress(PAGE), {"Content-Encoding": "gzip"}),
        (PAGE, {"Content-Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content-Encoding": "deflate"}),
        (deflated(PAGE), {"Content-Encoding": "deflate"}),
        (packed(PAGE, stream_io.BrotliWriter), {"Content-Encoding": "br"}),
        (packed(PAGE, stream_io.ZstdWriter), {"Content-Encoding": "zstd"}),
        (chunked(gzip.compress(PAGE)), {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}),
        (zlib.compress(gzip.compress(PAGE)), {"Content-Encoding": "gzip, deflate"}),
    ],
)
def test_pages_come_packed(body: bytes, headers: dict[str, str]) -> None:
    assert texts(read(archive(record(body, HTML, *headers.items())))) == [PAGE.decode()]


def test_the_encoding_is_what_the_server_said() -> None:
    page = "<p>The café was closed.</p>".encode("cp1252")
    found = read(archive(record(page, ("Content-Type", "text/html; charset=windows-1252"))))
    assert texts(found) == ["<p>The café was closed.</p>"]


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (gzip.compress(bytes(100_000)), ("Content-Encoding", "gzip")),
        (packed(bytes(100_000), stream_io.BrotliWriter), ("Content-Encoding", "br")),
        (packed(bytes(100_000), stream_io.ZstdWriter), ("Content-Encoding", "zstd")),
        (gzip.compress(gzip.compress(bytes(100_000))), ("Content-Encoding", "gzip, gzip")),
        (PAGE, ("Content-Encoding", "gzip, gzip, gzip, gzip, gzip")),
        (b"\x1f\x8b\x08 broken", ("Content-Encoding", "gzip")),
        (PAGE, ("Content-Encoding", "br")),
        (PAGE, ("Content-Encoding", "rot13")),
        (b"The dam held. " * 2000, ("Server", "x")),
    ],
)
def test_what_cannot_be_unpacked_is_an_error_and_the_rest_goes_on(
    body: bytes, header: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MAX_PAGE", 20_000)
    found = read(archive(record(body, HTML, header), record(PAGE, HTML)))
    assert texts(found) == [PAGE.decode()]
    (error,) = errors(found)
    assert error.startswith("news.warc.gz, record 1: its page cannot be unpacked")


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(80 * 2**20))
    (error,) = errors(read(archive(record(bomb, HTML, ("Content-Encoding", "gzip")))))
    assert error == "news.warc.gz, record 1: its page cannot be unpacked (it unpacks to more than 32 MB)"


def test_a_page_that_the_crawler_cut_says_so() -> None:
    (found,) = read(archive(record(PAGE, HTML, WARC_Truncated="length")))
    assert isinstance(found, Loaded)
    assert "only the beginning" in found.notes[0]


def test_a_file_that_breaks_off_is_told() -> None:
    compressed = archive(record(PAGE, HTML), record(PAGE, HTML))
    found = read(compressed[: len(compressed) - 30])
    assert "the file is damaged after it" in errors(found)[-1]
    plain = bare(record(PAGE, HTML), record(PAGE, HTML))
    found = read(plain[: len(plain) - 30])
    assert texts(found) == [PAGE.decode()]
    assert errors(found) == ["news.warc.gz, record 2: its page cannot be unpacked (the file ends in the middle of it)"]


@pytest.mark.parametrize(
    "data", [b"", b"The dam will hold.\n" * 50, b"\x1f\x8b\x08\x00\x00" + b"x" * 50, b"WARC/1.0\r\n"]
)
def test_what_is_no_archive_is_one_error(data: bytes) -> None:
    (error,) = read(data)
    assert isinstance(error, UnreadableSource)
    assert error.source == "news.warc.gz"


ARCHIVE = archive(
    record(chunked(gzip.compress(PAGE)), HTML, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")),
    record(PAGE, HTML),
)


def test_an_archive_without_pages_is_an_error() -> None:
    found = read(
        archive(record(b"{}", ("Content-Type", "application/json")), record(b"gone", HTML, status="404 Not Found"))
    )
    assert errors(found) == ["news.warc.gz: there is no HTML page in it"]


@settings(max_examples=60, deadline=None)
@given(data=st.data(), compressed=st.booleans())
def test_mutated_archives_never_crash(data: st.DataObject, compressed: bool) -> None:
    whole = bytearray(ARCHIVE if compressed else gzip.decompress(ARCHIVE))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    for item in read(bytes(whole)):
        assert isinstance(item, UnreadableSource) or item.document.text.strip()


def test_memory_does_not_grow_with_the_archive() -> None:
    import tracemalloc

    page = b"<p>" + b"The dam will hold, she said. " * 4000 + b"</p>"
    peaks = []
    for count in (10, 100):
        data = archive(*[record(page, HTML) for _ in range(count)])
        tracemalloc.start()
        original = Original("big", io.BytesIO(data))
        assert sum(isinstance(item, Loaded) for item in warc.reports(original, NOTHING, as_it_is)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5
