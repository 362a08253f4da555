"""HTML pages as documents: the report without what stands around it, whatever is in the page."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake.charset import decoded, known
from sayso.intake.html import is_one, reports
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.trees import html_tree, lines

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Dam gates opened early, says engineer | The Averley Post</title>
<meta property="og:site_name" content="The Averley Post">
<meta property="og:title" content="Dam gates opened early, says engineer">
<meta name="author" content="Nadia Ferrow">
<meta property="article:published_time" content="2031-03-12T18:30:00+02:00">
<link rel="canonical" href="https://averleypost.example/2031/03/12/dam">
<script>var x="He said nothing";</script><style>p{}</style></head>
<body><div id="cookie-banner" class="cookie-consent">
<p>We value your privacy. We and our 843 partners store cookies on your device. Accept all</p>
<button>Accept all</button></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a>
</li></ul></nav></header>
<main><article><h1>Dam gates opened early, says engineer</h1><p class="byline">By <a href="/a">Nadia Ferrow</a>
</p><time datetime="2031-03-12T18:30:00+02:00">12 March 2031</time>
<p>The gates of the Orrin dam were opened two hours before the alarm, an engineer told the inquiry in Averley
on Wednesday.</p>
<p>“We were told to open them and to say nothing,” said Tomas Ellery, on duty that night. The water
company denies&nbsp;it.</p>
<figure><img src="x.jpg"><figcaption>The dam on Tuesday. Photograph: J. Orne</figcaption></figure>
<h2>“No order was given”</h2>
<p>A spokeswoman for Orrin Water, Petra Holm, said <em>no order</em> had been given.<br>She declined to publish
the log.</p>
<aside class="related"><h3>Related stories</h3><ul><li><a href="/1">Ten things to know about dams</a></li><li>
<a href="/2">Quiz: how well do you know Averley?</a></li></ul></aside>
<blockquote><p>The log is the property of the company and will be shown to the inquiry.</p></blockquote>
<ul><li>The first gate was opened at 01:10.</li><li>The second, she said, at 01:25.</li></ul>
<table><tr><th>Gate</th><th>Opened</th></tr><tr><td>North</td><td>01:10</td></tr></table>
<p>The inquiry continues on Thursday, when the mayor, Ines Corrado, is to give evidence about who was warned
and when.</p>
<div class="newsletter-signup"><p>Sign up to our newsletter to get the best of the Post every morning.</p></div>
</article>
<section id="comments"><h3>Comments (2)</h3><div class="comment">
<p>User99: I always said that the dam was a disgrace and the mayor knew.</p></div></section></main>
<footer><p>© 2031 The Averley Post. All rights reserved.</p><a href="/terms">Terms</a></footer></body></html>
"""
TEXT = """Dam gates opened early, says engineer
The gates of the Orrin dam were opened two hours before the alarm, an engineer told the inquiry in Averley on Wednesday.
“We were told to open them and to say nothing,” said Tomas Ellery, on duty that night. The water company denies it.
“No order was given”
A spokeswoman for Orrin Water, Petra Holm, said no order had been given.
She declined to publish the log.
The log is the property of the company and will be shown to the inquiry.
The first gate was opened at 01:10.
The second, she said, at 01:25.
Gate\tOpened
North\t01:10
The inquiry continues on Thursday, when the mayor, Ines Corrado, is to give evidence about who was warned and when."""
REPORT = "<p>The gates of the dam were opened two hours before the alarm, an engineer told an inquiry on Wednesday.</p>"


def read(page: str | bytes, known: Metadata | None = None, charset: str | None = None) -> Loaded:
    data = page.encode() if isinstance(page, str) else page
    (report,) = reports(Original("page.html", io.BytesIO(data), "page.html"), known or Metadata(), charset)
    if isinstance(report, UnreadableSource):
        raise report
    return report


def test_the_report_without_what_stands_around_it() -> None:
    report = read(PAGE)
    assert report.document.text == TEXT.replace("\n", "\n\n")
    assert report.notes == ()
    assert report.made is not None
    assert report.made.extractor == "trafilatura"


def test_what_the_page_says_of_itself() -> None:
    document = read(PAGE).document
    assert document.title == "Dam gates opened early, says engineer"
    assert (document.outlet, document.author) == ("The Averley Post", "Nadia Ferrow")
    assert document.published == "2031-03-12T18:30:00+02:00"
    assert document.url == "https://averleypost.example/2031/03/12/dam"


def test_what_the_user_knows_goes_before_what_the_page_says() -> None:
    document = read(PAGE, Metadata(outlet="Ridge Voice", published="2031-03-14")).document
    assert (document.outlet, document.published, document.author) == ("Ridge Voice", "2031-03-14", "Nadia Ferrow")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2031-03-12T06:00:00Z">', "2031-03-12T06:00:00+00:00"),
        ('<meta name="DC.date.issued" content="2031-03-12">', "2031-03-12"),
        ('<meta itemprop="datePublished" content="2031-03-12T06:00:00+01:00">', "2031-03-12T06:00:00+01:00"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle",'
            ' "datePublished": "2031-03-12T06:00:00+02:00", "dateModified": "2031-03-15"}]}</script>',
            "2031-03-12T06:00:00+02:00",
        ),
        ('<script type="application/ld+json">{"datePublished": </script>', None),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", None),
        ('<meta property="article:published_time" content="three hours ago">', None),
        ("", None),
    ],
)
def test_when_it_was_published(head: str, published: str | None) -> None:
    page = f"<html><head><title>Dam</title>{head}</head><body><article>{REPORT * 3}</article></body></html>"
    assert read(page).document.published == published


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0042)https://averleypost.example/2031/03/12/dam -->",
        "<!--\n Page saved with SingleFile \n url: https://averleypost.example/2031/03/12/dam \n-->",
    ],
)
def test_a_saved_page_keeps_its_address(comment: str) -> None:
    page = f"<!DOCTYPE html>\n{comment}\n<html><body><article>{REPORT * 3}</article></body></html>"
    assert read(page).document.url == "https://averleypost.example/2031/03/12/dam"


def test_a_page_in_which_nothing_looks_like_a_report_is_read_whole() -> None:
    report = read("<html><body><b>He said so.</b></body></html>")
    assert report.document.text == "He said so."


@pytest.mark.parametrize(
    "page",
    ["", "<html></html>", "<script>alert('He said so')</script>", "<html><body> \n\xa0</body></html>", "<!---->"],
)
def test_a_page_that_says_nothing(page: str) -> None:
    with pytest.raises(UnreadableSource):
        read(page)


WORDS = "<p>“Ça alors”, the café’s owner said – she was not amused.</p>"


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        (WORDS.encode(), None),
        (WORDS.encode(), "utf-8"),
        (WORDS.encode("cp1252"), None),
        (WORDS.encode("cp1252"), "iso-8859-1"),
        (b'<meta charset="windows-1252">' + WORDS.encode("cp1252"), None),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">' + WORDS.encode("cp1252"), None),
        (b'<meta charset="iso-8859-1">' + WORDS.encode(), "utf-8"),
        (b'<meta charset="utf-16">' + WORDS.encode(), None),
        (b"\xef\xbb\xbf" + WORDS.encode(), "iso-8859-1"),
        (WORDS.encode("utf-16"), None),
        (WORDS.encode(), "zlib_codec"),
        (WORDS.encode(), "no-such-thing"),
    ],
)
def test_encodings(data: bytes, charset: str | None) -> None:
    text, _ = decoded(data, "page.html", charset)
    assert lines(html_tree(text, "page.html")) == ["“Ça alors”, the café’s owner said – she was not amused."]


def test_bytes_that_fit_no_encoding_are_said() -> None:
    _, notes = decoded(b'<meta charset="utf-8">' + WORDS.encode() * 20 + b"\xff", "page.html")
    assert notes == ("page.html: 1 places in it are not UTF-8; they became \ufffd",)


@pytest.mark.parametrize("label", ["zlib", "rot13", "idna", "punycode", "unicode_escape", "base64", "", "\0"])
def test_what_is_no_encoding_of_texts(label: str) -> None:
    assert known(label) is None


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>One <b>bold</b>\n  word</p><p>Two</p>", ["One bold word", "Two"]),
        ("One<br>Two<br/><br/>Three", ["One", "Two", "Three"]),
        ("<ul><li>One<li>Two</ul>after", ["One", "Two", "after"]),
        ("<table><tr><th>A<th>B<tr><td>1<td><td>3</table>", ["A\tB", "1\t3"]),
        ("<table><tr><td><p>One</p><p>Two</p></td></tr></table>", ["One", "Two"]),
        ("<pre>One\n  Two</pre>Three\nfour", ["One", "Two", "Three four"]),
        ("a<script>b</script>c<style>d</style><template>e</template>f", ["acf"]),
        ('<div style="display:none">no</div><span hidden>no</span>yes', ["yes"]),
        ("soft\xadhyphen, zero\u200bwidth, no\xa0break", ["softhyphen, zerowidth, no break"]),
        ("&lt;p&gt; &amp; &#8217; &nbsp; &bogus;", ["<p> & ’ &bogus;"]),
        ("a\tb\x00c\x0bd", ["a b c d"]),
    ],
)
def test_what_a_reader_sees(page: str, shown: list[str]) -> None:
    assert lines(html_tree(f"<html><body>{page}</body></html>", "page.html")) == shown


@pytest.mark.parametrize("nested", ["<div>", "<b>", "<table><tr><td>", "<blockquote><ul><li>"])
def test_what_is_nested_too_deep_is_refused(nested: str) -> None:
    assert read(f"<html><body>{nested * 400}{REPORT}").document.text
    with pytest.raises(UnreadableSource, match="its elements are nested too deep"):
        read(f"<html><body>{nested * 100_000}{REPORT}")


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="it has more than 300000 elements"):
        read("<html><body>" + "<i>a</i>" * 700_000)


@pytest.mark.parametrize("page", ["<b>word</b> " * 20_000, "<br>word" * 100_000, "<table>" + "<tr><td>a<td>b" * 20_000])
def test_a_page_that_is_too_broad_for_the_extractor_is_read_whole(page: str) -> None:
    report = read(f"<html><body>{page}")
    assert report.notes == ("page.html: no report stands out in it; all its words were taken",)


def test_entities_and_addresses_are_left_alone() -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<html><body><article>{REPORT * 3}<p>&b; &x;</p></article></body></html>"
    )
    text = read(page).document.text
    assert "aaaaaaaaaa" not in text.replace("<!ENTITY", "")[100:]
    assert "root:" not in text


_TAGS = (
    "<p> </p> <div> </div> <table> <tr> <td> <br> <article> <!-- --> <![CDATA[ <script> </script> <title> &#x0; &amp < "
    "<html> <meta/name=date/content= <a/href=x>"
)
_PIECES = st.lists(st.sampled_from(_TAGS.split(" ")) | st.text(max_size=30), max_size=40)


@given(pieces=_PIECES)
@settings(max_examples=60)
def test_any_page_is_read_or_refused(pieces: list[str]) -> None:
    page = "".join(pieces).encode("utf-8", "surrogatepass")
    (report,) = reports(Original("page.html", io.BytesIO(page)), Metadata())
    assert isinstance(report, Loaded | UnreadableSource)


@given(data=st.binary(max_size=300), charset=st.none() | st.text(max_size=10))
@settings(max_examples=60)
def test_any_bytes_are_read_or_refused(data: bytes, charset: str | None) -> None:
    (report,) = reports(Original("page.html", io.BytesIO(b"<html>" + data)), Metadata(), charset)
    assert isinstance(report, Loaded | UnreadableSource)


@pytest.mark.parametrize(
    ("head", "one"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"\n <!-- x --><html lang=en>", True),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', True),
        (b"\xef\xbb\xbf<html>", True),
        (b'<?xml version="1.0"?><rss>', False),
        (b"He said <html> was dead.", False),
        (b"<htmlx>", False),
    ],
)
def test_signature(head: bytes, one: bool) -> None:
    assert is_one(head) is one
