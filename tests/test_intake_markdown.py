"""Markdown files as documents."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.markdown import front_matter, paragraphs, reports


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("# Dam *gates* opened\n\nThe **gates** were\nopened.", ["Dam gates opened", "The gates were opened."]),
        ("Heading\n=======\n\ntext", ["Heading", "text"]),
        ("[The dam](https://x.example 'title') and <https://y.example>", ["The dam and https://y.example"]),
        ("![A picture](x.jpg)\n\nHe said so.", ["He said so."]),
        ("- One\n- Two\n  - Three\n\n1. Four", ["One", "Two", "Three", "Four"]),
        ("> “We were told”, she said.\n> Twice.", ["“We were told”, she said. Twice."]),
        ("One  \ntwo\\\nthree", ["One", "two", "three"]),
        ("| Gate | Opened |\n|---|---|\n| *North* | 01:10 |", ["Gate\tOpened", "North\t01:10"]),
        ("```\ncode here\n```", ["code here"]),
        ("2 \\* 3 &amp; `x < y`", ["2 * 3 & x < y"]),
        ("One\n\n---\n\nTwo", ["One", "Two"]),
        ("<div>no</div>\n\nHe <b>said</b> so.", ["He said so."]),
        ("snake_case_word and 5 * 3 * 2", ["snake_case_word and 5 * 3 * 2"]),
        ("", []),
    ],
)
def test_words_without_their_marks(source: str, found: list[str]) -> None:
    assert paragraphs(source) == found


@pytest.mark.parametrize(
    ("matter", "said"),
    [
        (
            '---\ntitle: "Dam: gates opened"\ndate: 2031-03-12\nauthor: Nadia Ferrow\nurl: https://x.example/dam\n---\n',
            Metadata("Dam: gates opened", None, "Nadia Ferrow", "2031-03-12", "https://x.example/dam"),
        ),
        (
            "---\ntitle: 'It''s open' \npublication: The Averley Post\nauthors:\n  - Nadia Ferrow\n  - Jo Orne\n---\n",
            Metadata("It's open", "The Averley Post", "Nadia Ferrow, Jo Orne"),
        ),
        (
            "---\nauthors: [Nadia Ferrow, Jo Orne]\nsource: https://x.example/a\n---\n",
            Metadata(author="Nadia Ferrow, Jo Orne", url="https://x.example/a"),
        ),
        (
            '+++\ntitle = "Dam gates"\ndate = 2031-03-12T18:30:00+02:00\n+++\n',
            Metadata("Dam gates", published="2031-03-12T18:30:00+02:00"),
        ),
        ("---\ntitle: Dam # a comment\ntags:\n- x\nnested:\n  title: no\n...\n", Metadata("Dam")),
        ("+++\nbroken = \n+++\n", Metadata()),
        ("", Metadata()),
    ],
)
def test_front_matter(matter: str, said: Metadata) -> None:
    body, found = front_matter(f"{matter}He said so.")
    assert (body, found) == ("He said so.", said)


def test_what_stands_between_two_rules_may_be_text() -> None:
    source = "---\nHe said so, and then he left.\n---\nShe stayed."
    assert front_matter(source) == (source, Metadata())


def test_a_file() -> None:
    data = b"---\r\ntitle: Dam gates\r\n---\r\n# Dam gates\r\n\r\nHe *said* so.\r\n"
    (report,) = reports(Original("dam.md", io.BytesIO(data), "dam.md"), Metadata(outlet="The Averley Post"))
    assert isinstance(report, Loaded)
    assert report.document.text == "Dam gates\n\nHe said so."
    assert (report.document.title, report.document.outlet) == ("Dam gates", "The Averley Post")


@pytest.mark.parametrize("data", [b"", b"---\ntitle: So\n---\n", b"\0\1\2\3" * 100])
def test_what_cannot_be_read(data: bytes) -> None:
    (error,) = reports(Original("dam.md", io.BytesIO(data)), Metadata())
    assert isinstance(error, UnreadableSource)


@pytest.mark.parametrize("piece", ["[", "![", "*a **b ", "> ", "- ", "`", "<a ", "[a](", "&", "|", "\\"])
def test_marks_without_end(piece: str) -> None:
    paragraphs(piece * 2000)


@given(source=st.text(st.sampled_from("-*_`#>[]()!|\\<&a 1.\n\t:\"'{}+=~“”"), max_size=200))
@settings(max_examples=200)
def test_any_text_is_read(source: str) -> None:
    body, _ = front_matter(source)
    assert all(line == line.strip() and "\n" not in line for line in paragraphs(body))
