"""RTF files as documents."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.rtf import is_one, reports, rich_text

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fnil\fcharset204 Times Cyr;}"
    r"{\f2\fnil\fcharset128 Mincho;}}{\colortbl;\red0\green0\blue0;}{\stylesheet{\s1 heading 1;}}"
    r"{\*\generator Riched20;}{\info{\title Dam gates opened early}{\author Nadia Ferrow}"
    r"{\creatim\yr2031\mo3\dy12\hr18\min30}{\revtim\yr2031\mo4\dy1}}"
)


def read(body: str, head: str = HEAD) -> list[str]:
    return rich_text(f"{head}{body}}}".encode("latin-1"), "report.rtf").paragraphs


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        (r"\pard One {\b bold} word.\par Two.\par", ["One bold word.", "Two."]),
        ("One\r\nword\\par\r\nTwo", ["Oneword", "Two"]),
        (r"One\line Two\page Three", ["One", "Two", "Three"]),
        (r"caf\'e9, \'93quoted\'94 \'96 so", ["café, “quoted” – so"]),
        (r"\ldblquote We\rquote re here\rdblquote\emdash she said", ["“We’re here”—she said"]),
        (r"\u8220?We\u8217\'92re here\u8221?", ["“We’re here”"]),
        (r"{\uc0\u8220 We}\uc2\u8221 ??", ["“We”"]),
        (r"\u-10179?\u-8704?", ["😀"]),
        (r"{\f1 \'c4\'e0}\f0 , \'e4", ["Да, ä"]),
        (r"{\f2 \'93\'fa\'96\'7b}", ["日本"]),
        (r"a\~b\_c\-d", ["a b\u2011cd"]),
        (r"\{brace\}, back\\slash", ["{brace}, back\\slash"]),
        (r"He {\v hidden }said so.", ["He said so."]),
        (r"He said so.{\footnote\pard Not so.} She did not.", ["He said so. She did not."]),
        (r"{\header The Averley Post\par}{\footer 1\par}So.", ["So."]),
        (r'{\field{\*\fldinst HYPERLINK "https://x.example"}{\fldrslt the page}}', ["the page"]),
        (r"{\pict\pngblip 89504e470d0a}So.", ["So."]),
        (r"{\pict\bin5 }}}}}}So.", ["So."]),
        (r"{\*\unknown what}{\unknown what}", ["what"]),
        (r"\trowd Gate\cell Opened\cell\row North\cell 01:10\cell\row", ["Gate\tOpened", "North\t01:10"]),
        (r"{\object{\*\objdata 0102}{\result shown}}", ["shown"]),
        ("", []),
    ],
)
def test_what_a_reader_sees(body: str, paragraphs: list[str]) -> None:
    assert read(body) == paragraphs


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (r"{\rtf1\mac ", r"caf\'8e", "café"),
        (r"{\rtf1\pc ", r"caf\'82", "café"),
        (r"{\rtf1\ansi\ansicpg1251", r"\'c4\'e0", "Да"),
        (r"{\rtf1\ansi\ansicpg65001", r"\'c3\'a9", "é"),
        (r"{\rtf1\ansi\ansicpg99999", r"caf\'e9", "café"),
        (r"{\rtf1", r"caf\'e9", "café"),
    ],
)
def test_code_pages(head: str, body: str, text: str) -> None:
    assert read(body, head) == [text]


def test_what_the_file_says_of_itself() -> None:
    (report,) = reports(Original("report.rtf", io.BytesIO(f"{HEAD}He said so.}}".encode())), Metadata())
    assert isinstance(report, Loaded)
    document = report.document
    assert (document.text, document.title, document.author) == ("He said so.", "Dam gates opened early", "Nadia Ferrow")
    assert document.published == "2031-03-12"
    assert report.notes == ("report.rtf: taken as published on 2031-03-12, when the file was made",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is no RTF file"),
        (b"He said so.", "it is no RTF file"),
        (b"{\\rtf1}", "it holds no text"),
        (b"{\\rtf1" + b"{" * 100_000, "its groups are nested more than 1000 deep"),
    ],
)
def test_what_cannot_be_read(data: bytes, reason: str) -> None:
    (error,) = reports(Original("report.rtf", io.BytesIO(data)), Metadata())
    assert str(error) == f"report.rtf: {reason}"


def test_closing_what_was_never_opened() -> None:
    assert rich_text(b"{\\rtf1 One}}}}} two", "x").paragraphs == ["One two"]


_WORDS = (
    r"{ } {\* \par \'e9 \'zz \u8220 \u-1 \u55357 \uc0 \uc9 \bin3 \bin-1 \bin99999 \f1 \f7 \v \v0 \plain \ansicpg932"
    r" \fonttbl \fcharset128 \info \title \creatim \yr2031 \mo99 \pict \~ \_ \\ \{ \row \cell \ "
)
_PIECES = st.sampled_from(_WORDS.split(" "))


@given(pieces=st.lists(_PIECES | st.text(st.characters(max_codepoint=255), max_size=8), max_size=40))
@settings(max_examples=200)
def test_any_file_is_read_or_refused(pieces: list[str]) -> None:
    data = ("{\\rtf1" + "".join(pieces)).encode("latin-1")
    (report,) = reports(Original("report.rtf", io.BytesIO(data)), Metadata())
    assert isinstance(report, Loaded | UnreadableSource)


@pytest.mark.parametrize(
    ("head", "one"), [(b"{\\rtf1\\ansi", True), (b"\n{\\rtf", True), (b"{rtf", False), (b"", False)]
)
def test_signature(head: bytes, one: bool) -> None:
    assert is_one(head) is one
