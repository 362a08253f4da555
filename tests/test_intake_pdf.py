"""PDF files as documents: columns, hyphens, margins, pages, pictures, and files made to do harm."""

from __future__ import annotations

import datetime
import io
import unicodedata
import zlib
from collections.abc import Sequence

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.pdf import is_one, reports
from sayso.intake.pdf.margins import printed_address, without_margins
from sayso.intake.pdf.order import Line, blocks
from sayso.intake.pdf.page import Page, Run
from sayso.intake.pdf.paragraphs import joined, paragraphs

LEFT, RIGHT, WIDE, LEADING = 20.0, 110.0, 80.0, 4.6
HEADLINE = "Two gates of the Orrin dam were opened early"


class Paper(FPDF):
    """A newspaper's page, on which lines are put where the test wants them."""

    def __init__(self, head: str = "", foot: str = "") -> None:
        super().__init__()
        self.set_auto_page_break(False)
        self._head, self._foot = head, foot

    def new_page(self) -> None:
        self.add_page()
        self.set_font("Times", size=8)
        self.text(LEFT, 10, self._head.format(self.page_no()))
        self.text(LEFT, 290, self._foot.format(self.page_no()))
        self.set_font("Times", size=10)

    def column(self, lines: Sequence[str], left: float = LEFT, top: float = 40.0) -> None:
        """Set lines under each other; those that begin with a blank are indented, an empty one is a gap."""
        for number, line in enumerate(lines):
            indent = 4.0 if line.startswith(" ") else 0.0
            self.text(left + indent, top + number * LEADING, line.strip())

    def headline(self, words: str) -> None:
        self.set_font("Times", "B", 20)
        self.text(LEFT, 30, words)
        self.set_font("Times", size=10)


def read(data: bytes, known: Metadata | None = None) -> Loaded:
    (report,) = reports(Original("report.pdf", io.BytesIO(data), "report.pdf"), known or Metadata())
    if isinstance(report, UnreadableSource):
        raise report
    return report


def written(paper: FPDF) -> bytes:
    return bytes(paper.output())


LINES = (
    " The gates of the Orrin dam were opened two hours before",
    "the alarm, an engineer told the inquiry in Averley on Wed-",
    "nesday. He had been told to say nothing of it, he said.",
    " A spokeswoman for the water company, Petra Holm, said",
    "that no order of the kind had been given to anybody. The",
    "inquiry, which is led by a retired judge, goes on until the",
    "end of the month and will hear the mayor on Thursday.",
)
PARAGRAPHS = [
    "The gates of the Orrin dam were opened two hours before the alarm, an engineer told the inquiry in Averley on "
    "Wednesday. He had been told to say nothing of it, he said.",
    "A spokeswoman for the water company, Petra Holm, said that no order of the kind had been given to anybody. The "
    "inquiry, which is led by a retired judge, goes on until the end of the month and will hear the mayor on Thursday.",
]
MORE_LINES = (
    " Fishermen downstream lost eleven boats and a pier that",
    "night. “Nobody rang us,” Elias Marrow, who owned two of",
    "them, said. “The water rang us.” He wants to be paid by",
    "the company, not by the insurance, for what was lost.",
)
MORE = [
    "Fishermen downstream lost eleven boats and a pier that night. “Nobody rang us,” Elias Marrow, who owned two of "
    "them, said. “The water rang us.” He wants to be paid by the company, not by the insurance, for what was lost."
]


def plain(lines: Sequence[str]) -> list[str]:
    return [line.translate(str.maketrans("“”’", '""\'')) for line in lines]


def test_paragraphs_are_joined_and_words_too() -> None:
    paper = Paper()
    paper.new_page()
    paper.column(LINES)
    assert read(written(paper)).document.text == "\n\n".join(PARAGRAPHS)


def test_paragraphs_parted_by_a_gap() -> None:
    paper = Paper()
    paper.new_page()
    paper.column([line.strip() for line in (*LINES[:3], "", *LINES[3:])])
    assert read(written(paper)).document.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("row_by_row", [False, True])
def test_two_columns_under_a_headline(row_by_row: bool) -> None:
    """Whatever order the program that wrote the file put the lines in."""
    paper = Paper()
    paper.new_page()
    paper.headline(HEADLINE)
    more = plain(MORE_LINES)
    if row_by_row:
        for number, line in enumerate(LINES):
            paper.column([line], LEFT, 40 + number * LEADING)
            paper.column(more[number : number + 1], RIGHT, 40 + number * LEADING)
    else:
        paper.column(more, RIGHT)
        paper.column(LINES, LEFT)
    report = read(written(paper))
    assert report.document.text == "\n\n".join([HEADLINE, *PARAGRAPHS, *plain(MORE)])
    assert report.document.title == HEADLINE


def test_a_heading_across_the_columns_parts_them_into_bands() -> None:
    paper = Paper()
    paper.new_page()
    upper, lower = plain(MORE_LINES), LINES
    paper.column(upper, LEFT, 40)
    paper.column(upper, RIGHT, 40)
    paper.set_font("Times", "B", 14)
    paper.text(LEFT, 75, "What the inquiry has heard so far, and what it has not been told by anybody")
    paper.set_font("Times", size=10)
    paper.column(lower, LEFT, 85)
    paper.column(lower, RIGHT, 85)
    found = read(written(paper)).document.text.split("\n\n")
    heading = "What the inquiry has heard so far, and what it has not been told by anybody"
    assert found == [*plain(MORE), *plain(MORE), heading, *PARAGRAPHS, *PARAGRAPHS]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    paper = Paper("The Averley Post    Thursday, 13 March 2031", "Page {}")
    paper.new_page()
    paper.column(LINES[:5], LEFT)
    paper.column([LINES[5], *LINES[3:6]], RIGHT)
    paper.new_page()
    paper.column([LINES[6], *plain(MORE_LINES)])
    report = read(written(paper))
    first = (
        f"{PARAGRAPHS[1].partition(' The inquiry')[0]} The inquiry, which is led by a retired judge, goes on until the"
    )
    assert report.document.text.split("\n\n") == [PARAGRAPHS[0], first, PARAGRAPHS[1], *plain(MORE)]
    assert report.made is not None
    start = report.made.pages[1]
    assert report.made.pages[0] == 0
    assert report.document.text[start:].startswith("end of the month and will hear the mayor")


def test_heads_and_feet_and_page_numbers_are_left_out() -> None:
    paper = Paper("The Averley Post    Thursday, 13 March 2031", "{}")
    for lines in (LINES, plain(MORE_LINES), LINES[3:]):
        paper.new_page()
        paper.column(lines)
    text = read(written(paper)).document.text
    assert text == "\n\n".join([*PARAGRAPHS, *plain(MORE), PARAGRAPHS[1]])


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("It was a well-", "known fact in a well-known town, he said to them all."), "a well-known fact in"),
        (("He had been told so by the govern-", "ment of the province two days before the flood."), "government of"),
        (("It lasted, she said, for a nine-", "day week, nine times one day, as she put it."), "a nine-day week"),
        (("So said the lawyer, Anne-", "Laure Dupin, who has known the family for years."), "Anne-Laure Dupin"),
        (("The river rose in the years 2029-", "2030, when nobody had asked for a dam at all."), "2029-2030, when"),
        (("He said that he would go –", "if they let him – to the capital that evening."), "go – if they"),
    ],
)
def test_words_cut_at_the_end_of_a_line(lines: tuple[str, str], text: str) -> None:
    page = [[_line(line, number) for number, line in enumerate(lines)]]
    (paragraph,) = paragraphs([page])
    assert text in paragraph.text


def test_what_the_file_says_of_itself() -> None:
    paper = Paper()
    paper.set_title("Gates opened early")
    paper.set_author("Nadia Ferrow")
    paper.set_creation_date(datetime.datetime(2031, 3, 12, 18, 30, tzinfo=datetime.UTC))
    paper.new_page()
    paper.column(LINES)
    report = read(written(paper), Metadata(outlet="The Averley Post"))
    document = report.document
    assert (document.title, document.author, document.outlet) == (
        "Gates opened early",
        "Nadia Ferrow",
        "The Averley Post",
    )
    assert document.published == "2031-03-12"
    assert report.notes == ("report.pdf: taken as published on 2031-03-12, when the file was made",)
    assert read(written(paper), Metadata(published="2031-03-13")).notes == ()


@pytest.mark.parametrize("title", ["Microsoft Word - gates_v3_FINAL.docx", "gates.indd", "untitled"])
def test_a_file_name_is_no_title(title: str) -> None:
    paper = Paper()
    paper.set_title(title)
    paper.new_page()
    paper.column(LINES)
    assert read(written(paper)).document.title is None


def _picture() -> io.BytesIO:
    from PIL import Image

    data = io.BytesIO()
    Image.new("L", (60, 80), 128).save(data, "PNG")
    data.seek(0)
    return data


def test_pages_that_are_pictures_are_named() -> None:
    paper = Paper()
    for number in range(1, 8):
        paper.new_page() if number not in (3, 6) else paper.add_page()
        if number in (3, 6):
            paper.image(_picture(), 0, 0, 210, 297)
        else:
            paper.column(LINES)
    report = read(written(paper))
    assert report.notes[0] == "report.pdf: pages 3 and 6 of 7 are pictures without text; left out"
    assert report.made is not None
    assert len(report.made.pages) == 7
    assert report.made.pages[2] == report.made.pages[3]


def test_a_file_of_pictures_is_refused() -> None:
    paper = Paper()
    for _ in range(2):
        paper.add_page()
        paper.image(_picture(), 0, 0, 210, 297)
    with pytest.raises(UnreadableSource, match="its 2 pages are pictures without text: recognise the text first"):
        read(written(paper))


def test_an_encrypted_file_is_refused() -> None:
    paper = Paper()
    paper.set_encryption(owner_password="owner", user_password="user")
    paper.new_page()
    paper.column(LINES)
    with pytest.raises(UnreadableSource, match="it is encrypted"):
        read(written(paper))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_read_upright(turn: int) -> None:
    paper = Paper()
    paper.new_page()
    with paper.rotation(turn, 105, 148):
        paper.column(LINES, top=60)
    assert read(written(paper)).document.text == "\n\n".join(PARAGRAPHS)


def test_what_stands_across_the_edge_of_a_page_is_left_out() -> None:
    paper = Paper()
    paper.new_page()
    paper.column(LINES)
    with paper.rotation(90, 10, 148):
        paper.text(10, 148, "Downloaded by the library of Averley")
    assert read(written(paper)).document.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj", b"no PDF", b"", b"%PDF-" + bytes(range(256)) * 40]
)
def test_broken_files_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match="it is no PDF file that can be opened"):
        read(data)


def test_a_file_that_unpacks_to_gigabytes_is_refused() -> None:
    packer = zlib.compressobj(9)
    packed = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    content = packed + (packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)) * 1500
    with pytest.raises(UnreadableSource, match="would take more than 1024 MB"):
        read(_pdf(zlib.compress(content, 9), b"[/FlateDecode /FlateDecode]"))


def _pdf(content: bytes, filters: bytes) -> bytes:
    """The smallest PDF with one page, of that content."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(content), filters, content),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 5\n0000000000 65535 f \n" + table + end


@given(data=st.data())
@settings(max_examples=15)
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    paper = Paper()
    paper.set_compression(False)
    paper.new_page()
    paper.column(LINES)
    whole = bytearray(written(paper))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=30)):
        whole[place] = data.draw(st.integers(0, 255))
    (report,) = reports(Original("report.pdf", io.BytesIO(bytes(whole))), Metadata())
    assert isinstance(report, Loaded | UnreadableSource)


def _line(text: str, number: int) -> Line:
    return Line(text, 50.0, number * 12.0, 250.0, number * 12.0 + 10)


_PLACES = st.floats(-50, 900, allow_nan=False)
_RUNS = st.builds(
    lambda text, left, top, width, height: Run(text, left, top, left + width, top + height),
    st.text(min_size=1, max_size=12),
    _PLACES,
    _PLACES,
    st.floats(0, 400),
    st.floats(0, 60),
)


@given(pages=st.lists(st.lists(_RUNS, max_size=40), max_size=4))
def test_whatever_stands_on_pages_no_letter_is_lost_or_invented(pages: list[list[Run]]) -> None:
    found = [blocks(page) for page in pages]
    text, begins = joined(paragraphs(found), len(pages))
    assert _letters(text) == _letters("".join(run.text for page in pages for run in page))
    assert list(begins) == sorted(begins)
    assert all(0 <= begin <= len(text) for begin in begins)


def _letters(text: str) -> list[str]:
    return sorted(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


@given(pages=st.lists(st.lists(_RUNS, max_size=30), max_size=5))
def test_margins_of_any_pages(pages: list[list[Run]]) -> None:
    made = [Page(600, 800, tuple(page), 0, False) for page in pages]
    for before, after in zip(pages, without_margins(made), strict=True):
        assert [run for run in before if run in after] == after
    printed_address(made)


def test_an_address_that_a_browser_printed() -> None:
    address = "https://averleypost.example/2031/03/12/dam"
    pages = [
        Page(
            600,
            800,
            (Run("A line of the report", 50, 100, 300, 110), Run(f"{address} {n}/2", 20, 780, 400, 790)),
            0,
            False,
        )
        for n in (1, 2)
    ]
    assert printed_address(pages) == address


@pytest.mark.parametrize(
    ("head", "one"), [(b"%PDF-1.7", True), (b"\n\n%PDF-1.4", True), (b"The %PDF", False), (b"", False)]
)
def test_signature(head: bytes, one: bool) -> None:
    assert is_one(head) is one
