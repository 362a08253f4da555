"""Files, folders and standard input as documents, whatever is in them."""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InvalidMetadata, UndecodableText, UnreadableSource
from sayso.intake.loaded import Metadata
from sayso.intake.text import decode, load, sources

NOTHING = Metadata()
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


def write(path: Path, data: str | bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "c.text", "notes", "sub/d.txt", "sub/deep/e.txt", "e/f.txt"):
        write(tmp_path / name, "He said so.")
    for name in (".hidden.txt", ".git/g.txt", "data.json", "page.html", "picture.png"):
        write(tmp_path / name, "He said so.")
    found = [os.path.relpath(str(path), tmp_path) for path in sources([str(tmp_path)])]
    assert found == ["a.TXT", "b.txt", "c.text", "notes", "e/f.txt", "sub/d.txt", "sub/deep/e.txt"]


def test_paths_keep_the_order_they_are_given_in(tmp_path: Path) -> None:
    second, first = write(tmp_path / "2.txt", "Two."), write(tmp_path / "1.md", "One.")
    assert list(sources([second, "-", first])) == [second, "-", first]


def test_paths_that_mean_no_report(tmp_path: Path) -> None:
    write(tmp_path / "data.json", "{}")
    missing = str(tmp_path / "missing.txt")
    found = list(sources([missing, str(tmp_path)]))
    assert [str(error) for error in found] == [
        f"{missing}: there is no such file or folder",
        f"{tmp_path}: there is no text file in this folder",
    ]


def test_a_pipe_in_a_folder_is_passed_over_and_a_broken_link_is_not(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    (link,) = sources([str(tmp_path)])
    assert isinstance(link, str)
    with pytest.raises(UnreadableSource, match=r"link\.txt: there is no such file"):
        load(link, NOTHING)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b" \n\t\r\n", "it holds nothing but white space"),
        (b"%PDF-1.7", "it is not text but a PDF file"),
    ],
)
def test_files_with_nothing_to_read(tmp_path: Path, data: bytes, reason: str) -> None:
    path = write(tmp_path / "report.txt", data)
    with pytest.raises(UnreadableSource) as caught:
        load(path, NOTHING)
    assert str(caught.value) == f"{path}: {reason}"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionError(13, "Permission denied"), "it may not be read (no permission)"),
        (FileNotFoundError(2, "No such file"), "there is no such file or folder"),
        (OSError(5, "Input/output error"), "it cannot be read (input/output error)"),
    ],
)
def test_files_the_system_does_not_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise error

    path = write(tmp_path / "report.txt", "He said so.")
    monkeypatch.setattr(builtins, "open", refuse)
    with pytest.raises(UnreadableSource) as caught:
        load(path, NOTHING)
    assert str(caught.value) == f"{path}: {reason}"


def test_a_file_is_never_read_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.text.MAX_BYTES", 2**20)
    with pytest.raises(UnreadableSource, match="/dev/zero: it is larger than 1 MB"):
        load("/dev/zero", NOTHING)


def test_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    text = "  He said\r\nso.\x0c\u2028 \0👩\u200d🚀\n\n"
    path = write(tmp_path / "report.txt", text)
    assert load(path, NOTHING).document.text == text


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"He said so.")))
    loaded = load("-", Metadata(outlet="Harbour Wire"))
    assert (loaded.document.text, loaded.document.path) == ("He said so.", None)
    assert loaded.document.outlet == "Harbour Wire"


def test_standard_input_that_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(UnreadableSource, match=r"^standard input: it is empty"):
        load("-", NOTHING)
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UnreadableSource, match=r"^standard input: it is closed"):
        load("-", NOTHING)


def test_what_stands_beside_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "report.txt", "He said so.")
    write(tmp_path / "report.json", '{"title": "So", "outlet": "Harbour Wire", "published": "2031-03-12", "url": null}')
    loaded = load(path, Metadata(outlet="Ridge Voice"))
    document = loaded.document
    assert (document.title, document.outlet, document.published) == ("So", "Ridge Voice", "2031-03-12")
    assert (document.url, document.path, loaded.notes) == (None, path, ())


@pytest.mark.parametrize(
    ("beside", "note"),
    [
        ("{", "it is no readable JSON"),
        ("[1]", "it is no JSON object"),
        ("[" * 100_000, "it is no readable JSON"),
        ('{"title": ["a"]}', "title not used, it is no text"),
        ('{"published": "yesterday"}', "'yesterday' is not a date"),
        (b"\xff\xfe\xff", "it is no readable JSON"),
    ],
)
def test_what_stands_beside_the_file_and_cannot_be_used(tmp_path: Path, beside: str | bytes, note: str) -> None:
    path = write(tmp_path / "report.txt", "He said so.")
    write(tmp_path / "report.json", beside)
    loaded = load(path, NOTHING)
    assert (loaded.document.title, loaded.document.published) == (None, None)
    (said,) = loaded.notes
    assert note in said
    assert "\n" not in said


def test_a_file_does_not_stand_beside_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "report.json", '{"title": "So"}')
    assert load(path, NOTHING).document.title is None


def test_a_date_that_is_none(tmp_path: Path) -> None:
    path = write(tmp_path / "report.txt", "He said so.")
    with pytest.raises(InvalidMetadata, match="'yesterday' is not a date"):
        load(path, Metadata(published="yesterday"))
