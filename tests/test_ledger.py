"""The ledger: what a person reads, at any width, whatever the text holds."""

from __future__ import annotations

import dataclasses
import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from sayso.reading import Reading
from sayso.render import ledger
from sayso.render.terminal import visible
from sayso.types import Span, Withheld
from tests.readings import marked, quick, readings, readings_with_voices, with_voices

DAM = """\
{what1 The dam held through the night}, {who1 the Ministry of Waters} {how1 said} on Monday.

{what2 “We opened both gates at four,”} engineer {who2 Ilse Tamarind} {how2 told} the Courier. {what2 “Anybody who \
{how3 says} {what3 otherwise} has not been up here.”}

{how4 It was} the third alarm, {how4 reportedly}. {what4 The council meets.

Nobody knows where.}
"""

CRANE = """\
{what1 The crane on the east quay had been checked twice}, {who1 harbour master Odile Varrin} {how1 said} on Friday.

It fell on two parked vans. {who2 She} {how2 told} Radio Lissar {what2 “nobody was to blame”}.

{who3 A port official, who would lose his post,} {how3 said} {what3 the bolts were old}. The Courier quoted {who4 two \
dockers} {how4 as saying} {what4 they had warned it}. {how5 Reportedly} {what5 it leaned}.

The firm that built it has gone out of business.
"""


def crane() -> Reading:
    """A reading with all that a ledger can show."""
    reading = with_voices(
        marked(CRANE, title="Crane falls", outlet="Velmoor Courier", language="en"),
        ("Odile Varrin", "person", "a1 a2"),
        ("port official", "unnamed", "a3"),
        ("two dockers", "unnamed", "a4"),
        ("Radio Lissar", "outlet", ""),
    )
    varrin, official, dockers, radio = reading.voices
    where = reading.document.text.index
    role, why = Span(where("harbour"), where(" Odile")), Span(where("would"), where(", said the"))
    found = reading.attributions
    return dataclasses.replace(
        reading,
        voices=(
            dataclasses.replace(varrin, roles=(role,)),
            dataclasses.replace(official, withheld=Withheld(1, None, why)),
            dataclasses.replace(dockers, withheld=Withheld(2)),
            radio,
        ),
        attributions=(
            found[0],
            dataclasses.replace(found[1], via=("v4",), stance="asserts"),
            dataclasses.replace(found[2], negated=found[2].cue),
            found[3],
            dataclasses.replace(found[4], hedged=found[4].cue),
        ),
    )


def printed(reading: Reading, width: int = 80, *, terminal: bool = True, no_colour: bool = False) -> str:
    out = io.StringIO()
    variables = {"TERM": "xterm"} | ({"NO_COLOR": "1"} if no_colour else {})
    ledger.render(reading, Console(file=out, width=width, force_terminal=terminal, _environ=variables))
    return out.getvalue()


def without_colour(shown: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", shown)


def test_whole_ledger() -> None:
    reading = marked(DAM, title="Dam held", outlet="Velmoor Courier", published="2024-03-11", language="en")
    assert ledger.plain(reading, 64) == (
        "Dam held\n"
        "Velmoor Courier · 2024-03-11 · en · 4 attributions in 46 words\n"
        "────────────────────────────────────────────────────────────────\n"
        "\n"
        " 1  ¶1  the Ministry of Waters · said                 mixed  90%\n"
        "        The dam held through the night\n"
        "\n"
        " 2  ¶2  Ilse Tamarind · told                          mixed  90%\n"
        "        “We opened both gates at four,” […] “Anybody who says\n"
        "        otherwise has not been up here.”\n"
        "\n"
        " 3  ¶2  — no source named — · says                    mixed  90%\n"
        "        otherwise\n"
        "\n"
        " 4  ¶3  — no source named — · It was … reportedly     mixed  90%\n"
        "        The council meets. ¶ Nobody knows where."
    )


def test_whole_ledger_with_voices() -> None:
    assert ledger.plain(crane(), 72) == (
        "Crane falls\n"
        "Velmoor Courier · en · 5 attributions in 68 words\n"
        "\n"
        "32% of the words stand on 3 voices · 3% stand on nobody named · 31% say\n"
        "who says so · 34% are in the report’s own voice, 24% where no source was\n"
        "found\n"
        "by type: person 21% · unnamed 12% · nobody named 3%\n"
        "by kind: mixed 35%\n"
        " 21%  Odile Varrin · harbour master · person · 2 attributions\n"
        "  6%  port official · unnamed, one person · 1 attribution\n"
        "      “would lose his post”\n"
        "  6%  two dockers · unnamed, 2 people · 1 attribution\n"
        "────────────────────────────────────────────────────────────────────────\n"
        "\n"
        " 1  ¶1  harbour master Odile Varrin · said                    mixed  90%\n"
        "        The crane on the east quay had been checked twice\n"
        "\n"
        " 2  ¶2  She · told → Odile Varrin                   asserts · mixed  90%\n"
        "        Velmoor Courier ← Radio Lissar ← Odile Varrin\n"
        "        “nobody was to blame”\n"
        "\n"
        " 3  ¶3  A port official, who would lose his post, · said\n"
        "                                                    negated · mixed  90%\n"
        "        the bolts were old\n"
        "\n"
        " 4  ¶3  two dockers · as saying                               mixed  90%\n"
        "        they had warned it\n"
        "\n"
        " 5  ¶3  — no source named — · Reportedly             hedged · mixed  90%\n"
        "        it leaned\n"
        "\n"
        "What the report says in its own voice, where no source was found: 2\n"
        "sentences\n"
        "\n"
        "    ¶2  It fell on two parked vans.\n"
        "    ¶4  The firm that built it has gone out of business."
    )


def test_a_reading_of_the_first_version_shows_its_attributions_alone() -> None:
    without = dataclasses.replace(crane(), voices=(), narration=())
    lines = ledger.plain(without, 72).splitlines()
    assert lines[2] == "─" * 72
    assert lines[4] == " 1  ¶1  harbour master Odile Varrin · said                    mixed  90%"
    assert lines[-1] == "        it leaned"
    assert "→" not in "".join(lines)


def test_narration_alone() -> None:
    reading = with_voices(marked("The roof fell in at four. Nobody came.\n\nIt had been a very hard winter."))
    assert ledger.plain(reading, 60).splitlines() == [
        "Untitled report",
        "─" * 60,
        "",
        "No attributions found in 15 words.",
        "",
        "What the report says in its own voice, where no source was",
        "found: 2 sentences",
        "",
        "    ¶1  The roof fell in at four.",
        "    ¶2  It had been a very hard winter.",
    ]


def many(count: int, said: str) -> Reading:
    """Each of `count` voices says `said`."""
    numbers = range(1, count + 1)
    notation = " ".join(f"{{who{n} Voice {n}}} {{how{n} said}} {{what{n} {said}}}." for n in numbers)
    return with_voices(marked(notation), *((f"Voice {n}", "person", f"a{n}") for n in numbers))


@pytest.mark.parametrize(
    ("reading", "listed", "rest"),
    [
        (many(2, "no"), 2, None),
        (many(12, "no"), 12, None),
        (many(15, "no"), 12, "      and 3 more"),
        (many(120, "no"), 0, "      120 voices, none with 1% of the words"),
    ],
)
def test_the_voices_that_say_most(reading: Reading, listed: int, rest: str | None) -> None:
    head = ledger.plain(reading).partition("─")[0].splitlines()
    assert sum("· person · 1 attribution" in line for line in head) == listed
    assert [line for line in head if line.startswith("      ")] == ([rest] if rest else [])


@pytest.mark.parametrize(
    ("source", "voice", "header"),
    [
        ("Odile Varrin", "Odile Varrin", "Odile Varrin · said"),
        ("the Ministry of Waters", "Ministry of Waters", "the Ministry of Waters · said"),
        ("harbour master Odile Varrin, 61,", "Odile Varrin", "harbour master Odile Varrin, 61, · said"),
        ("Varrin’s", "Varrin", "Varrin’s · said"),
        ("She", "Odile Varrin", "She · said → Odile Varrin"),
        ("Varrin", "Odile Varrin", "Varrin · said → Odile Varrin"),
        ("Varrin’s deputy", "Varrin", "Varrin’s deputy · said → Varrin"),
        ("Varrins", "Varrin", "Varrins · said → Varrin"),
        ("He", "\x1b[1mNo", "He · said → ␛[1mNo"),
        ("She", "two\nlines", "She · said → two lines"),
    ],
)
def test_the_voice_is_named_where_the_source_does_not(source: str, voice: str, header: str) -> None:
    reading = with_voices(marked(f"{{who1 {source}}} {{how1 said}} {{what1 so}}"), (voice, "person", "a1"))
    assert f" 1  ¶1  {header}  " in ledger.plain(reading)


@pytest.mark.parametrize(
    ("outlet", "via", "line"),
    [
        (None, (), None),
        ("Courier", (), None),
        ("Courier", ("Courier",), None),  # "told the Courier": the reader holds it in hand
        (None, ("TolPress",), "TolPress ← Reyl"),
        ("Courier", ("TolPress",), "Courier ← TolPress ← Reyl"),
        ("Courier", ("TolPress", "Anna"), "Courier ← TolPress ← Anna ← Reyl"),
        ("Cou\x1brier", ("TolPress",), "Cou␛rier ← TolPress ← Reyl"),
    ],
)
def test_who_stands_between(outlet: str | None, via: tuple[str, ...], line: str | None) -> None:
    reading = with_voices(
        marked("{who1 Reyl} {how1 said} {what1 so}", outlet=outlet),
        ("Reyl", "person", "a1"),
        *((name, "outlet", "") for name in via),
    )
    (found,) = reading.attributions
    found = dataclasses.replace(found, via=tuple(f"v{number}" for number in range(2, 2 + len(via))))
    lines = ledger.plain(dataclasses.replace(reading, attributions=(found,))).splitlines()
    assert [shown.strip() for shown in lines if "←" in shown] == ([line] if line else [])


def test_what_is_long_goes_on_below_and_is_never_cut() -> None:
    reading = marked("{who1 " + "the board of the board " * 9 + "} {how1 said} {what1 " + "no and again no " * 40 + "}")
    lines = ledger.plain(reading, 40).splitlines()
    assert max(map(len, lines)) == 40
    assert " ".join(lines).count("board") == 18
    assert " ".join(lines).count("again") == 40
    assert all(line.startswith("        ") for line in lines[5:])


def test_spans_with_only_white_space_between_are_shown_as_one() -> None:
    reading = marked("{who1 He} {how1 said}: {what1 “One.}\n\n{what1 Two.} {what1 Three.”}")
    assert "“One. ¶ Two. Three.”" in ledger.plain(reading)
    assert "[…]" not in ledger.plain(reading)


def test_what_is_known_or_missing_is_said() -> None:
    reading = marked("{who1 A} {how1 said} {what1 b}. {who2 Reyl} {how2 said} {what2 c}")
    first, second = reading.attributions
    for changed, shown in (
        (dataclasses.replace(second, stance="denies"), "denies · mixed  90%"),
        (dataclasses.replace(second, parent="a1"), "inside 1 · mixed  90%"),
        (dataclasses.replace(second, hedged=second.cue), "hedged · mixed  90%"),
        (dataclasses.replace(second, stance="holds", negated=second.cue), "holds · negated · mixed  90%"),
        (dataclasses.replace(second, cue=()), "Reyl · — no cue —"),
        (dataclasses.replace(second, content=()), "        — no content —"),
        (dataclasses.replace(second, content=(Span(1, 2),)), "        — no content —"),
    ):
        assert shown in ledger.plain(Reading(reading.document, "test_v0", (first, changed)))


@pytest.mark.parametrize(
    ("score", "shown"), [(0.0, "0%"), (0.294, "29%"), (0.994, "99%"), (0.9999, "99%"), (1.0, "100%")]
)
def test_only_certainty_is_a_hundred_percent(score: float, shown: str) -> None:
    reading = marked("{who1 A} {how1 said} {what1 b}")
    (found,) = reading.attributions
    reading = Reading(reading.document, "test_v0", (dataclasses.replace(found, score=score),))
    assert f" {shown}\n" in ledger.plain(reading)


def test_no_attributions() -> None:
    assert ledger.plain(marked("It rained."), 30).splitlines() == [
        "Untitled report",
        "─" * 30,
        "",
        "No attributions found in 2",
        "words.",
    ]


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31m", "␦31m"),
        ("a\x08b", "a␈b"),
        ("a\x7f\x00", "a␡␀"),
        ("\u202eevil\u202c", "␦evil␦"),
        ("\u2066a\u2069", "␦a␦"),
        ("half \ud83d", "half \ufffd"),
        ("[bold]no[/bold] [link=x]", "[bold]no[/bold] [link=x]"),
        (":smile:", ":smile:"),
        ("عبد \u200fالرحمن", "عبد \u200fالرحمن"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("10\u00a0km", "10\u00a0km"),
    ],
)
@pytest.mark.parametrize("place", ["title", "source", "content"])
def test_hostile_text_is_shown_and_not_obeyed(hostile: str, shown: str, place: str) -> None:
    if place == "title":
        reading = marked("{who1 A} {how1 said} {what1 b}", title=hostile)
    else:
        role = {"source": "who1", "content": "what1"}[place]
        reading = marked(f"{{{role} {hostile}}} {{how1 said}} so")
    assert shown in ledger.plain(reading)
    assert shown in without_colour(printed(reading))


def test_colour_only_where_there_is_colour() -> None:
    reading = marked(DAM)
    assert "\x1b[1;36mthe Ministry of Waters\x1b[0m" in printed(reading)
    assert not re.search(r"\x1b\[[\d;]*3\d", printed(reading, no_colour=True))
    assert "\x1b" not in printed(reading, terminal=False)


def test_str_of_a_reading_is_its_ledger() -> None:
    assert str(marked(DAM)) == ledger.plain(marked(DAM))


def test_notes_too_long_for_their_line_take_another() -> None:
    reading = marked("{who1 A} {how1 said} {what1 b}. {who2 Reyl} {how2 said} {what2 c}")
    first, second = reading.attributions
    second = dataclasses.replace(second, stance="questions", kind="indirect", parent="a1")
    shown = ledger.plain(Reading(reading.document, "test_v0", (first, second)), 30)
    assert shown.splitlines()[-4:] == [
        " 2  ¶1  Reyl · said",
        "inside 1 · questions ·".rjust(30),
        "indirect  90%".rjust(30),
        "        c",
    ]


@quick
@given(reading=readings() | readings_with_voices(), width=st.integers(30, 200))
def test_any_reading_fits_any_width(reading: Reading, width: int) -> None:
    shown = ledger.plain(reading, width)
    assert max(map(cell_len, shown.split("\n"))) <= min(width, ledger.MEASURE)
    kinds = set(map(unicodedata.category, shown.replace("\n", "")))
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not re.search("[\u202a-\u202e\u2066-\u206f]", shown)
    assert not any(line != line.rstrip(" ") for line in shown.split("\n"))


@quick
@given(reading=readings() | readings_with_voices())
def test_colour_changes_nothing_but_colour(reading: Reading) -> None:
    assert without_colour(printed(reading, 72)) == ledger.plain(reading, 72) + "\n"


@quick
@given(reading=readings() | readings_with_voices())
def test_every_word_of_a_content_is_there_and_of_what_stands_on_nobody(reading: Reading) -> None:
    shown = "".join(ledger.plain(reading, 60).split())
    contents = [span for attribution in reading.attributions for span in attribution.content]
    for start, end in (*contents, *(reading.unsourced if reading.narration else ())):
        for word in reading.document.text[start:end].split():
            assert visible(word) in shown
