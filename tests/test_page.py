"""The page: the text as it is, every span marked where it is, and nothing that a text could do to it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html import unescape
from html.parser import HTMLParser
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.profile import Profile
from sayso.reading import Reading
from sayso.render.page import fragment, page
from sayso.render.page.balance import balance
from sayso.text import paragraphs
from sayso.types import (
    Entity,
    EntityType,
    Label,
    Place,
    Quantity,
    Span,
    Time,
    TimeType,
    Voice,
    VoiceType,
    Withheld,
)
from tests.readings import marked, quick, readings

_VOID = {"meta", "input"}
_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "script", "section", "header", "article", "aside"),
    *("footer", "div", "h1", "h2", "p", "ol", "li", "a", "span", "bdi", "details", "summary", "svg", "path", "b", "em"),
    *("nav", "label", "input", "output", "button", "dialog", "kbd", "table", "caption", "tbody", "tr", "th", "td"),
    *("g", "circle", "text"),
}
_ATTRIBUTES = {
    *("aria-hidden", "aria-label", "charset", "class", "content", "d", "data-content", "data-cue", "data-n"),
    *("data-source", "data-voice", "dir", "href", "http-equiv", "id", "lang", "name", "preserveaspectratio", "rel"),
    *("role", "tabindex", "title", "viewbox", "data-start", "data-at", "data-spot", "open", "hidden", "scope", "type"),
    *("aria-haspopup", "placeholder", "autocomplete", "spellcheck", "cx", "cy", "r", "x", "y"),
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
        if self._open and self._open[-1][0] in ("style", "script", "title") and not self._in_drawing():
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

    def _in_drawing(self) -> bool:
        return any(tag == "svg" for tag, _ in self._open)

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


@st.composite
def voiced(draw: st.DrawFn) -> Reading:
    """A reading with voices, which are as hostile as its text; its narration is what is in no attribution."""
    reading = draw(readings())
    text = reading.document.text
    words = st.sampled_from(["", "Ilse Tamarind", "<b>", '">', "&amp;", "a b", "\0\ud800", "\u202e\n"])
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda pair: pair[0] < pair[1])
    spans = st.lists(places.map(lambda pair: Span(*pair)), max_size=1).map(tuple) if text else st.just(())
    withheld = st.builds(
        lambda number, of, why: Withheld(number, *(spans[0] if spans else None for spans in (of, why))),
        *(st.none() | st.integers(0, 9), spans, spans),
    )
    types = st.sampled_from(get_args(VoiceType))
    voices = tuple(
        Voice(identity, draw(words), draw(types), draw(spans), (), 0.9, draw(st.none() | withheld))
        for identity in draw(st.lists(st.text("v<\"'&\0 ", max_size=4), max_size=11, unique=True))
    )
    who = st.sampled_from([None, *(voice.id for voice in voices)])
    attributions = tuple(
        replace(
            attribution,
            voice=draw(who),
            voice_score=draw(st.none() | st.floats(0, 1)),
            voice_reason=draw(st.none() | words),
            via=tuple(filter(None, draw(st.lists(who, max_size=2)))),
            hedged=draw(spans),
            negated=draw(spans),
        )
        for attribution in reading.attributions
    )
    taken = {index for a in attributions for start, end in a.source + a.cue + a.content for index in range(start, end)}
    cuts = [index for index in range(len(text) + 1) if (index - 1 in {-1, *taken}) != (index in {*taken, len(text)})]
    narration = tuple(Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=True))
    reading = replace(reading, attributions=attributions, voices=voices, narration=narration)
    return draw(talked_about(reading, words)) if text else reading


@st.composite
def talked_about(draw: st.DrawFn, reading: Reading, words: st.SearchStrategy[str]) -> Reading:
    """`reading` with entities, labels, times, places and quantities, which are as hostile as its text."""
    size = len(reading.document.text)
    places = st.tuples(st.integers(0, size - 1), st.integers(1, 9)).map(lambda at: Span(at[0], min(size, sum(at))))
    whose = st.sampled_from([None, *(a.id for a in reading.attributions)])
    speakers = st.sampled_from([None, *(v.id for v in reading.voices)])
    entities = tuple(
        Entity(f"e{n}", draw(words), draw(st.sampled_from(get_args(EntityType))), (draw(words),), (draw(places),), 0.9)
        for n in range(draw(st.integers(0, 3)))
    )
    named = st.sampled_from([entity.id for entity in entities] or ["e0"])
    label = st.builds(Label, named, speakers, places, places, st.booleans(), st.just(0.8), whose)
    time = st.builds(Time, places, st.sampled_from(get_args(TimeType)), st.none() | words, st.just(0.9), words, whose)
    degrees = st.none() | st.floats(-90, 90)
    place = st.builds(
        Place, places, words, st.floats(0, 1), st.none(), st.none() | words, degrees, degrees, st.none() | words,
        whose, st.none() | words,
    )  # fmt: skip
    number = st.none() | st.floats(-1e300, 1e300)
    quantity = st.builds(
        Quantity, places, number, number, st.booleans(), words, st.none() | words, st.just(0.9), words, whose
    )
    return replace(
        reading,
        entities=entities,
        labels=tuple(draw(st.lists(label, max_size=4))) if entities else (),
        times=tuple(draw(st.lists(time, max_size=3))),
        places=tuple(draw(st.lists(place, max_size=4))),
        quantities=tuple(draw(st.lists(quantity, max_size=3))),
    )


@quick
@given(readings() | voiced())
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
@given(readings() | voiced())
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
    (found,) = reading.attributions
    voices = tuple(Voice(f"{number}{hostile}", hostile, "person", found.source, (), 0.9) for number in (1, 2))
    found = replace(found, voice=voices[0].id, voice_score=0.9, voice_reason=hostile, via=(voices[1].id,))
    reading = replace(reading, attributions=(replace(found, hedged=found.cue, negated=found.cue),), voices=voices)
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
        own = {re.sub(f"^{prefix}", "", name) for name in ids}
        assert own == {"who", "p1", "p2", "a1", "a2", "a3", "t1", "t2", "t3"}
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
    turned = re.findall(r'<p id="p\d" data-start="\d+"( dir="rtl")?>', html)
    assert turned == ["", ' dir="rtl"', ' dir="rtl"']
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


def spoken(notation: str, voices: dict[str, VoiceType], *speakers: str | None, **known: str | None) -> Reading:
    """`notation` as a reading whose attributions are spoken by `speakers`, in order; a voice's id is its name. Whole
    sentences outside of attributions are narration."""
    reading = marked(notation, **known)
    text = reading.document.text
    found = tuple(replace(a, voice=speaker) for a, speaker in zip(reading.attributions, speakers, strict=True))
    roles = [span for a in found for span in a.source + a.cue + a.content]
    sentences = (Span(*match.span()) for match in re.finditer(r"[^.\s][^.]*\.", text))
    narration = tuple(s for s in sentences if not any(s.start < span.end and span.start < s.end for span in roles))
    people = tuple(Voice(name, name, kind, (), (), 0.9) for name, kind in voices.items())
    return replace(reading, attributions=found, voices=people, narration=narration)


def words(html: str) -> str:
    """What a person reads of `html`: blanks where elements or lines end."""
    return " ".join(unescape(re.sub(r"<(?!/?bdi)[^>]*>", " ", html).replace("<bdi>", "").replace("</bdi>", "")).split())


DAM = (
    "Rain fell all night. {who1 Ilse Tamarind} {how1 said} {what1 the dam held}. "
    "{what2 It leaks, {who3 Reyl} {how3 told} {who2 a clerk}{what3 it is old}}, {how2 says the clerk}. "
    "{how4 Reportedly} {what4 nobody slept}. The council meets again today."
)
CAST: dict[str, VoiceType] = {"Ilse Tamarind": "person", "a clerk": "unnamed", "Reyl": "person"}
SPEAKERS = ("Ilse Tamarind", "a clerk", "Reyl", None)


def test_a_reading_that_knows_no_voices_is_shown_without_them() -> None:
    reading = marked(DAM)
    for html in (page(reading), fragment(reading)):
        body = html[html.index("<header") : html.index("</footer>")]
        assert not re.search(r"<svg|<details|speaker|unsourced|data-voice|\b[gos][0-9x]\b", body)
        assert "voiced" not in html[html.index("</style>") : html.index("<header")]
        assert "What carries no tint, the report says in its own voice." in body


def test_contents_and_sources_have_the_colour_of_their_voice() -> None:
    html = page(spoken(DAM, CAST, *SPEAKERS))
    marks = {
        unescape(text): classes.split()
        for classes, text in re.findall(r'<span class="([^"]+)" data.*?>([^<]+)</', html)
    }
    clerk, reyl, ilse = "g1", "g3", "g2"  # by the words that stand on each
    assert marks["the dam held"] == ["content", ilse]
    assert marks["Ilse Tamarind"] == ["source", "s2"]
    assert marks["It leaks, "] == ["content", clerk, "hatched"]
    assert marks["a clerk"] == ["source", "content", clerk, "hatched", "s1", "dashed"]
    assert marks["it is old"] == ["content", "nested", reyl, "o1"]
    assert marks["nobody slept"] == ["content", "gx"]
    assert '<span class="unsourced">Rain fell all night.</span>' in html
    assert '<span class="unsourced">The council meets again today.</span>' in html


def test_the_first_eight_voices_have_a_colour_each_and_the_rest_one_together() -> None:
    count = 11
    text = " ".join(
        f"{{who{n} V{n}}} {{how{n} said}} {{what{n} {'so ' * (count - n)}yes}}." for n in range(1, count + 1)
    )
    names = [f"V{n}" for n in range(1, count + 1)]
    html = page(spoken(text, dict.fromkeys(names, "person"), *names))
    assert re.findall(r'<li class="speaker g(\w+)">', html) == [*"12345678", "0", "0", "0"]
    assert re.findall(r'<a class="number g(\w+)"', html) == [*"12345678", "0", "0", "0"]
    assert "beyond the first 8 voices" in html


def test_the_voices_stand_in_order_of_share_the_unnamed_apart_with_what_the_text_says_of_them() -> None:
    reading = spoken(DAM, CAST | {"Radio Velmoor": "outlet"}, *SPEAKERS)
    text = reading.document.text
    span = {words: Span(text.index(words), text.index(words) + len(words)) for words in ("Rain fell", "The council")}
    ilse, clerk, reyl, radio = reading.voices
    voices = (
        replace(ilse, roles=(span["Rain fell"], span["The council"])),
        replace(clerk, withheld=Withheld(2, span["The council"], span["Rain fell"])),
        *(reyl, radio),
    )
    attributions = (replace(reading.attributions[0], via=("Radio Velmoor",)), *reading.attributions[1:])
    html = page(replace(reading, voices=voices, attributions=attributions))
    panel = html[html.index('<section class="voices"') : html.index("</section>")]
    shown = words(panel)
    for expected in (
        "4 voices Ilse Tamarind",
        "person · 1 attribution · “Rain fell” · “The council” Reyl",
        "person · 1 attribution Radio Velmoor 0% outlet · passes on 1 1 of them without a name a clerk",
        "1 attribution · 2 people · of “The council” · unnamed: “Rain fell” On nobody named no source named",
    ):
        assert expected in shown
    assert re.findall(r'class="pick" href="(#t\d)" data-voice="(\d)"', panel) == [
        *(("#t1", "2"), ("#t3", "3"), ("#t1", "4"), ("#t2", "1"), ("#t4", "0")),
    ]
    assert re.findall(r'class="entry".*? data-voice="([\d ]+)"', html) == ["2 4", "1", "3", "0"]


CHAIN = "you Courier Ilse Tamarind"


@pytest.mark.parametrize(
    ("source", "known", "expected"),
    [
        ("She", {}, f"She said Ilse Tamarind {CHAIN} no ¶1"),
        ("Ilse Tamarind, an engineer", {}, f"Ilse Tamarind, an engineer said Ilse Tamarind {CHAIN} no ¶1"),
        ("ilse  tamarind", {}, f"ilse tamarind said Ilse Tamarind {CHAIN} no ¶1"),
        ("Ilse Tamarinds", {}, f"Ilse Tamarinds said Ilse Tamarind {CHAIN} no ¶1"),
        ("", {}, f"no source named said Ilse Tamarind {CHAIN} no ¶1"),
        (
            *("Ilse Tamarind", {"via": ("Radio Velmoor",)}),
            "said Courier ← Radio Velmoor ← Ilse Tamarind you Courier Radio Velmoor Ilse Tamarind no ¶1",
        ),
        ("She", {"voice": None}, "She said no ¶1"),
        ("She", {"voice_score": 0.83}, f"She said Ilse Tamarind {CHAIN} 83% that it is this voice no ¶1"),
        (
            *("She", {"voice_score": 0.83, "voice_reason": "the only woman"}),
            f"She said Ilse Tamarind {CHAIN} 83% that it is this voice: the only woman no ¶1",
        ),
        ("She", {"stance": "denies"}, "no ¶1 · denies · mixed · 90%"),
        ("She", {"hedged": (Span(0, 3),)}, "no ¶1 · mixed · hedged “One” · 90%"),
        ("She", {"negated": (Span(0, 3), Span(8, 13))}, "no ¶1 · mixed · negated “One … three” · 90%"),
    ],
)
def test_an_entry_says_whose_voice_it_is_and_how_it_came(source: str, known: dict[str, Any], expected: str) -> None:
    who = f"{{who1 {source}}}" if source else ""
    reading = spoken(
        f"One two three {who} {{how1 said}} {{what1 no}}.",
        *({"Ilse Tamarind": "person", "Radio Velmoor": "outlet"}, "Ilse Tamarind"),
        outlet="Courier",
    )
    (found,) = reading.attributions
    html = page(replace(reading, attributions=(replace(found, **known),)))
    assert expected in words(html[html.index('<ol class="entries"') :])


def test_where_the_source_says_the_name_the_reason_is_in_its_title() -> None:
    reading = spoken("{who1 Ilse} {how1 said} {what1 no}.", {"Ilse": "person"}, "Ilse")
    (found,) = reading.attributions
    html = page(replace(reading, attributions=(replace(found, voice_score=0.99, voice_reason='called "Ilse"'),)))
    assert 'title="99% that it is this voice: called &quot;Ilse&quot;">Ilse</span>' in html


def test_a_source_that_gives_the_name_is_not_followed_by_it() -> None:
    named, pronoun = (
        page(spoken(f"{{who1 {source}}} {{how1 said}} {{what1 no}}.", {"Ilse": "person"}, "Ilse"))
        for source in ("Ilse", "She")
    )
    assert '<details class="voice given">' in named
    assert '<details class="voice">' in pronoun


def drawn(html: str) -> list[tuple[str, str, str, float, float]]:
    """The strokes of the strip: the number they belong to (empty for narration), their colour and class, and where."""
    (strip,) = re.findall(r'<svg class="strip".*?</svg>', html, re.DOTALL)
    return [
        (number, colour, kind, float(start), float(end))
        for colour, number, content in [
            ("", "", strip.split("<a ")[0]),
            *re.findall(r'<a class="g(\w+)"[^>]* data-n="(\d+)"[^>]*>(.*?)</a>', strip),
        ]
        for kind, line in re.findall(r'<path class="([^"]+)" d="([^"]*)"', content)
        for start, end in re.findall(r"M([\d.]+) [\d.]+H([\d.]+)", line)
    ]


def test_the_strip_shows_who_speaks_where() -> None:
    reading = spoken(DAM, CAST, *SPEAKERS)
    text = reading.document.text
    strokes = {
        (number, colour, kind, text[round(start * len(text) / 1000) : round(end * len(text) / 1000)])
        for number, colour, kind, start, end in drawn(page(reading))
    }
    assert strokes == {
        ("", "", "own", "Rain fell all night."),
        ("", "", "own", "The council meets again today."),
        ("1", "2", "says", "Ilse Tamarind"),
        ("1", "2", "says", "said"),
        ("1", "2", "in0", "the dam held"),
        ("2", "1", "in0 hatched", "It leaks, Reyl told a clerkit is old"),
        ("2", "1", "says", "says the clerk"),
        ("3", "3", "gap in1", "it is old"),
        ("3", "3", "in1", "it is old"),
        ("4", "x", "says", "Reportedly"),
        ("4", "x", "in0", "nobody slept"),
    }


@quick
@given(voiced())
def test_the_strip_adds_up(reading: Reading) -> None:
    if not reading.voices and not reading.narration:
        return
    text = reading.document.text
    inside = {index for start, end in paragraphs(text) for index in range(start, end)}
    contents = {i for a in reading.attributions for span in a.content for i in range(*span)} & inside
    roles = {i for a in reading.attributions for span in a.source + a.cue for i in range(*span)} & inside
    expected = {"in0": contents, "says": roles - contents, "own": {i for s in reading.unsourced for i in range(*s)}}
    strokes = drawn(page(reading))
    for kind, offsets in expected.items():
        shown = [
            index
            for _, _, classes, start, end in strokes
            if classes.split()[0] == kind
            for index in range(round(start * len(text) / 1000), round(end * len(text) / 1000))
        ]
        assert sorted(shown) == sorted(offsets)


@given(st.lists(st.floats(0, 1), min_size=4, max_size=8).filter(lambda parts: sum(parts) > 0), st.floats(0, 1))
def test_the_balance_adds_up_to_a_hundred(parts: list[float], bare: float) -> None:
    attributing, narration, nobody, *voices = (part / sum(parts) for part in parts)
    shares: dict[str | None, float] = {None: nobody} | {f"v{number}": part for number, part in enumerate(voices)}
    said = balance(Profile(100, shares, {}, {}, attributing, narration, bare * narration))
    assert sum(map(int, re.findall(r"(\d+)%(?! where)", said))) == 100


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            Profile(9, {"v1": 0.3, "v2": 0.24}, {}, {}, 0.08, 0.38, 0.31),
            "54% stand on 2 voices, 8% say who, 38% are in the report’s own voice (31% where no source was found)",
        ),
        (
            Profile(9, {"v1": 0.5, None: 0.2}, {}, {}, 0.1, 0.2, 0.2),
            "50% stand on 1 voice, 20% on nobody named, 10% say who, 20% are in the report’s own voice "
            "(all of it where no source was found)",
        ),
        (Profile(9, {}, {}, {}, 0.0, 1.0, 0.0), "100% are in the report’s own voice"),
    ],
)
def test_the_balance_in_words(profile: Profile, expected: str) -> None:
    assert balance(profile) == f"Of all words, {expected}"


@pytest.mark.parametrize(
    ("notation", "speakers", "expected"),
    [
        (DAM, SPEAKERS, {"hatched", "framed", "nested", "dotted"}),
        ("{who1 Reyl} {how1 said} {what1 no}.", ("Reyl",), set()),
        ("{who1 They} {how1 said} {what1 no}. Rain fell all night.", ("a clerk",), {"hatched", "dotted"}),
    ],
)
def test_the_legend_explains_the_marks_that_are_there(
    notation: str, speakers: tuple[str | None, ...], expected: set[str]
) -> None:
    cast: dict[str, VoiceType] = {name: kind for name, kind in CAST.items() if name in speakers}
    (key,) = re.findall(r'<p class="key">.*?</p>', page(spoken(notation, cast, *speakers)))
    explained = set(re.findall(r'<span class="item"><span class="[^"]*">(\w+)</span>', key))
    assert explained == {"source"} | expected


def test_every_link_on_a_page_with_voices_leads_somewhere() -> None:
    reading = spoken(DAM, CAST | {"Radio Velmoor": "outlet"}, *SPEAKERS)
    attributions = tuple(replace(a, via=("Radio Velmoor",), parent="a2") for a in reading.attributions)
    for html in (page(reading), fragment(replace(reading, attributions=attributions))):
        found = parsed(html)
        assert {href[1:] for href in found.values("href")} <= set(found.values("id"))


def test_a_reading_whose_voices_are_not_there_has_nobody_speak() -> None:
    reading = replace(spoken("{who1 Reyl} {how1 said} {what1 no}. Rain fell.", {"Reyl": "person"}, "Reyl"), voices=())
    assert "On nobody named" in page(reading)
