"""Pages saved whole as MHTML."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.mhtml import is_one, reports

SAVED = b"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://averleypost.example/2031/03/12/dam\r
Subject: Dam gates opened early\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype="text/html";\r
\tboundary="----cut"\r
\r
------cut\r
Content-Type: text/css\r
Content-Location: https://averleypost.example/style.css\r
\r
p { color: red }\r
------cut\r
Content-Type: text/html; charset=windows-1252\r
Content-ID: <frame@mhtml.blink>\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://averleypost.example/2031/03/12/dam\r
\r
<html><head><title>Dam gates opened early</title></head><body><article>\r
<p>The caf=E9 by the dam was =\r
flooded, its owner told the inquiry in Averley on Wednesday morning.</p>\r
<p>=93We were told nothing,=94 she said, and asked who would pay for the chairs.</p>\r
</article></body></html>\r
------cut--\r
"""


def read(data: bytes) -> Loaded | UnreadableSource:
    (report,) = reports(Original("dam.mhtml", io.BytesIO(data), "dam.mhtml"), Metadata())
    return report


def test_a_saved_page() -> None:
    report = read(SAVED)
    assert isinstance(report, Loaded)
    assert report.document.text == (
        "The café by the dam was flooded, its owner told the inquiry in Averley on Wednesday morning.\n\n"
        "“We were told nothing,” she said, and asked who would pay for the chairs."
    )
    assert report.document.url == "https://averleypost.example/2031/03/12/dam"
    assert report.document.title == "Dam gates opened early"


@pytest.mark.parametrize(
    ("head", "one"),
    [
        (SAVED, True),
        (SAVED.replace(b"\r\n", b"\n"), True),
        (b"To: desk@averleypost.example\n" + SAVED, False),
        (b"MIME-Version: 1.0\n\nContent-Type: multipart/related", False),
        (b"He said so.", False),
    ],
)
def test_signature(head: bytes, one: bool) -> None:
    assert is_one(head) is one


@pytest.mark.parametrize("data", [b"", b"He said so.", SAVED.replace(b"text/html; charset", b"text/plain; charset")])
def test_what_holds_no_page(data: bytes) -> None:
    assert str(read(data)) == "dam.mhtml: there is no page in it"


def test_parts_in_parts_without_end() -> None:
    nested = b"".join(
        b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (number, number) for number in range(3000)
    )
    assert isinstance(read(nested), UnreadableSource)


@given(data=st.data())
@settings(max_examples=40)
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(SAVED)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=20)):
        whole[place] = data.draw(st.integers(0, 255))
    assert isinstance(read(bytes(whole)), Loaded | UnreadableSource)
