"""EPUB files as documents: books, newsletters, news periodicals."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake.epub import is_one, reports
from sayso.intake.loaded import Loaded, Metadata, Original

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
DAM = "<p>The gates of the Orrin dam were opened two hours before the alarm, an engineer said.</p>"
FAIR = "<p>The spring fair at Averley is off, its chairman told the Post, because the meadow is under water.</p>"
DAM_TEXT, FAIR_TEXT = (words.removeprefix("<p>").removesuffix("</p>") for words in (DAM, FAIR))


def xhtml(body: str) -> str:
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'


def book(files: dict[str, str], contents: str, metadata: str = "", nav: bool = True) -> bytes:
    """An EPUB of these files in this order; `contents` is its table of contents, EPUB 3's or EPUB 2's."""
    toc = (
        "nav.xhtml",
        'media-type="application/xhtml+xml" properties="nav"',
        xhtml(f'<nav epub:type="toc" xmlns:epub="e">{contents}</nav>'),
    )
    if not nav:
        toc = ("toc.ncx", 'media-type="application/x-dtbncx+xml"', f"<ncx xmlns='n'><navMap>{contents}</navMap></ncx>")
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(files)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(files)))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}'
        f'</metadata><manifest>{items}<item id="t" href="{toc[0]}" {toc[1]}/></manifest>'
        f"<spine>{spine}</spine></package>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/content.opf", package)
        archive.writestr(f"OEBPS/{toc[0]}", toc[2])
        for name, body in files.items():
            archive.writestr(f"OEBPS/{name.replace('%20', ' ')}", xhtml(body))
    return data.getvalue()


def links(**entries: str) -> str:
    return "<ol>" + "".join(f'<li><a href="{href}">{title}</a></li>' for title, href in entries.items()) + "</ol>"


def points(**entries: str) -> str:
    return "".join(
        f"<navPoint><navLabel><text>{title}</text></navLabel><content src='{src}'/></navPoint>"
        for title, src in entries.items()
    )


def read(data: bytes, known: Metadata | None = None) -> list[Loaded | UnreadableSource]:
    return list(reports(Original("post.epub", io.BytesIO(data), "post.epub"), known or Metadata()))


def loaded(data: bytes) -> list[Loaded]:
    found = read(data)
    assert all(isinstance(report, Loaded) for report in found), found
    return [report for report in found if isinstance(report, Loaded)]


def test_one_article_with_headings_is_one_document() -> None:
    files = {"a.xhtml": f"<h1 id='one'>Dam gates</h1>{DAM}<h2 id='two'>The fair</h2>{FAIR}"}
    metadata = (
        "<dc:title>Dam gates</dc:title><dc:creator>Nadia Ferrow</dc:creator>"
        "<dc:publisher>The Averley Post</dc:publisher><dc:date>2031-03-12T06:00:00+00:00</dc:date>"
    )
    (report,) = loaded(book(files, links(Gates="a.xhtml#one", Fair="a.xhtml#two"), metadata))
    document = report.document
    assert document.text.split("\n\n") == ["Dam gates", DAM_TEXT, "The fair", FAIR_TEXT]
    assert (document.title, document.author, document.outlet) == ("Dam gates", "Nadia Ferrow", "The Averley Post")
    assert document.published == "2031-03-12T06:00:00+00:00"


@pytest.mark.parametrize("nav", [True, False])
def test_articles_in_files_of_their_own_are_documents(nav: bool) -> None:
    files = {
        "cover.xhtml": "<p>The Averley Post</p>",
        "a%201.xhtml": f"<h1>Dam gates</h1>{DAM}",
        "a2.xhtml": FAIR,
        "b.xhtml": f"<h1>Fair</h1>{FAIR}",
    }
    contents = (links if nav else points)(Gates="a%201.xhtml", Fair="b.xhtml#top")
    dam, fair = loaded(book(files, contents, "<dc:publisher>The Averley Post</dc:publisher>", nav))
    assert dam.document.text.split("\n\n") == ["Dam gates", DAM_TEXT, FAIR_TEXT]
    assert fair.document.text.split("\n\n") == ["Fair", FAIR_TEXT]
    assert (dam.document.title, fair.document.title) == ("Gates", "Fair")
    assert fair.document.outlet == "The Averley Post"
    assert [report.made.place for report in (dam, fair) if report.made] == ["article 1", "article 2"]


def test_a_news_periodical_of_calibre() -> None:
    bar = '<div class="calibre_navbar"><a href="b.html">Next</a> | <a href="i.html">Section menu</a></div>'
    end = "<p>This article was downloaded by <b>calibre</b> from <a href='x'>https://averleypost.example/dam</a></p>"
    files = {
        "i.html": "<ul><li><a href='a.html'>Dam gates opened early, an engineer says</a></li>"
        "<li><a href='b.html'>The spring fair at Averley is off, says its chairman</a></li></ul>",
        "a.html": f"{bar}<h2>Dam gates</h2>{DAM}{end}",
        "b.html": f"{bar}<h2>Fair</h2>{FAIR}",
    }
    metadata = (
        "<dc:title>Averley Post [Wed, 12 Mar 2031]</dc:title><dc:creator>calibre</dc:creator><dc:publisher>calibre"
        "</dc:publisher><dc:date>2031-03-12</dc:date>"
        '<meta name="calibre:publication_type" content="periodical:unknown"/>'
    )
    contents = points(News="i.html", Dam="a.html", Fair="b.html")
    dam, fair = loaded(book(files, contents, metadata, nav=False))
    assert dam.document.text.split("\n\n") == ["Dam gates", DAM_TEXT]
    assert (dam.document.outlet, dam.document.author, dam.document.title) == ("Averley Post", None, "Dam")
    assert (dam.document.url, dam.document.published) == ("https://averleypost.example/dam", "2031-03-12")
    assert fair.document.url is None


def test_a_locked_book_is_refused() -> None:
    data = io.BytesIO(book({"a.xhtml": DAM}, ""))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(
            "META-INF/encryption.xml",
            "<encryption><EncryptedData><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/>"
            "</EncryptedData></encryption>",
        )
    (error,) = read(data.getvalue())
    assert str(error) == "post.epub: its text is locked (DRM)"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04", "it is no ZIP archive that can be opened: it may be damaged"),
        (book({}, ""), "it holds no text"),
        (book({"a.xhtml": ""}, ""), "it holds no text"),
        (book({"a.xhtml": "", "b.xhtml": "<p>So.</p>"}, links(One="a.xhtml", Two="b.xhtml")), "it holds no text"),
    ],
)
def test_what_cannot_be_read(data: bytes, reason: str) -> None:
    assert [str(error) for error in read(data)] == [f"post.epub: {reason}"]


def test_names_that_lead_out_of_the_archive_lead_nowhere() -> None:
    files = {"../../../../../etc/passwd": DAM, "a.xhtml": FAIR}
    assert loaded(book(files, ""))[0].document.text.endswith(FAIR_TEXT)


def test_signature() -> None:
    assert is_one(book({"a.xhtml": DAM}, "")[:4096])
    assert not is_one(b"PK\x03\x04word/document.xml")


@given(data=st.data())
@settings(max_examples=50)
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(book({"a.xhtml": DAM, "b.xhtml": FAIR}, links(One="a.xhtml", Two="b.xhtml")))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    assert read(bytes(whole))
