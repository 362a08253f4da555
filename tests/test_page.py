"""The page: the text as it is, every span marked where it is, and nothing that a text could do to it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest
from hypothesis import given

from sayso.reading import Reading
from sayso.render.page import fragment, page
from sayso.text import paragraphs
from tests.readings import marked, quick, readings

_VOID = {"meta"}
_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "script", "section", "header", "article", "aside"),
    *("footer", "div", "h1", "h2", "p", "ol", "li", "a", "span", "bdi"),
}
_ATTRIBUTES = {
    *("aria-label", "charset", "class", "content", "data-content", "data-cue", "data-n", "data-source", "dir", "href"),
    *("http-equiv", "id", "lang", "name", "rel", "role"),
}


@dataclass
class Parsed(HTMLParser):
    """What a browser would find: the elements, and the characters of each paragraph with the marks on them."""

    paragraphs: list[list[tuple[str, frozenset[tuple[str, int]]]]] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: Counter[str] = field(default_factory=Counter)
    _open: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append((tag, dict(attrs)))
        if self._in_text() and tag == "p":
            self.paragraphs.append([])

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] in ("style", "script", "title"):
            self.texts[self._open[-1][0]] += 1
        if self._in_text() and any(tag == "p" for tag, _ in self._open):
            marks = frozenset(
                (role, int(number))
                for _, attributes in self._open
                for role in ("source", "cue", "content")
                for number in (attributes.get(f"data-{role}") or "").split()
            )
            self.paragraphs[-1].extend((character, marks) for character in data)

    def close(self) -> None:
        super().close()
        assert not self._open

    def _in_text(self) -> bool:
        return any(attributes.get("class") == "text" for _, attributes in self._open)

    def values(self, name: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(name)) is not None]


def parsed(document: str) -> Parsed:
    parser = Parsed()
    parser.feed(document)
    parser.close()
    return parser


def held_by_html(text: str) -> str:
    return re.sub("[\0\ud800-\udfff]", "\ufffd", text)


@quick
@given(readings())
def test_the_paragraphs_are_the_texts_and_every_span_is_marked_where_it_stands(reading: Reading) -> None:
    text = reading.document.text
    for html in (page(reading), fragment(reading)):
        shown = parsed(html).paragraphs
        offsets = paragraphs(text)
        assert len(shown) == len(offsets)
        for (start, end), characters in zip(offsets, shown, strict=True):
            assert "".join(character for character, _ in characters) == held_by_html(text[start:end])
            for index, (_, marks) in enumerate(characters, start):
                assert marks == {
                    (role, number)
                    for number, attribution in enumerate(reading.attributions, 1)
                    for role in ("source", "cue", "content")
                    if any(a <= index < b for a, b in getattr(attribution, role))
                }


@quick
@given(readings())
def test_no_text_breaks_out(reading: Reading) -> None:
    whole, part = parsed(page(reading)), parsed(fragment(reading))
    for html in (whole, part):
        assert {tag for tag, _ in html.elements} <= _TAGS
        assert {name for _, attributes in html.elements for name in attributes} <= _ATTRIBUTES
        assert max(Counter(html.values("id")).values(), default=1) == 1
        assert all(href.startswith(("#", "http://", "https://")) for href in html.values("href"))
    assert (whole.texts["script"], whole.texts["style"], whole.texts["title"]) == (1, 1, 1)
    assert (part.texts["script"], part.texts["style"]) == (0, 1)
    page(reading).encode()


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "</p></article></main><img src=x onerror=alert(1)>",
        "\"><svg onload='alert(1)'>",
        "<!-- ",
        "]]> <![CDATA[",
        "&lt;b&gt; &amp;amp; &#0; &nbsp",
        "</title></style></script>",
        "line\rline\0 half \ud800",
        "\u202ereversed\u202c",
    ],
)
def test_hostile_words_are_only_words(hostile: str) -> None:
    known = dict.fromkeys(("title", "outlet", "published", "url", "language"), hostile)
    reading = marked(f"{{who1 A{hostile}b}} {{how1 {hostile}}} x{hostile}y {{what1 {hostile}}}.", **known)
    reading = replace(reading, model=hostile, document=replace(reading.document, id=hostile))
    test_no_text_breaks_out.hypothesis.inner_test(reading)  # type: ignore[attr-defined]
    shown = "".join(character for paragraph in parsed(page(reading)).paragraphs for character, _ in paragraph)
    assert shown == held_by_html("".join(reading.document.text[a:b] for a, b in paragraphs(reading.document.text)))


def test_the_page_loads_nothing_and_lets_only_its_own_script_run() -> None:
    html = page(marked("{who1 A} {how1 said} {what1 b}"))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (inline,) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert not re.search(r"url\(|@import|src=|<link|https?:", html)


def test_entries_and_places_link_to_each_other() -> None:
    reading = marked(
        "{what1 {who2 They} {how2 said} {what2 no}}, {how1 according to} {who1 her}.\n\n{how3 Reportedly}."
    )
    for html, prefix in ((page(reading), ""), (fragment(reading), r"s[0-9a-f]{8}-")):
        found = parsed(html)
        ids = set(found.values("id"))
        assert {href[1:] for href in found.values("href")} <= ids
        assert {re.sub(f"^{prefix}", "", name) for name in ids} == {"p1", "p2", "a1", "a2", "a3", "t1", "t2", "t3"}
    assert fragment(reading).count("<p id=") == 2
    assert re.search(r'data-content="1" data-source="2"|data-source="2" data-content="1"', page(reading))
    assert 'data-content="1 2"' in page(reading)  # outer before inner: the script lights the last
    assert 'class="content nested"' in page(reading)


def test_an_entry_says_who_how_what_and_where() -> None:
    reading = marked("One.\n\n{who1 The board} {how1 denied} that {what1 it <burst>}. {what2 No {how2 said} more}.")
    first, second = reading.attributions
    first = replace(first, stance="denies", kind="indirect", score=0.826)
    html = page(replace(reading, attributions=(first, replace(second, parent="a1"))))
    entry = re.sub(r"<[^>]+>", "", re.findall(r"<li.*?</li>", html, re.DOTALL)[0])
    assert entry.split("\n")[1:5] == ["1", "The board denied", "it &lt;burst&gt;", "¶2 · denies · indirect · 83%"]
    assert "no source named" in html
    assert 'inside <a href="#a1">1</a>' in html


def test_head() -> None:
    html = page(
        marked("Rain.", title="A & B", outlet="Courier", published="2024-03-11", language="ga", url="http://a.b/?c&d")
    )
    assert "<title>A &amp; B · Sayso</title>" in html
    assert '<article class="text" lang="ga"' in html
    assert '<html lang="en"' in html
    assert '<a href="http://a.b/?c&amp;d" rel="noopener noreferrer nofollow">' in html
    assert "No attributions found" in html


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "data:text/html,x", "//a.example", "http://["],
)
def test_only_addresses_of_the_web_can_be_clicked(url: str) -> None:
    assert "<a href" not in page(marked("Rain.", url=url))


def test_an_address_cannot_leave_its_attribute() -> None:
    assert parsed(page(marked("Rain.", url='https://a.example/"onclick=x'))).values("onclick") == []


def test_paragraphs_run_the_way_their_letters_do() -> None:
    html = page(marked("{who1 Reyl} {how1 said} {what1 no}.\n\n“{who2 عبد} {how2 قال} {what2 لا}.\n\n12 عبد"))
    assert '<p id="p1"><span' in html
    assert '<p id="p2" dir="rtl">' in html
    assert '<p id="p3" dir="rtl">' in html
    assert '<p class="who" dir="rtl">' in html


def test_the_list_quotes_the_beginning_of_a_long_content() -> None:
    html = page(marked("{who1 A} {how1 said} {what1 " + "word " * 100 + "}"))
    assert '<p class="what">' + "word " * 55 + "word …</p>" in html


def test_the_page_grows_as_its_text_does() -> None:
    def size(sentences: int) -> int:
        text = " ".join(f"{{what{n} It broke}}, {{who{n} Reyl}} {{how{n} said}}.\n\n" for n in range(1, sentences + 1))
        return len(page(marked(text)))

    assert size(800) - size(400) < 2.2 * (size(400) - size(200))


def test_a_notebook_shows_the_fragment_and_the_style_stays_in_it() -> None:
    reading = marked("{who1 A} {how1 said} {what1 b}")
    html = reading._repr_html_()
    assert html == fragment(reading)
    (style,) = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    rules = re.sub(r"/\*.*?\*/|@[^{]+\{", "", style, flags=re.DOTALL)
    for selectors in re.findall(r"([^{}]+)\{", rules):
        assert all(selector.strip().startswith(".sayso") for selector in selectors.split(","))
