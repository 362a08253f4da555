"""Places on the map: in each example a place name stands in [brackets], and behind it what it must be: the code of its
country, "CC:Name" or "–" where it must stay unlocated. The places are real, what happens in them is not."""

from __future__ import annotations

import time

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from sayso.grounding.places import Toponym, places
from sayso.grounding.places.gazetteer import gazetteer
from sayso.grounding.places.keys import key
from sayso.types import Place

_MARK = regex.compile(r"\[([^\]|]+)(?:\|([^\]]*))?\]")


def read(marked: str) -> tuple[str, list[Toponym], list[str]]:
    """The text of an example, its place names and what each must be."""
    text, names, wanted, at = "", [], [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        names.append(Toponym(len(text), len(text) + len(match[1])))
        text += match[1]
        wanted.append(match[2] or "")
        at = match.end()
    return text + marked[at:], names, wanted


def found(marked: str) -> list[Place]:
    text, names, _ = read(marked)
    return places(text, names, metonymy=False)


@pytest.mark.parametrize(
    "example",
    [
        # the larger place beside it
        "A bakery in [Paris|US], [Texas|US], burned down on Monday. The mayor of [Paris|US] thanked the firefighters.",
        "The bakers of [Paris|FR] will march on Monday, and those of [Lyon|FR] on Tuesday.",
        "A ferry sank off [Tripoli|LB] in northern [Lebanon|LB].",
        "A ferry sank off [Tripoli|LY] on Sunday, the [Libyan|LY] coast guard said.",
        "The mill at [Springfield|US], [Ill.|US:Illinois], was sold. [Springfield|US] had hoped to keep it.",
        "The mill in [Columbia|US], [SC|US:South Carolina], was sold.",
        "Twelve looms were shipped to Syria’s eastern province of [Deir al-Zour|SY].",
        "The Iraqi town of [Samarra|IQ] has a new bridge.",
        # what else the report names
        "The governor of [Georgia|US] spoke in [Atlanta|US] after storms in [Savannah|US] and [Alabama|US].",
        "The president of [Georgia|GE] flew from [Tbilisi|GE] to [Yerevan|AM].",
        "The [Hyderabad|PK] court sent him to [Karachi|PK], and lawyers in [Sindh|PK] protested.",
        "The [Hyderabad|IN] court sent him to [Mumbai|IN], and lawyers in [Telangana|IN] protested.",
        "Miners in [Newcastle|AU], north of [Sydney|AU], went home.",
        "Two looms were stolen in [Newcastle|GB], and one in [Sunderland|GB].",
        "Fishermen from [Lagos|PT] and [Faro|PT] blocked the road to [Lisbon|PT].",
        "The bus left [Lagos|NG] for [Kano|NG] at dawn.",
        "Prices in [Valencia|VE], [Maracaibo|VE] and [Caracas|VE] doubled.",
        "The [Valencia|ES] floods reached [Alicante|ES].",
        "Choirs from [Lebanon|LB], [Syria|SY], [Iraq|IQ] and [Yemen|YE] sang.",
        # spellings
        "Families left [al-Hawl|SY] for [Mosul|IQ], and others [Al-Hol|SY] for [Raqqa|SY].",
        "Teachers in [Nineveh|IQ], [Anbar|IQ], [Ninewa|IQ] and [Baghdad|IQ] went unpaid.",
        "A lorry went from [Kiev|UA] to [Odessa|UA] and on to [Kharkov|UA].",
        "[St. Louis|US] and [Saint Paul|US] in the [United States|US] bid for the fair.",
        "[Hodeidah|YE], [Sana'a|YE] and [Ta’izz|YE] have no diesel.",
        "The [U.S.|US], the [UK|GB], [Burma|MM] and the [Ivory Coast|CI] signed; [Holland|NL] did not.",
        "[ANBAR PROVINCE|IQ:Al Anbar]: the [Province of Diyala|IQ] sent looms.",
        # what no gazetteer has
        "Rockets landed near Iraq’s [Ain al-Asad|–] air base.",
        "They camped on the [Upper Lissar River|–] in [Iraq|IQ].",
        "The choir of [Ildemar Regis|–] sang in [London|GB].",
        "A barge sank in [Grantville|–], [Montana|US].",
    ],
)
def test_a_place_is_where_the_report_says(example: str) -> None:
    text, names, wanted = read(example)
    for place, name, want in zip(places(text, names, metonymy=False), names, wanted, strict=True):
        country, _, own = want.partition(":")
        words = text[name.start : name.end]
        if want == "–":
            assert place.lat is None, (words, place)
            assert place.name == words
        else:
            assert place.country == country, (words, place)
            assert place.lat is not None
            assert not own or place.name == own
        assert place.reason


@pytest.mark.parametrize(
    ("example", "reason"),
    [
        ("Looms burned in [Samarra], Iraq.", "the report puts it in Iraq"),
        ("Looms burned in [Baquba]. The Iraqi cabinet met.", "Iraq is named in the report"),
        ("Looms burned in [Ildemar Regis].", "no gazetteer has it"),
        ("Looms burned in [Springfield].", "the report does not tell which"),
        ("Looms burned by the [Lissar River].", "a river, base or other place"),
    ],
)
def test_a_reason_can_be_checked(example: str, reason: str) -> None:
    assert reason in (found(example)[0].reason or "")


def test_one_name_is_one_place_but_where_the_text_says_otherwise() -> None:
    example = "[Springfield], Missouri, beat [Springfield], Illinois. Then it rained in [Missouri] and in [Illinois]."
    missouri, illinois, *_ = found(example)
    assert (missouri.lat, illinois.lat) == (pytest.approx(37.2, abs=0.2), pytest.approx(39.8, abs=0.2))
    first, second = found("The looms of [Paris], Texas, are old. [Paris] sells them.")
    assert (first.lat, first.lon) == (second.lat, second.lon)


def test_where_the_outlet_is_at_home_counts() -> None:
    text, names, _ = read("The council of [Cambridge] will mend the weir.")
    there = places(text, names, "NZ")[0]
    assert (there.country, there.reason) == (
        "NZ",
        "one of 19 places of that name; the outlet is at home in New Zealand",
    )
    assert [p.country for p in places(text, names)] != ["NZ"]


def test_a_government_keeps_its_country_but_has_no_place() -> None:
    text, names, _ = read("[Oslo] rejects the claim. The [Pentagon] said nothing. It rained in [Oslo].")
    oslo, pentagon, rained = places(text, names)
    assert (oslo.country, oslo.lat, oslo.lon) == ("NO", None, None)
    assert "government" in (oslo.reason or "")
    assert (pentagon.country, pentagon.lat) == ("US", None)
    assert rained.lat == pytest.approx(59.9, abs=0.2)
    assert places(text, names, metonymy=False)[0].lat == rained.lat


def test_what_no_gazetteer_has_keeps_the_country_that_the_text_gives() -> None:
    base, again = found("Rockets landed in Iraq’s [Ain al-Asad] air base. Then [Ain al-Asad] was quiet.")
    assert (base.country, base.lat) == (again.country, again.lat) == ("IQ", None)


def test_a_surer_place_has_the_higher_score() -> None:
    told = found("Looms burned in [Springfield], Illinois.")[0]
    bare = found("Looms burned in [Springfield].")[0]
    assert told.score > 0.9 > 0.5 > bare.score


def test_ten_thousand_places_are_read_at_once() -> None:
    entries = map(gazetteer().entry, range(0, len(gazetteer()), len(gazetteer()) // 10_000))
    text, names = "", []
    for entry in entries:
        names.append(Toponym(len(text), len(text) + len(entry.name)))
        text += f"{entry.name}, "
    gazetteer().find(key("Paris"))
    start = time.process_time()
    assert len(places(text, names)) == len(names) >= 10_000
    assert time.process_time() - start < 15  # 2.5 s on an idle core
    again = "Paris, " * 10_000
    assert len({p.lat for p in places(again, [Toponym(i * 7, i * 7 + 5) for i in range(10_000)])}) == 1


@given(st.text(st.characters(codec="utf-8"), max_size=80), st.data())
def test_any_text_can_be_read(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    names = [Toponym(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    for place, name in zip(places(text, names), names, strict=True):
        assert place.span == tuple(name)
        assert 0 <= place.score <= 1
        assert (place.lat is None) == (place.lon is None)
        assert place.lat is None or (-90 <= place.lat <= 90 and -180 <= (place.lon or 0) <= 180)


_PIECES = st.sampled_from(
    [
        "[Paris]",
        "[Texas]",
        "[Georgia]",
        "[Iraq]",
        "[al-Hawl]",
        "[St. Louis]",
        "[Washington]",
        " in ",
        ", ",
        " and ",
        " said",
        "’s ",
        " (",
        "the city of ",
        " between ",
        "talks with ",
        ". ",
        "\n",
        " River",
        "northern ",
        "Iraqi ",
    ]
)


@given(st.lists(_PIECES, max_size=25))
def test_the_same_text_has_the_same_places(pieces: list[str]) -> None:
    text, names, _ = read("".join(pieces))
    first = places(text, names)
    assert first == places(text, names)
    assert [tuple(p.span) for p in first] == [tuple(n) for n in names]
