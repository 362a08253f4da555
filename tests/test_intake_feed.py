"""Feeds as documents: what an entry holds, where its page is, what is broken or hostile."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake import feed
from sayso.intake.loaded import Loaded, Made, Metadata, Original

NOTHING = Metadata()
WORDS = "The dam above Orvel will hold, the mayor said on Friday. " * 12
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Wire &amp; Post</title><link>https://hw.example/</link>
<item><title>Dam “will hold”</title><link>https://hw.example/dam</link><pubDate>Fri, 07 Mar 2031 08:00:00 GMT</pubDate>
<dc:creator>Nerys Hadoun</dc:creator><description>The mayor speaks.</description>
<content:encoded><![CDATA[<p>{WORDS}</p><p>&ldquo;Nobody here sleeps,&rdquo; a baker&nbsp;said.</p>
<script>x()</script>]]></content:encoded></item>
<item><title>Army &lt;i&gt;denies&lt;/i&gt;</title><link>/army</link><source url="x">Evening Klaxon</source>
<description>&lt;p&gt;The army denied it.&lt;/p&gt;</description></item>
<item><title>Trick</title><link>javascript:alert(1)</link><description/></item>
</channel></rss>""".encode()
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Radio &lt;b>Lissar&lt;/b></title>
<entry><title>Council</title><link href="https://rl.example/1"/><updated>2031-03-07T08:00:00Z</updated>
<author><name>Piet Oyelarran</name><email>piet@rl.example</email></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It blamed the army.</p><p>It wept.</p></div>
</content>
</entry></feed>"""
RDF = b"""<?xml version="1.0"?><!-- made by hand --><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/"><channel><title>Old Wire</title></channel>
<item><title>Dam</title><link>https://ow.example/1</link><description>It holds.</description></item></rdf:RDF>"""


def original(data: bytes) -> Original:
    return Original("news.rss", io.BytesIO(data), "news.rss", "https://hw.example/feed.xml")


def read(data: bytes) -> list[Loaded | UnreadableSource]:
    return list(feed.reports(original(data), NOTHING))


def documents(data: bytes) -> list[Loaded]:
    found = read(data)
    assert not [str(item) for item in found if isinstance(item, UnreadableSource)]
    return [item for item in found if isinstance(item, Loaded)]


def test_an_entry_that_carries_its_text_is_a_report() -> None:
    item = documents(RSS)[0]
    document = item.document
    assert document.text == f"{WORDS.strip()}\n\n“Nobody here sleeps,” a baker said."
    assert (document.title, document.outlet, document.author) == (
        "Dam “will hold”",
        "Harbour Wire & Post",
        "Nerys Hadoun",
    )
    assert (document.published, document.url) == ("2031-03-07T08:00:00+00:00", "https://hw.example/dam")
    assert item.notes == ()
    assert isinstance(item.made, Made)
    assert (item.made.extractor, item.made.place) == ("feedparser", "entry 1")


def test_an_entry_that_does_not_is_its_title_and_summary() -> None:
    item = documents(RSS)[1]
    assert item.document.text == "Army denies\n\nThe army denied it."
    assert (item.document.title, item.document.outlet) == ("Army denies", "Evening Klaxon")
    assert item.document.url == "https://hw.example/army"
    assert item.notes == (
        "news.rss: of some entries the feed holds only title and summary; --follow reads their pages",
    )


@pytest.mark.parametrize(
    ("data", "outlet", "author", "published", "text"),
    [
        (
            ATOM,
            "Radio Lissar",
            "Piet Oyelarran",
            "2031-03-07T08:00:00+00:00",
            "Council\n\nIt blamed the army.\n\nIt wept.",
        ),
        (RDF, "Old Wire", None, None, "Dam\n\nIt holds."),
    ],
)
def test_atom_and_rdf(data: bytes, outlet: str, author: str | None, published: str | None, text: str) -> None:
    (item,) = documents(data)
    document = item.document
    assert (document.outlet, document.author, document.published, document.text) == (outlet, author, published, text)


def test_entries_say_where_their_pages_are() -> None:
    assert [entry.link for entry in feed.entries(original(RSS))] == [
        "https://hw.example/dam", "https://hw.example/army", None
    ]  # fmt: skip
    assert feed.entries(original(ATOM))[0].title == "Council"
    with pytest.raises(UnreadableSource, match="it is no feed"):
        feed.entries(original(b"The dam"))


def test_what_the_user_says_goes_first() -> None:
    (item,) = feed.reports(original(ATOM), Metadata(outlet="Wire", published="2031-03-08"))
    assert isinstance(item, Loaded)
    assert (item.document.outlet, item.document.published) == ("Wire", "2031-03-08")


@pytest.mark.parametrize(
    "data",
    [
        RSS.replace(b"</item>", b"", 1),
        RSS[:-60],
        RSS.replace(b"The mayor speaks.", b"Bread & salt &nbsp; & more < less"),
        RSS.replace(b'encoding="utf-8"', b""),
        RSS.decode().replace('encoding="utf-8"', 'encoding="windows-1252"').encode("cp1252"),
        b"\xef\xbb\xbf\n" + RSS,
        b"\n" + RSS,
    ],
)
def test_feeds_with_faults_are_read(data: bytes) -> None:
    item = read(data)[0]
    assert isinstance(item, Loaded)
    assert item.document.title == "Dam “will hold”"
    assert item.document.text.startswith("The dam above Orvel")


def test_entities_are_not_unfolded_and_nothing_is_fetched() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    data = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "aaaaaaaaaa">{bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<rss><channel><item><title>Dam &x; holds</title><description>&a19;</description></item></channel></rss>"
    )
    (item,) = read(data.encode())
    assert isinstance(item, Loaded)
    assert item.document.text == "Dam holds"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"The dam will hold.",
        b"<html><body>A page on <rss></body></html>",
        b"<rss></rss>",
        b"<rss",
        b"\x00\xff" * 50,
    ],
)
def test_what_is_no_feed_is_one_error(data: bytes) -> None:
    (error,) = read(data)
    assert isinstance(error, UnreadableSource)
    assert error.source == "news.rss"


@pytest.mark.parametrize(
    "data",
    [
        b"<rss><channel>" + b"<item>" * 20_000,
        b"<rss>" + b"<a>" * 50_000,
        b"<rss>" + b"<![CDATA[" * 50_000,
        b"<rss><channel><item><description>" + b"&lt;" * 50_000,
        b"<rss><channel><item><description>" + b"&lt;a " * 50_000,
        b"<rss " + b"a='b' " * 50_000,
        b"<?xml " + b"<!-- -->" * 20_000,
        b"<!-- -->" * 20_000 + b"<rss",
        b"<rss>" + b"<a/>" * 300_001,
    ],
)
def test_hostile_feeds_take_no_time_that_grows_with_their_square(data: bytes) -> None:
    for item in read(data):
        assert isinstance(item, UnreadableSource) or item.document.text.strip()


def test_a_feed_that_is_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MAX_FEED", 1000)
    (error,) = read(RSS)
    assert str(error) == "news.rss: it is larger than 0 MB"


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_mutated_feeds_never_crash(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([RSS, ATOM, RDF])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    for item in read(bytes(whole)):
        assert isinstance(item, UnreadableSource) or item.document.text.strip()
