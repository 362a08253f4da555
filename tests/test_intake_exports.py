"""Exports of LexisNexis, Nexis Uni and Factiva: each report and what is known of it, without what is the export's."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents import document
from sayso.errors import UnreadableSource
from sayso.intake.exports import split, unfolded
from sayso.intake.exports.article import Article
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.making import by_its_file, by_sayso
from sayso.intake.opened import loaded

LEXIS = """


Download Request: Selected Items: 1-3
Time Of Request: Friday, March 7, 2031  16:51:31

Terms: (dam) and (Orvel)

                               1 of 3 DOCUMENTS



                           Harbour Wire (Port Aurel)

                            March 7, 2031 Friday
                                   Edition 1;
                                    Highlands

Dam at Orvel “will hold”, says
mayor

BYLINE: Nerys Hadoun and
Piet Oyelarran

SECTION: NEWS; Pg. 6

LENGTH: 39 words

DATELINE: ORVEL

The dam above Orvel will hold, the mayor, Salim Dravek, said on
Friday, a day after engineers found cracks in it.

LANGUAGE: never stop learning, a banner in the hall read.

“Nobody here sleeps,” a baker said.

GRAPHIC: The dam on Thursday.

A map of the valley.

LOAD-DATE: March 8, 2031

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                       Copyright 2031 Harbour Wire Ltd
                              All Rights Reserved

                               2 of 3 DOCUMENTS

                       Copyright 2031 Evening Klaxon
                              All Rights Reserved

                              Evening Klaxon

                                 7 March 2031

HEADLINE: Council blames army

BODY:
The council blamed the army.

The army denied it.

                               3 of 3 DOCUMENTS

                                Radio Lissar

                            March 9, 2031 Sunday

A picture

LENGTH: 0 words

GRAPHIC: The market on Sunday.
"""

NEXIS = """User Name: Jane Doe
Date and Time: Friday, March 7, 2031 4:51 PM CET
Job Number: 123456

Documents (2)
1. Dam at Orvel “will hold”, says mayor
Client/Matter: -None-
Search Terms: Orvel
Search Type: Natural Language
Narrowed by:
Content Type\tNarrowed by
News\tTimeline: 1 Mar 2031 to 8 Mar 2031
2. Council blames army

Dam at Orvel “will hold”, says mayor
Harbour Wire (Port Aurel)
March 7, 2031 Friday
Highlands Edition
Copyright 2031 Harbour Wire Ltd All Rights Reserved
Section: NEWS; Pg. 6
Length:\xa019 words
Byline:\xa0Nerys Hadoun
Dateline: ORVEL
Body

The dam above Orvel will hold, the mayor said on Friday.
Page 1 of 2
Dam at Orvel “will hold”, says mayor

“Nobody here sleeps,” a baker said.
Graphic

The dam on Thursday.
Classification

Language: ENGLISH
Load-Date: March 8, 2031
End of Document

Link to Image
Council blames army
Evening Klaxon
March 8, 2031
Copyright 2031 Evening Klaxon
Length: 4 words
Body
The army denied it.
Load-Date: March 8, 2031
End of Document
"""

FACTIVA = """HD\tDam at Orvel “will hold”, says mayor
BY\tBy Nerys Hadoun
WC\t19 words
PD\t7 March 2031
ET\t08:00
SN\tHarbour Wire
SC\tHWIRE
LA\tEnglish
CY\tCopyright 2031. Harbour Wire Ltd
LP\tThe dam will hold, the mayor said on Friday.

IN the hall a baker wept.
TD\t
“Nobody here sleeps,” she said.

CO\torvldm : Orvel Dams
IN\ti1 : Dams
AN\tDocument HWIRE00020310307ea370000x
SE\tNews
HD
Council blames army
WC
4 words
PD
8 March 2031
SN
Evening Klaxon
LP
The army denied it.
AN
Document EKLAX00020310308ea380000x

Search Summary
Text\tdam
"""

FACTIVA_PLAIN = """Page 1 of 3 © 2031 Factiva, Inc. All rights reserved.
News
Dam at Orvel “will hold”, says mayor
By Nerys Hadoun
19 words
7 March 2031
08:00 AM
Harbour Wire
HWIRE
6
English
Copyright 2031. Harbour Wire Ltd. All Rights Reserved.

The dam will hold, the mayor said on Friday.

Page 2 of 3 © 2031 Factiva, Inc. All rights reserved.
“Nobody here sleeps,” a baker said.

Document HWIRE00020310307ea370000x

Council blames army for the blast in the old exchange
Piet Oyelarran
4 words
8 March 2031
Evening Klaxon
EKLAX
English
(c) 2031 Evening Klaxon
The army denied it.
Document EKLAX00020310308ea380000x
"""


def articles(text: str) -> tuple[Article, ...]:
    export = split(text)
    assert export is not None
    return export.articles


def test_lexis_nexis() -> None:
    first, second, third = articles(LEXIS)
    assert first == Article(
        text="The dam above Orvel will hold, the mayor, Salim Dravek, said on\n"
        "Friday, a day after engineers found cracks in it.\n\n"
        "LANGUAGE: never stop learning, a banner in the hall read.\n\n"
        "“Nobody here sleeps,” a baker said.",
        title="Dam at Orvel “will hold”, says mayor",
        outlet="Harbour Wire (Port Aurel)",
        author="Nerys Hadoun and Piet Oyelarran",
        published="2031-03-07",
        length=39,
        number=1,
    )
    assert second == Article(
        text="The council blamed the army.\n\nThe army denied it.",
        title="Council blames army",
        outlet="Evening Klaxon",
        published="2031-03-07",
        number=2,
    )
    assert (third.text, third.outlet) == ("", "Radio Lissar")


def test_nexis_uni() -> None:
    first, second = articles(NEXIS)
    assert first == Article(
        text="The dam above Orvel will hold, the mayor said on Friday.\n\n“Nobody here sleeps,” a baker said.",
        title="Dam at Orvel “will hold”, says mayor",
        outlet="Harbour Wire (Port Aurel)",
        author="Nerys Hadoun",
        published="2031-03-07",
        length=19,
    )
    assert second == Article(
        "The army denied it.", "Council blames army", "Evening Klaxon", published="2031-03-08", length=4
    )


@pytest.mark.parametrize("space", ["\t", "    "])
def test_factiva_with_codes(space: str) -> None:
    first, second = articles(FACTIVA.replace("\t", space))
    assert first == Article(
        text="The dam will hold, the mayor said on Friday.\n\nIN the hall a baker wept.\n\n"
        "“Nobody here sleeps,” she said.",
        title="Dam at Orvel “will hold”, says mayor",
        outlet="Harbour Wire",
        author="Nerys Hadoun",
        published="2031-03-07",
        length=19,
    )
    assert second == Article(
        "The army denied it.", "Council blames army", "Evening Klaxon", published="2031-03-08", length=4
    )


def test_factiva_without_codes() -> None:
    first, second = articles(FACTIVA_PLAIN)
    assert first == Article(
        text="The dam will hold, the mayor said on Friday.\n\n“Nobody here sleeps,” a baker said.",
        title="Dam at Orvel “will hold”, says mayor",
        outlet="Harbour Wire",
        author="Nerys Hadoun",
        published="2031-03-07",
        length=19,
    )
    assert second == Article(
        "The army denied it.",
        "Council blames army for the blast in the old exchange",
        "Evening Klaxon",
        "Piet Oyelarran",
        "2031-03-08",
        length=4,
    )


@pytest.mark.parametrize("text", [NEXIS, FACTIVA, FACTIVA_PLAIN])
def test_lines_may_be_paragraphs(text: str) -> None:
    """As they come out of DOCX and RTF, with a blank line after each."""
    apart = "\n\n".join(line for line in text.split("\n") if line)
    for plain, parted in zip(articles(text), articles(apart), strict=True):
        assert (plain.title, plain.outlet, plain.author, plain.published, plain.length) == (
            parted.title, parted.outlet, parted.author, parted.published, parted.length
        )  # fmt: skip
        assert plain.text.split() == parted.text.split()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The clerk read 3 of 12 documents aloud. The body was found, the mayor said.\n\nEnd of document.",
        "Body\nThe ministry’s statement ends here.\nDocument 12 was not shown.\n300 words",
        "1 of 2 DOCUMENTS\n\nThe archive, a guide said, holds little else.",
    ],
)
def test_a_report_is_no_export(text: str) -> None:
    assert split(text) is None


def opened(text: str) -> Loaded:
    data = text.encode()
    notes = (by_its_file("export.rtf", "2013-12-23"),)  # that day is none of its reports'
    return Loaded(document(text, title="Files (3)", author="Jane Doe"), notes, by_sayso(data, "application/rtf"))


def test_a_file_unfolds_into_its_reports() -> None:
    original = Original("export.rtf", io.BytesIO(), "export.rtf")
    first, second, third = unfolded(opened(LEXIS), original, Metadata(outlet="Wire"))
    assert isinstance(first, Loaded)
    assert isinstance(second, Loaded)
    assert first.made is not None
    assert (first.document.title, first.document.outlet) == ("Dam at Orvel “will hold”, says mayor", "Wire")
    assert (second.document.author, second.document.path) == (None, "export.rtf")
    assert (first.made.place, first.made.media_type) == ("article 1", "application/rtf")
    assert ("export", "LexisNexis") in first.made.options
    assert first.notes == ("export.rtf: an export of LexisNexis, 3 reports",)
    assert second.notes == ()
    assert str(third) == "export.rtf, article 3: it holds no text"


def test_a_report_that_is_shorter_than_the_export_says_is_told() -> None:
    original = Original("export.txt", io.BytesIO())
    first, _ = unfolded(opened(NEXIS.replace("19 words", "1,900 words")), original, Metadata())
    assert isinstance(first, Loaded)
    assert "the export says 1900" in first.notes[-1]


def test_what_is_no_export_stays_as_it_is() -> None:
    report = opened("The mayor said that the dam will hold.")
    assert list(unfolded(report, Original("a.txt", io.BytesIO()), Metadata())) == [report]


@pytest.mark.parametrize("text", [LEXIS, NEXIS, FACTIVA, FACTIVA_PLAIN])
def test_exports_are_unfolded_when_they_are_opened(text: str, tmp_path: Path) -> None:
    path = tmp_path / "export.txt"
    path.write_text(text, "utf-8")
    found = list(loaded(str(path), Metadata()))
    assert [item.document.outlet for item in found if isinstance(item, Loaded)][1] == "Evening Klaxon"
    assert not any(isinstance(item, UnreadableSource) for item in found[:2])


def as_docx(text: str, path: Path) -> None:
    import docx

    written = docx.Document()
    for line in text.split("\n"):
        if "\t" in line:  # Factiva's DOCX has its codes in a table
            row = written.add_table(1, 2).rows[0]
            row.cells[0].text, row.cells[1].text = line.split("\t", 1)
        else:
            written.add_paragraph(line)
    written.save(str(path))


def as_rtf(text: str, path: Path) -> None:
    lines = []
    for line in "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text).split("\n"):
        cells = line.replace("\t", "\\cell ")
        lines.append(
            f"\\trowd\\cellx900\\cellx9000\\intbl {cells}\\cell\\row\\pard" if "\t" in line else f"{line}\\par"
        )
    path.write_text("{\\rtf1\\ansi " + "\n".join(lines) + "}", "ascii")


@pytest.mark.parametrize("write", [as_docx, as_rtf])
@pytest.mark.parametrize("text", [LEXIS, NEXIS, FACTIVA, FACTIVA_PLAIN])
def test_exports_come_as_docx_and_rtf(text: str, write: Callable[[str, Path], None], tmp_path: Path) -> None:
    path = tmp_path / ("export.docx" if write is as_docx else "export.rtf")
    write(text, path)
    first, second, *_ = loaded(str(path), Metadata())
    assert isinstance(first, Loaded)
    assert isinstance(second, Loaded)
    assert first.document.title == "Dam at Orvel “will hold”, says mayor"
    assert first.document.text.startswith("The dam ")
    assert first.document.text.endswith("said.")
    assert (second.document.outlet, second.document.text.split()[-3:]) == ("Evening Klaxon", ["army", "denied", "it."])


MARKS = [
    "1 of 3 DOCUMENTS", "LENGTH: 3 words", "BODY:", "End of Document", "Body", "Load-Date: March 8, 2031", "WC",
    "HD  x", "Document HWIRE00020310307ea370000x", "19 words", "7 March 2031", "(c) 2031", "Page 1 of 2", "", "Council",
]  # fmt: skip


@given(st.lists(st.sampled_from(MARKS) | st.text(max_size=30), max_size=30).map("\n".join))
def test_nothing_in_a_report_is_invented(text: str) -> None:
    export = split(text)
    for article in export.articles if export else ():
        for words in (article.text, article.title or "", article.outlet or "", article.author or ""):
            assert all(word in text for word in words.split())


@pytest.mark.parametrize(
    "line", ["IN  x\n", "BYLINE: x\n\n", "Body\n", "A-/&" * 50 + "\n", "1 of 2 DOCUMENTS\n", "x y " * 20 + "\n"]
)
def test_long_exports_take_no_time_that_grows_with_their_square(line: str) -> None:
    head = "1 of 2 DOCUMENTS\n\nLENGTH: 3 words\n\n"
    tail = "\n19 words\nBody\nEnd of Document\nDocument HWIRE00020310307ea370000x\n"
    for text in (head + line * 20_000, line * 20_000 + tail, "HD  x\nWC  3 words\n" + line * 20_000 + tail):
        assert split(text) is not None
