"""DOCX files as documents."""

from __future__ import annotations

import datetime
import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake.docx import is_one, reports
from sayso.intake.loaded import Loaded, Metadata, Original

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes, known: Metadata | None = None) -> Loaded:
    (report,) = reports(Original("report.docx", io.BytesIO(data), "report.docx"), known or Metadata())
    if isinstance(report, UnreadableSource):
        raise report
    return report


def written() -> bytes:
    """A file as Word would write it."""
    file = docx.Document()
    file.core_properties.title = "Dam gates opened early"
    file.core_properties.author = "Nadia Ferrow"
    file.core_properties.created = datetime.datetime(2031, 3, 12, 18, 30)
    file.sections[0].header.paragraphs[0].text = "The Averley Post"
    file.add_heading("Dam gates opened early", 1)
    paragraph = file.add_paragraph("The gates of the Orrin dam were opened ")
    paragraph.add_run("two hours").bold = True
    paragraph.add_run(" before the alarm, an engineer said.")
    file.add_paragraph("“We were told to open them”, said Tomas Ellery.", style="List Bullet")
    table = file.add_table(2, 2)
    for cell, words in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("Gate", "Opened", "North", "01:10"), strict=True
    ):
        cell.text = words
    file.add_paragraph("")
    file.add_paragraph("The inquiry continues on Thursday.")
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()


def packed(text: str, properties: str = "") -> bytes:
    """The smallest DOCX that has this in its body."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {WORD}><w:body>{text}</w:body></w:document>")
        if properties:
            archive.writestr("docProps/core.xml", properties)
    return data.getvalue()


def p(*runs: str) -> str:
    return "<w:p>" + "".join(runs) + "</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_file_of_word() -> None:
    report = read(written(), Metadata(outlet="The Averley Post"))
    assert report.document.text.split("\n\n") == [
        "Dam gates opened early",
        "The gates of the Orrin dam were opened two hours before the alarm, an engineer said.",
        "“We were told to open them”, said Tomas Ellery.",
        "Gate\tOpened",
        "North\t01:10",
        "The inquiry continues on Thursday.",
    ]
    assert (report.document.title, report.document.author) == ("Dam gates opened early", "Nadia Ferrow")
    assert report.document.published == "2031-03-12"
    assert report.notes == ("report.docx: taken as published on 2031-03-12, when the file was made",)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(r("One "), r("two"), "<w:r><w:tab/></w:r>", r("three")), "One two three"),
        (p(r("One"), "<w:r><w:br/></w:r>", r("two")), "One\n\ntwo"),
        (p(r("cease"), "<w:r><w:noBreakHyphen/></w:r>", r("fire")), "cease\u2011fire"),
        (p(r("One"), "<w:r><w:softHyphen/></w:r>", r("two")), "Onetwo"),
        (p(r("He said "), f"<w:ins>{r('not ')}</w:ins>", r("so.")), "He said not so."),
        (p(r("He said "), "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>", r("so.")), "He said so."),
        (p("<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>", r("link")), "link"),
        (p(f"<w:hyperlink>{r('He')}</w:hyperlink>", r(" said so.")), "He said so."),
        (p(r("Outside"), f"<w:txbxContent>{p(r('Inside'))}</w:txbxContent>"), "Inside\n\nOutside"),
        (f"<w:sdt><w:sdtContent>{p(r('In a field'))}</w:sdtContent></w:sdt>", "In a field"),
        (f"<w:tbl><w:tr><w:tc>{p(r('a'))}{p(r('b'))}</w:tc><w:tc>{p(r('c'))}</w:tc></w:tr></w:tbl>", "a b\tc"),
    ],
)
def test_what_stands_in_paragraphs(body: str, text: str) -> None:
    assert read(packed(body)).document.text == text


def test_footnotes_are_left_out_and_said() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    report = read(packed(p(r("He said so."), note, r(" She did not."), note)))
    assert report.document.text == "He said so. She did not."
    assert report.notes == ("report.docx: 2 footnotes were left out",)


def test_an_author_that_a_program_wrote_is_none() -> None:
    core = "<p xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>Windows User</dc:creator></p>"
    assert read(packed(p(r("So.")), core)).document.author is None


def test_entities_are_not_unfolded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        body = p(r("He said &b;&f; so."))
        archive.writestr("word/document.xml", f"{bomb}<w:document {WORD}><w:body>{body}</w:body></w:document>")
    text = read(data.getvalue()).document.text
    assert "aaaaaaaaaa" not in text
    assert "root" not in text


def test_a_part_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.zipped.MAX_PART", 1024 * 1024)
    with pytest.raises(UnreadableSource, match=r"word/document\.xml in it is larger than 1 MB"):
        read(packed(p(r("so " * 1024 * 1024))))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04", "it is no ZIP archive that can be opened"),
        (b"", "it is no ZIP archive that can be opened"),
        (written()[:-200], "it is no ZIP archive that can be opened"),
        (packed(""), "it holds no text"),
    ],
)
def test_what_cannot_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        read(data)


def test_a_zip_of_something_else() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(UnreadableSource, match="it is no DOCX file"):
        read(data.getvalue())


def test_signature() -> None:
    assert is_one(written()[:4096])
    assert not is_one(b"PK\x03\x04 xl/workbook.xml")


@given(data=st.data())
@settings(max_examples=50)
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(packed(p(r("He said so."), "<w:r><w:tab/></w:r>"), "<a><title>So</title></a>"))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    (report,) = reports(Original("report.docx", io.BytesIO(bytes(whole))), Metadata())
    assert isinstance(report, Loaded | UnreadableSource)


def test_an_archive_of_a_version_that_is_not_known_is_refused() -> None:
    whole = bytearray(packed(p(r("He said so.")), ""))
    whole[whole.index(b"PK\x01\x02") + 6] = 64
    (report,) = reports(Original("report.docx", io.BytesIO(bytes(whole))), Metadata())
    assert isinstance(report, UnreadableSource)
    assert "ZIP archive" in str(report)
