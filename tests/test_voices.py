"""Who is speaking, by the engine with its real weights: short reports about invented people and places."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.engine import Engine
from sayso.reading import Reading
from sayso.types import Document, Span, Spans, Voice
from tests.marks import where
from tests.readings import marked
from tests.texts import texts

slow = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def said(reading: Reading) -> list[tuple[str, str | None]]:
    """For every attribution the words of its source, without what follows upon a comma, and its voice's name."""
    names = {voice.id: voice.name for voice in reading.voices}
    return [(reading.words(a.source).split(",")[0], names.get(a.voice or "")) for a in reading.attributions]


def through(reading: Reading) -> list[tuple[str | None, list[str]]]:
    """For every attribution its voice's name and the names of those it came through."""
    names = {voice.id: voice.name for voice in reading.voices}
    return [(names.get(a.voice or ""), [names[v] for v in a.via]) for a in reading.attributions]


def called(reading: Reading, name: str) -> Voice:
    """The one voice of this name."""
    (voice,) = (voice for voice in reading.voices if voice.name == name)
    return voice


TAMARIND, CASTELLANE = "Ilse Tamarind", "Orin Castellane"


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        # An office that speaks, then a general, then the office again: one person.
        (
            "Vessport’s harbour minister says the pier will open.\n\nGeneral Orin Castellane told officers of the "
            "fleet on Sunday that it was safe. He added that nobody had been hurt.\n\n“We are ready,” the Vessport "
            "harbour minister said.",
            [
                ("Vessport’s harbour minister", CASTELLANE),
                ("General Orin Castellane", CASTELLANE),
                ("He", CASTELLANE),
                ("the Vessport harbour minister", CASTELLANE),
            ],
        ),
        # A rival has an office of her own, and stays apart.
        (
            "Vessport’s harbour minister says the pier will open.\n\nOpposition leader Ilse Tamarind told reporters "
            "that it was not safe.\n\n“We are ready,” the Vessport harbour minister said.",
            [
                ("Vessport’s harbour minister", "Vessport’s harbour minister"),
                ("Opposition leader Ilse Tamarind", TAMARIND),
                ("the Vessport harbour minister", "Vessport’s harbour minister"),
            ],
        ),
        # An outlet is taken up again by what it is.
        (
            "The Vessport Courier reported on Friday that the pier would close.\n\nRain fell all week.\n\n"
            "The newspaper said that a vote was planned.",
            [
                ("The Vessport Courier", "Vessport Courier"),
                ("The newspaper", "Vessport Courier"),
            ],
        ),
        # Nobody is "it".
        (
            "Orin Castellane spoke for the Harbour Board on Monday. It said that the pier was safe.",
            [("It", "Harbour Board")],
        ),
        # Plain police are those that the report calls by more.
        (
            "Vessport police said on Monday that the pier was closed. Two boats were lost. Police said the search "
            "went on.",
            [("Vessport police", "Vessport police"), ("Police", "Vessport police")],
        ),
        # Pronouns and surnames.
        (
            "Ilse Tamarind, the harbour master of Vessport, said on Monday that the crane was safe. “We tested it "
            "twice,” she said. Tamarind added that no one had been hurt.",
            [(TAMARIND, TAMARIND), ("she", TAMARIND), ("Tamarind", TAMARIND)],
        ),
        (
            "Orin Castellane told reporters that the bridge would reopen in June. He said the work had cost 4 million "
            "crowns.\n\n“It was worth every crown,” he added.",
            [(CASTELLANE, CASTELLANE), ("He", CASTELLANE), ("he", CASTELLANE)],
        ),
        (
            "“The roof leaked for years,” said Colm Brodeck, a teacher.\n\n“Nobody listened,” Brodeck added.",
            [("Colm Brodeck", "Colm Brodeck"), ("Brodeck", "Colm Brodeck")],
        ),
        (
            "The Ministry of Works denied that the crane had failed. The ministry said it had been inspected in May. "
            "It said a report would follow.",
            [
                ("The Ministry of Works", "Ministry of Works"),
                ("The ministry", "Ministry of Works"),
                ("It", "Ministry of Works"),
            ],
        ),
        (
            "Northgate Ferries said it would appeal. Northgate's chief executive, Dana Fel, said the fine was unfair. "
            "“We did nothing wrong,” she said.",
            [
                ("Northgate Ferries", "Northgate Ferries"),
                ("Northgate's chief executive", "Dana Fel"),
                ("she", "Dana Fel"),
            ],
        ),
        (
            "The report said the crane had been overloaded. It said the crew had not been trained.",
            [("The report", "report"), ("It", "report")],
        ),
        # The full name may come later.
        (
            "Mr. Castellane, 52, said he was tired. Orin Castellane has led the council since 2019.",
            [("Mr. Castellane", CASTELLANE)],
        ),
        # Two people with one surname.
        (
            "Anya Brodeck said the school was safe. Colm Brodeck, a teacher, disagreed and said the roof leaked. Anya "
            "Brodeck said the roof had been mended.",
            [("Anya Brodeck", "Anya Brodeck"), ("Colm Brodeck", "Colm Brodeck"), ("Anya Brodeck", "Anya Brodeck")],
        ),
        # Two at once, and what is short for a body's name.
        (
            "Anya Brodeck and Orin Castellane said the school was safe. The two said the roof had been mended.",
            [
                ("Anya Brodeck and Orin Castellane", "Anya Brodeck & Orin Castellane"),
                ("The two", "Anya Brodeck & Orin Castellane"),
            ],
        ),
        (
            "The Vessport Elections Commission said the vote was safe. The commission said a report would follow.",
            [
                ("The Vessport Elections Commission", "Vessport Elections Commission"),
                ("The commission", "Vessport Elections Commission"),
            ],
        ),
        # Titles and offices.
        (
            "Transport Minister Havel Ormond said the ferry had been inspected in May. The minister said a second "
            "inspection would follow.",
            [("Transport Minister Havel Ormond", "Havel Ormond"), ("The minister", "Havel Ormond")],
        ),
        (
            "Orin Castellane, the council leader, said the bridge would reopen in June. Jorun Haldane, the mayor, said "
            "it would not. The mayor said the steel was late. The council leader said it was not.",
            [
                (CASTELLANE, CASTELLANE),
                ("Jorun Haldane", "Jorun Haldane"),
                ("The mayor", "Jorun Haldane"),
                ("The council leader", CASTELLANE),
            ],
        ),
        (
            "Police chief Robert Danner said three people had been arrested. The police chief said more arrests would "
            "follow.",
            [("Police chief Robert Danner", "Robert Danner"), ("The police chief", "Robert Danner")],
        ),
        # The same description, later given to a person.
        (
            "The Lyth harbour minister said on Tuesday that the port would close.\n\nAmal Ode, the Lyth harbour "
            "minister, said the closure would last a week.",
            [("The Lyth harbour minister", "Amal Ode"), ("Amal Ode", "Amal Ode")],
        ),
        (
            "Vessport's mayor warned on Monday that the river would rise.\n\n“We have two days,” said Jorun Haldane, "
            "Vessport's mayor.",
            [("Vessport's mayor", "Jorun Haldane"), ("Jorun Haldane", "Jorun Haldane")],
        ),
        # Several who speak as one.
        (
            "Dana Fel and Rurik Moss said they would vote against the plan.",
            [("Dana Fel and Rurik Moss", "Dana Fel & Rurik Moss")],
        ),
        (
            "Both Dana Fel and Rurik Moss denied the claim. Fel said she had been abroad.",
            [("Both Dana Fel and Rurik Moss", "Dana Fel & Rurik Moss"), ("Fel", "Dana Fel")],
        ),
        # First person: the writer's, outside quotations only.
        (
            "I asked the warden whether the gate was locked. I think that the gate was never locked.",
            [("I", "the author"), ("I", "the author")],
        ),
        (
            "Bettina Groll, a baker in Oststrand, said her son had seen the fire. “I thought it was the school,” she "
            "said. “We ran.” I asked whether she had called for help.",
            [("Bettina Groll", "Bettina Groll"), ("she", "Bettina Groll"), ("I", "the author")],
        ),
        # Those without a name.
        (
            "Two officials at the Vessport Port Authority said the crane had failed before. An official at the "
            "Ministry of Works said the crane was new.",
            [
                ("Two officials at the Vessport Port Authority", "Two officials at the Vessport Port Authority"),
                ("An official at the Ministry of Works", "official at the Ministry of Works"),
            ],
        ),
        (
            "A police spokesman in Lyth said the road was closed. The spokesman said it would open at noon.",
            [
                ("A police spokesman in Lyth", "police spokesman in Lyth"),
                ("The spokesman", "police spokesman in Lyth"),
            ],
        ),
        (
            "Vessport police said two men had been arrested. They said a third was being sought.",
            [("Vessport police", "Vessport police"), ("They", "Vessport police")],
        ),
        (
            "“It is over,” Rurik Moss said. His lawyer said he would appeal.",
            [("Rurik Moss", "Rurik Moss"), ("His lawyer", "Moss's lawyer")],
        ),
    ],
)
def test_who_is_speaking(engine: Engine, report: str, expected: list[tuple[str, str | None]]) -> None:
    assert said(engine.read(report)) == expected


@pytest.mark.parametrize(
    ("report", "name", "sort"),
    [
        ("Ilse Tamarind said the crane was safe.", TAMARIND, "person"),
        ("The Ministry of Works denied that the crane had failed.", "Ministry of Works", "organisation"),
        ("The bridge will reopen in June, as reported by the Harbour News Agency.", "Harbour News Agency", "outlet"),
        ("The report said the crane had been overloaded.", "report", "document"),
        (
            "An official at the Ministry of Works said the crane was new.",
            "official at the Ministry of Works",
            "unnamed",
        ),
        ("Residents said the road was closed.", "Residents", "group"),
        ("I think that the gate was never locked.", "the author", "author"),
    ],
)
def test_types(engine: Engine, report: str, name: str, sort: str) -> None:
    assert called(engine.read(report), name).type == sort


def test_a_voice_has_its_roles_and_mentions(engine: Engine) -> None:
    reading = engine.read(
        "Ilse Tamarind, the harbour master of Vessport, said on Monday that the crane was safe. “We tested it twice,” "
        "she said. Tamarind added that no one had been hurt."
    )
    voice = called(reading, TAMARIND)
    text = reading.document.text
    assert [text[a:b] for a, b in voice.roles] == ["harbour master of Vessport"]
    assert [text[a:b] for a, b in voice.mentions] == ["Ilse Tamarind", "she", "Tamarind"]
    assert voice.withheld is None


def test_voices_come_in_the_order_in_which_they_first_speak(engine: Engine) -> None:
    reading = engine.read("Rurik Moss told Radio Lyth that it fell. Dana Fel said it stood. Moss said it fell.")
    assert [voice.name for voice in reading.voices] == ["Rurik Moss", "Dana Fel", "Radio Lyth"]
    assert [voice.id for voice in reading.voices] == ["v1", "v2", "v3"]


def test_every_link_has_a_score_and_a_reason(engine: Engine) -> None:
    reading = engine.read("Ilse Tamarind said the crane was safe. “We tested it twice,” she said. Tamarind left.")
    for attribution in reading.attributions:
        assert attribution.voice_score is not None
        assert 0 < attribution.voice_score <= 1
        assert attribution.voice_reason
    assert "“she”" in (reading.attributions[1].voice_reason or "")


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is to be known of a voice without a name."""

    number: int | None
    affiliation: str | None
    why: str | None


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (
            "A senior official at the Ministry of Works, speaking on condition of anonymity, said the contract was "
            "signed in March.",
            Hidden(1, "Ministry of Works", "speaking on condition of anonymity"),
        ),
        (
            "A diplomat in Lyth, speaking on condition of anonymity, said the talks had failed.",
            Hidden(1, "Lyth", "speaking on condition of anonymity"),
        ),
        (
            "“The talks have failed,” said a diplomat who asked not to be named because the talks were secret.",
            Hidden(1, None, "who asked not to be named because the talks were secret"),
        ),
        ("Three aides to the mayor said he would resign.", Hidden(3, None, None)),
        ("An official in Beringrad who asked drivers to wait said the road was open.", Hidden(1, "Beringrad", None)),
        ("Six prosecutors said the case would go to court.", Hidden(6, None, None)),
        ("Officials said the road was open.", Hidden(None, None, None)),
    ],
)
def test_what_is_said_of_those_who_are_not_named(engine: Engine, report: str, expected: Hidden) -> None:
    reading = engine.read(report)
    found = reading.voices[0].withheld
    assert reading.voices[0].type == "unnamed"
    assert found is not None
    shown = [None if span is None else reading.document.text[slice(*span)] for span in (found.affiliation, found.why)]
    assert Hidden(found.number, *shown) == expected


def test_a_reason_ends_where_its_clause_does(engine: Engine) -> None:
    reading = engine.read(
        "Two officials, speaking on condition of anonymity because they were not allowed to brief the press, said the "
        "crane had failed before."
    )
    found = reading.voices[0].withheld
    assert found is not None
    assert found.why is not None
    assert reading.document.text[slice(*found.why)].endswith("brief the press")


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (
            "Orin Castellane told the Vessport Courier that the bridge was closed.",
            [(CASTELLANE, ["Vessport Courier"])],
        ),
        ("Ilse Tamarind told Radio Lyth that the crane was safe.", [(TAMARIND, ["Radio Lyth"])]),
        (
            "Ilse Tamarind said in an interview with the Vessport Courier that the crane was safe.",
            [(TAMARIND, ["Vessport Courier"])],
        ),
        ("Ilse Tamarind wrote on Twitter that the crane was safe.", [(TAMARIND, ["Twitter"])]),
        (
            "Orin Castellane said on Monday that the bridge would reopen in June, as reported by the Vessport Courier.",
            [(CASTELLANE, ["Vessport Courier"]), ("Vessport Courier", [])],
        ),
        ("The bridge will reopen in June, as reported by the Harbour News Agency.", [("Harbour News Agency", [])]),
        (
            "“We will appeal,” Dana Fel told Radio Lyth. Rurik Moss told the Vessport Courier that he would not.",
            [("Dana Fel", ["Radio Lyth"]), ("Rurik Moss", ["Vessport Courier"])],
        ),
        ("Orin Castellane told reporters that the bridge was closed.", [(CASTELLANE, [])]),
        ("Orin Castellane told AFP and Reuters that the bridge was closed.", [(CASTELLANE, ["AFP & Reuters"])]),
        (
            "Orin Castellane told Dana Fel of the Vessport Courier that the bridge was closed.",
            [(CASTELLANE, ["Vessport Courier", "Dana Fel"])],
        ),
        (
            "Through his lawyer, Orin Castellane denied that he had closed the bridge.",
            [(CASTELLANE, ["Castellane's lawyer"])],
        ),
        (
            "Orin Castellane was quoted by the Vessport Courier as saying that the bridge was closed.",
            [(CASTELLANE, ["Vessport Courier"])],
        ),
        (
            "Lyth’s state-run Lythpress news agency quoted Orin Castellane as saying that the bridge was closed.",
            [("Lythpress", []), (CASTELLANE, ["Lythpress"])],
        ),
        (
            "“My mother told me that the river would rise,” said Bettina Groll, a baker in Oststrand.",
            [("Bettina Groll", []), ("Groll's mother", ["Bettina Groll"])],
        ),
        (
            "“The warden told me that the gate was locked,” Dana Fel said. “I went home.”",
            [("Dana Fel", []), ("warden", ["Dana Fel"])],
        ),
        (
            "Ilse Tamarind said: “The harbour board told us in May that the crane was sound.”",
            [(TAMARIND, []), ("harbour board", [TAMARIND])],
        ),
    ],
)
def test_through_whom(engine: Engine, report: str, expected: list[tuple[str, list[str]]]) -> None:
    assert through(engine.read(report)) == expected


def test_a_statement_in_a_statement_has_a_parent(engine: Engine) -> None:
    reading = engine.read("“The warden told me that the gate was locked,” Dana Fel said. “I went home.”")
    outer, inner = reading.attributions
    assert (outer.parent, inner.parent) == (None, outer.id)
    assert inner.via == (outer.voice,)


def test_the_chain_goes_from_the_outlet_to_the_voice(engine: Engine) -> None:
    text = "Orin Castellane told the Vessport Courier that the bridge was closed."
    reading = engine.read(Document("sha256:0", text, outlet="Harbour Wire"))
    assert reading.chain(reading.attributions[0]) == ("Harbour Wire", "Vessport Courier", CASTELLANE)


@pytest.mark.parametrize("report", ["", "The crane fell at four. Nobody was hurt. The harbour stayed closed."])
def test_where_nobody_speaks_there_are_no_voices(engine: Engine, report: str) -> None:
    reading = engine.read(report)
    assert (reading.attributions, reading.voices) == ((), ())


GIVEN = marked(
    "{who1 Ilse Tamarind} {how1 said} {what1 the crane was safe}. {what2 “We tested it,”} {who2 she} {how2 added}."
)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_given_attributions_keep_their_order_and_their_spans(engine: Engine, order: tuple[int, ...]) -> None:
    given = [GIVEN.attributions[i] for i in order]
    reading = engine.read_given(GIVEN.document, given)
    assert [(a.source, a.cue, a.content) for a in reading.attributions] == [(a.source, a.cue, a.content) for a in given]
    assert [a.id for a in reading.attributions] == ["a1", "a2"]
    assert [a.kind for a in reading.attributions] == [["indirect", "direct"][i] for i in order]
    assert [voice.name for voice in reading.voices] == [TAMARIND]
    assert {a.voice for a in reading.attributions} == {"v1"}


def test_given_attributions_may_lack_source_or_cue(engine: Engine) -> None:
    text = "Ilse Tamarind: the crane is safe. Reportedly it fell."
    speaker = where(text, TAMARIND)
    bare = [_Given(speaker, (), where(text, "the crane is safe")), _Given((), where(text, "Reportedly"), ())]
    reading = engine.read_given(text, bare)
    assert said(reading)[0][1] == TAMARIND
    assert [a.source for a in reading.attributions] == [speaker, ()]


def test_given_nothing_nothing_is_found(engine: Engine) -> None:
    assert engine.read_given("Ilse Tamarind said the crane was safe.", []).attributions == ()


def test_a_given_attribution_needs_a_cue_or_a_content(engine: Engine) -> None:
    with pytest.raises(ValueError, match="needs a cue or a content"):
        engine.read_given("Ilse Tamarind said so.", [_Given((Span(0, 13),), (), ())])


@dataclass(frozen=True, slots=True)
class _Given:
    source: Spans
    cue: Spans
    content: Spans


def holds_together(reading: Reading) -> None:
    """What is true of the voices of any reading."""
    size = len(reading.document.text)
    voices = {voice.id: voice for voice in reading.voices}
    ids = {a.id for a in reading.attributions}
    assert len(voices) == len(reading.voices)
    spoken = {v for a in reading.attributions for v in (a.voice, *a.via)}
    assert set(voices) <= spoken
    for voice in reading.voices:
        assert voice.name.strip()
        assert 0 <= voice.score <= 1
        assert (voice.withheld is not None) == (voice.type == "unnamed")
        for spans in (voice.roles, voice.mentions):
            assert all(0 <= start < end <= size for start, end in spans)
            assert list(spans) == sorted(spans)
    for attribution in reading.attributions:
        assert attribution.voice is None or attribution.voice in voices
        assert (attribution.voice is None) == (attribution.voice_score is None)
        assert set(attribution.via) <= set(voices)
        assert attribution.voice not in attribution.via
        assert len(set(attribution.via)) == len(attribution.via)
        assert attribution.parent in ids - {attribution.id} | {None}
        if attribution.voice is not None:
            assert reading.chain(attribution)[-1] == voices[attribution.voice].name
        for span in attribution.hedged + attribution.negated:
            assert 0 <= span.start < span.end <= size
    assert Reading.from_dict(reading.to_dict()) == reading


@slow
@given(text=texts)
def test_any_text_is_read(engine: Engine, text: str) -> None:
    holds_together(engine.read(text))


_SENTENCES = [
    "Ilse Tamarind said the crane was safe. ",
    "Mr Tamarind denied it. ",
    "“I saw it,” she said. ",
    "“The warden told me that the gate was locked,” Dana Fel told Radio Lyth. ",
    "The Vessport Courier quoted an official as saying that it fell, as reported by the Harbour News Agency. ",
    "They said so. ",
    "His lawyer, who asked not to be named, said he would appeal.\n\n",
    "According to the report, both Dana Fel and the Harbour Board knew. ",
    "I asked whether it was true. ",
    "TAMARIND SAYS CRANE IS SAFE\n\n",
    "It was reportedly locked. ",
    "‘We’ were told nothing, we said: “He said: ‘No.’” ",
]


@slow
@given(sentences=st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=8))
def test_any_report_is_read(engine: Engine, sentences: list[str]) -> None:
    holds_together(engine.read("".join(sentences)))


@slow
@given(seed=st.integers(0, 10**6))
def test_any_attributions_may_be_given(engine: Engine, seed: int) -> None:
    rng = random.Random(seed)
    text = "".join(rng.choices(_SENTENCES, k=4))

    def some() -> Spans:
        start = rng.randrange(len(text) - 1)
        return (Span(start, min(len(text), start + rng.randrange(1, 40))),) * rng.choice([0, 1, 1])

    given = [g for g in (_Given(some(), some(), some()) for _ in range(6)) if g.cue or g.content]
    reading = engine.read_given(text, given)
    assert [(a.source, a.cue, a.content) for a in reading.attributions] == [(g.source, g.cue, g.content) for g in given]
    holds_together(reading)
