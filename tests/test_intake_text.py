"""Text files as documents, whatever encoding they are in."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UndecodableText, UnreadableSource
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.text import decode, reports

REPORT = (
    "The mayor of Averley said on Friday that the café on the quay – “ours”, he called it – was closed. Nobody’s hurt. "
)
RUSSIAN = "Министр заявил в понедельник, что мост останется закрытым из-за трещин в бетоне. "
POLISH = "Minister powiedział w poniedziałek, że most pozostanie zamknięty z powodu pęknięć w betonie. "
FRENCH = "Le ministre a déclaré lundi que le pont resterait fermé, des fissures ayant été découvertes là. "


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (REPORT.encode(), REPORT, None),
        (b"", "", None),
        (b"\xef\xbb\xbf" + REPORT.encode(), REPORT, None),
        (REPORT.encode("utf-16"), REPORT, "UTF-16"),
        (b"\xfe\xff" + REPORT.encode("utf-16-be"), REPORT, "UTF-16-BE"),
        (REPORT.encode("utf-32"), REPORT, "UTF-32"),
        (REPORT.encode("utf-16-le"), REPORT, "UTF-16-LE"),
        (REPORT.encode("utf-16-be"), REPORT, "UTF-16-BE"),
        (REPORT.encode("cp1252"), REPORT, "CP1252"),
        (REPORT.encode("mac_roman"), REPORT, "MAC_ROMAN"),
        (b"It\x92s closed.", "It’s closed.", "CP1252"),
        (b"Se\xf1or Mu\xf1oz said the caf\xe9 was closed.", "Señor Muñoz said the café was closed.", "CP1252"),
        ((FRENCH * 3).encode("cp1252"), FRENCH * 3, "CP1252"),
        ((RUSSIAN * 3).encode("cp1251"), RUSSIAN * 3, "CP1251"),
        ((POLISH * 3).encode("cp1250"), POLISH * 3, "CP1250"),
        (
            (b"All is well. " * 20_000) + b"The caf\xe9 is closed.",
            "All is well. " * 20_000 + "The café is closed.",
            "CP1252",
        ),
        (b"He said\0 that it was closed.", "He said\0 that it was closed.", None),
        ("He said \u200fso\u200e. 👩\u200d🚀 e\u0301".encode(), "He said \u200fso\u200e. 👩\u200d🚀 e\u0301", None),
        (b"One.\r\nTwo.\rThree.\n", "One.\r\nTwo.\rThree.\n", None),
    ],
)
def test_encodings(data: bytes, text: str, encoding: str | None) -> None:
    found, notes = decode(data, "report.txt")
    assert found == text
    if encoding is None:
        assert notes == ()
    else:
        (note,) = notes
        assert note.startswith("report.txt: ")
        assert f"read as {encoding}" in note


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (REPORT.encode() + b"\x92 " + REPORT.encode(), len(REPORT.encode())),
        (REPORT.encode() + REPORT.encode("cp1252"), len(REPORT.encode()) + REPORT.index("é")),
        (b"He said it was \x81 closed, and went home.", 15),
        (b"He said \xff\xfe it was closed.", 8),
        (REPORT.encode("utf-16")[:-1], 2 * len(REPORT)),
        (REPORT.encode("utf-16-le")[:-1], 2 * len(REPORT) - 2),
        (b"\xef\xbb\xbfHe said \x92 so.", 11),
    ],
)
def test_undecodable_bytes_are_named(data: bytes, offset: int) -> None:
    with pytest.raises(UndecodableText, match=rf"^report.txt: the byte at offset {offset} is not UTF") as caught:
        decode(data, "report.txt")
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF file"),
        (b"PK\x03\x04word/document.xml", "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x1f\x8b\x08\0", "a gzip archive"),
        (b"{\\rtf1\\ansi He said so.}", "an RTF file"),
        (bytes(range(256)) * 8, "binary data"),
        (b"\0" * 1000, "binary data"),
        (b"\x01\0\x02\0" * 100, "binary data"),
    ],
)
def test_what_is_no_text(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableSource, match=f"^x.txt: it is not text but {what}"):
        decode(data, "x.txt")


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableSource):
        decode(data, "x")


@given(text=st.text(max_size=200))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    """Unless it is full of control characters, or looks like UTF-16 or another kind of file."""
    data = b"He said: " * 20 + text.encode()
    assert decode(data, "x") == ("He said: " * 20 + text, ())


def read(data: bytes) -> Loaded | UnreadableSource:
    (report,) = reports(Original("report.txt", io.BytesIO(data), "report.txt"), Metadata(outlet="Harbour Wire"))
    return report


def test_text_is_kept_to_the_letter() -> None:
    text = "  He said\r\nso.\x0c\u2028 \0👩\u200d🚀\n\n"
    report = read(text.encode())
    assert isinstance(report, Loaded)
    assert (report.document.text, report.document.outlet, report.document.path) == (text, "Harbour Wire", "report.txt")
    assert report.made is not None
    assert (report.made.extractor, report.made.media_type) == ("sayso", "text/plain")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b" \n\t\r\n", "it holds nothing but white space"),
        (b"%PDF-1.7", "it is not text but a PDF file"),
    ],
)
def test_files_with_nothing_to_read(data: bytes, reason: str) -> None:
    assert str(read(data)) == f"report.txt: {reason}"
