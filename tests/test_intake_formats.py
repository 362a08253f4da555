"""Which format a file is in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.formats import formats, may_hold_many, recognised, suffixes


@pytest.mark.parametrize(
    ("head", "name", "media_type", "form"),
    [
        (b"He said so.", "report.txt", None, "text"),
        (b"He said so.", "report", None, "text"),
        (b"He said so.", "report.xyz", None, "text"),
        (b"He *said* so.", "report.MD", None, "Markdown"),
        (b"%PDF-1.7", "report.pdf", None, "PDF"),
        (b"%PDF-1.7", "report.txt", "text/plain", "PDF"),
        (b"%PDF-1.7", "report.html", "text/html", "PDF"),
        (b"nothing", "report.pdf", None, "PDF"),
        (b"<!DOCTYPE html>", "report.pdf", "application/octet-stream", "HTML"),
        (b"<p>He said so.", "report.htm", None, "HTML"),
        (b"<p>He said so.", "https://x.example/a.php?b=c.pdf", "text/html; charset=utf-8", "HTML"),
        (b"PK\x03\x04...[Content_Types].xml...word/document.xml", "report", None, "DOCX"),
        (b"PK\x03\x04..............mimetypeapplication/epub+zip", "report.zip", None, "EPUB"),
        (b"PK\x03\x04xl/workbook.xml", "table.xlsx", None, "text"),
        (b"{\\rtf1\\ansi", "report.doc", "application/msword", "RTF"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "page.mhtml", None, "MHTML"),
        (b"From: x\nContent-Type: multipart/related\n\n<html>", "page", "multipart/related", "MHTML"),
        (b"", "", None, "text"),
    ],
)
def test_recognised(head: bytes, name: str, media_type: str | None, form: str) -> None:
    assert recognised(head, name, media_type).name == form


def test_every_format_names_itself_and_its_files_once() -> None:
    names = [form.name for form in formats()]
    assert len(set(names)) == len(names)
    endings = [suffix for form in formats() for suffix in form.suffixes]
    assert len(set(endings)) == len(endings)
    assert set(endings) == suffixes()
    assert all(not suffix or suffix.startswith(".") for suffix in endings)


@pytest.mark.parametrize(("name", "many"), [("a.epub", True), ("a.pdf", False), ("a.txt", False), ("a", False)])
def test_what_may_hold_many(name: str, many: bool) -> None:
    assert may_hold_many(name) is many


@given(head=st.binary(max_size=200), name=st.text(max_size=20), media_type=st.none() | st.text(max_size=20))
def test_any_file_is_in_some_format(head: bytes, name: str, media_type: str | None) -> None:
    assert recognised(head, name, media_type) in formats()
