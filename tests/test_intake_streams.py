"""Files that hold many reports, opened as a person opens them: told by their first bytes or their names."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from fastwarc import stream_io
from fastwarc.warc import WarcRecord, WarcRecordType

from sayso.errors import UnreadableSource
from sayso.intake.formats import ending, may_hold_many, recognised
from sayso.intake.fragment import plain
from sayso.intake.loaded import Loaded, Metadata
from sayso.intake.opened import loaded
from sayso.intake.sources import sources

TEXT = "The dam above Orvel will hold, the mayor said on Friday, and nobody in the valley has to leave their house."


def as_jsonl() -> bytes:
    return 2 * (json.dumps({"text": TEXT}).encode() + b"\n")


def as_csv() -> bytes:
    return f'title,text\nDam,"{TEXT}"\nDam again,"{TEXT}"\n'.encode()


def as_parquet() -> bytes:
    data = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"text": [TEXT, TEXT]}), data)
    return data.getvalue()


def as_warc() -> bytes:
    data = io.BytesIO()
    with stream_io.GzipWriter(data) as stream:
        for _ in range(2):
            record = WarcRecord()
            record.init_headers(WarcRecordType.response)
            record.is_http = True
            page = f"<html><body><article>{f'<p>{TEXT}</p>' * 5}</article></body></html>"
            record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.encode())
            record.write(stream)
    return data.getvalue()


def as_mailbox() -> bytes:
    message = EmailMessage()
    message["From"] = "Harbour Wire <news@hw.example>"
    message.set_content(TEXT)
    return 2 * (b"From news@hw.example Fri Mar  7 08:00:00 2031\n" + message.as_bytes() + b"\n")


def as_feed() -> bytes:
    return f"<rss><channel>{f'<item><description>{TEXT}</description></item>' * 2}</channel></rss>".encode()


WRITERS = [
    (as_jsonl, "news.jsonl", True),
    (as_csv, "news.csv", False),
    (as_csv, "NEWS.TSV", False),
    (as_parquet, "news.parquet", True),
    (as_warc, "news.warc.gz", True),
    (as_mailbox, "news.mbox", True),
    (as_feed, "news.rss", True),
]


@pytest.mark.parametrize(("write", "name", "is_told"), WRITERS)
def test_files_of_many_are_opened(write: Callable[[], bytes], name: str, is_told: bool, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(write())
    found = list(loaded(str(path), Metadata(outlet="Harbour Wire")))
    assert len(found) == 2
    for item in found:
        assert isinstance(item, Loaded), item
        assert TEXT in item.document.text
        assert item.document.outlet == "Harbour Wire"
        assert item.made is not None
        assert item.made.place is not None
    assert list(sources([str(tmp_path)])) == [str(path)]
    assert may_hold_many(name)
    if is_told:  # whatever it is called
        unnamed = path.rename(tmp_path / "saved")
        assert len(list(loaded(str(unnamed), Metadata()))) == 2


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("a/news.warc.gz", ".warc.gz"),
        ("news.WARC.zst", ".warc.zst"),
        ("news.csv.gz", ".gz"),
        ("v1.2.csv", ".csv"),
        ("a", ""),
    ],
)
def test_endings_of_two_parts(name: str, end: str) -> None:
    assert ending(name) == end


@pytest.mark.parametrize(
    ("head", "name", "form"),
    [
        (b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>", "x.xml", "feed"),
        (b"<!doctype html><html><body>on <rss>", "x.xml", "HTML"),
        (b"From: HW <x>\nMIME-Version: 1.0\n\n", "x.txt", "mail"),
        (b"From the quay, nobody saw it.\n", "x.txt", "text"),
        (b"title,text\n", "x.csv", "CSV"),
        (b'{"text": "x"}\n', "x", "JSON Lines"),
    ],
)
def test_a_format_is_told_by_its_first_bytes(head: bytes, name: str, form: str) -> None:
    assert recognised(head, name).name == form


def test_html_that_is_all_text() -> None:
    html = "<p>The dam<br>will <b>hold</b>.</p><div hidden>x</div><div class='old quote'>Old.</div>She said so."
    assert plain(html, "x", frozenset({"quote"})) == "The dam\n\nwill hold.\n\nShe said so."
    assert plain(html, "x").count("Old.") == 1
    assert plain("Just words & more", "x") == "Just words & more"
    assert plain(" ", "x") == ""
    with pytest.raises(UnreadableSource):
        plain("<b></b>" * 700_000, "x")
