"""What everybody is called: tables of sentences with their names and phrases marked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.grounding.labels.loaded import probability
from tests.ground import ground

FRONT = "[organisation|Marish Relief Front]"


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        # Before the name: a description, or known adjectives.
        (f"{{organisation|the Shiite militia {FRONT}}} left.", ("Shiite militia", "militia")),
        (f"{{organisation|the brutal {FRONT}}} left.", ("brutal Marish Relief Front", "Marish Relief Front")),
        (f"{{other|Lyth’s anti-terror}} {FRONT} left.", ("anti-terror Marish Relief Front", "Marish Relief Front")),
        (f"{{organisation|the so-called {FRONT}}} left.", ("so-called Marish Relief Front", "Marish Relief Front")),
        ("{person|harbour master [person|Odile Varrin]} left.", ("harbour master", "master")),
        ("{person|the ruthless [person|Odile Varrin]} left.", ("ruthless Odile Varrin", "Odile Varrin")),
        ("{other|the besieged [place|Vessport]} slept.", ("besieged Vessport", "Vessport")),
        ("{other|the northern port} of [place|Vessport] slept.", ("northern port", "port")),
        # Behind the name.
        ("{organisation|the [organisation|Khadrin] movement} left.", ("Khadrin movement", "movement")),
        (f"The {FRONT}, {{organisation|an armed group}}, left.", ("armed group", "group")),
        (
            f"The {FRONT} – {{organisation|the insurgent group}} that holds the hills – left.",
            ("insurgent group", "group"),
        ),
        (f"The {FRONT} is {{organisation|a terrorist organisation}}.", ("terrorist organisation", "organisation")),
        ("[person|Odile Varrin] was {person|a hero}.", ("hero", "hero")),
        (f"The {FRONT}, {{other|the people’s}} {{organisation|army}}, left.", ("people’s army", "army")),
        ("The [organisation|M.R.F]., {organisation|the insurgent group}, left.", ("insurgent group", "group")),
        # In front of it, in apposition.
        (f"{{organisation|The warlord’s mob}}, {{organisation|the {FRONT}}}, left.", ("mob", "mob")),
    ],
)
def test_labels(notation: str, expected: tuple[str, str]) -> None:
    made = ground(notation)
    assert [label[1:] for label in made.labels()] == [expected]


@pytest.mark.parametrize(
    "notation",
    [
        f"{{other|rumours}} reached {FRONT}.",
        f"{FRONT} {{people|commanders}} left.",
        f"{{organisation|a {FRONT} company}} left.",
        f"It warned the {FRONT}, {{organisation|the group}} said.",
        f"The {FRONT} is not {{organisation|a terrorist organisation}}.",
        f"{{person|The leader}} of the {FRONT} is {{organisation|a criminal group}}.",
        f"{FRONT} and {{organisation|a criminal gang}} left.",
        f"{FRONT} left. {{organisation|A criminal gang}} came.",
        "{person|Mr [person|Varrin]} left.",
        f"{{organisation|The army}} attacked the {FRONT}.",
        "In [place|Vessport], {organisation|the armed group}, with others, slept.",
        "{other|winning [place|Vessport]} was hard.",
        "In Nice, [place|Vessport] and beyond.",
        "{other|the [organisation|Lythpost] website} failed.",
        "{organisation|the [people|Communist] government} fell.",
        # Called so by somebody whose words it does not give.
        f"He branded the {FRONT} {{organisation|a criminal gang}}.",
    ],
)
def test_what_is_no_label(notation: str) -> None:
    assert ground(notation).labels() == []


def test_what_somebody_is_branded_is_a_label_in_what_the_branding_voice_says() -> None:
    notation = f"Varrin branded the {FRONT} “{{organisation|a gang}} of hired killers”."
    made = ground(notation, ("the Marish Relief Front “a gang of hired killers”", "v1"))
    label = made.label("gang of hired killers")
    assert (label.voice, label.attribution, label.loaded, made.words(label.head)) == ("v1", "a1", True, "gang")


def test_each_voice_and_the_report_itself() -> None:
    made = ground(
        f"{{organisation|The brutal {FRONT}}} left. Fel said {{organisation|the heroic {FRONT}}} would be back.",
        ("the heroic Marish Relief Front would be back", "v1"),
    )
    brutal, heroic = (made.label(f"{word} Marish Relief Front") for word in ("brutal", "heroic"))
    assert (brutal.voice, brutal.attribution, brutal.loaded) == (None, None, True)
    assert (heroic.voice, heroic.attribution, heroic.loaded) == ("v1", "a1", True)
    assert brutal.entity == heroic.entity


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        # The only one who was called so before.
        (
            f"{{organisation|The armed group {FRONT}}} met the [organisation|Hill Party]. "
            "{organisation|The armed group} left.",
            "Marish Relief Front",
        ),
        # The only body that the sentence names.
        (f"Fel spoke for the {FRONT} and {{organisation|the group}} left.", "Marish Relief Front"),
        # Two that may be meant.
        (f"The {FRONT} met the [organisation|Khadrin], and {{organisation|the group}} left.", None),
        (
            f"{{organisation|The armed group {FRONT}}} met {{organisation|the armed group [organisation|Khadrin]}}. "
            "{organisation|The armed group} left.",
            None,
        ),
        # A ministry, an outlet are no group; and an army is somebody else.
        ("The [organisation|Works Ministry] said {organisation|the group} left.", None),
        ("The [organisation|Vessport Times] said {organisation|the group} left.", None),
        (f"Fel spoke for the {FRONT}, and {{organisation|the army}} left.", None),
        (f"Fel spoke for the {FRONT}, and {{organisation|a group}} left.", None),
    ],
)
def test_whom_a_description_means(notation: str, expected: str | None) -> None:
    made = ground(notation)
    last = max(made.text.rfind(f"{head} left") for head in ("group", "army"))
    names = [name for name, _, _ in made.labels()]
    meant = [name for name, label in zip(names, made.found.labels, strict=True) if label.head.start == last]
    assert meant == ([] if expected is None else [expected])


def test_other_names_are_labels_and_shorter_ones_are_not() -> None:
    made = ground(
        "[place|Daesh] fled. [place|Daesh] came back. [organisation|ISIS] denied it. [person|Odile Varrin] slept. "
        "[person|Varrin] woke. The [organisation|Marish Relief Front] ([organisation|MRF]) left."
    )
    assert made.labels() == [("Daesh", "ISIS", "ISIS")]


@pytest.mark.parametrize("word", ["resistance", "terrorist", "heroic", "brutal", "so-called", "martyred", "puppet"])
@pytest.mark.parametrize("name", ["Hamas", "Khadrin", "Wagner", "Azov"])
def test_what_judges_judges_whomever_it_is_said_of(word: str, name: str) -> None:
    made = ground(f"{{organisation|the {word} group [organisation|{name}]}} left.")
    label = made.label(f"{word} group")
    assert label.loaded
    assert label.score == probability((word, "group"))


def test_names_in_a_role_do_not_judge() -> None:
    notation = "[person|Odile Varrin], {person|head} of the [organisation|Brutal Resistance], left."
    assert not ground(notation).label("head of the Brutal Resistance").loaded


@pytest.mark.parametrize(
    ("one", "other"), [("Marish Relief Front", "Ildemar Guard"), ("Khadrin Council", "Coast Corps")]
)
def test_what_is_said_of_two_sides_mirrors_when_their_names_are_exchanged(one: str, other: str) -> None:
    def told(first: str, second: str) -> list[tuple[str, str, bool]]:
        made = ground(
            f"{{organisation|the brutal [organisation|{first}]}} met {{organisation|the resistance group "
            f"[organisation|{second}]}}. The [organisation|{first}] is {{organisation|a criminal gang}}, Varrin said, "
            f"and the [organisation|{second}], {{organisation|an armed movement}}, agreed.",
            (f"The {first} is a criminal gang", "v1"),
        )
        names = {e.id: e.name for e in made.found.entities}
        return [
            (names[label.entity], made.words(label.span).replace(first, "*"), label.loaded)
            for label in made.found.labels
        ]

    swapped = [({one: other, other: one}[name], words, loaded) for name, words, loaded in told(other, one)]
    assert len(swapped) == 4
    assert swapped == told(one, other)


@pytest.mark.parametrize(
    "label", ["Shiite militia", "armed group", "opposition party", "military wing", "former minister", ""]
)
def test_classifying_words_do_not_judge(label: str) -> None:
    assert probability(tuple(label.lower().split())) < 0.5


def test_more_words_that_judge_judge_more() -> None:
    assert 0.5 < probability(("regime",)) < probability(("criminal", "regime")) <= 1


def test_the_labels_to_measure_on_are_balanced() -> None:
    rows = [json.loads(line) for line in (Path("evals") / "labels.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == len({row["label"] for row in rows}) == 200
    for side in {row["said_of"] for row in rows}:
        assert sum(row["loaded"] for row in rows if row["said_of"] == side) == 25
