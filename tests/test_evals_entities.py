"""The figures of entities, on readings and documents made up here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.entities import Case, case, clashes, errors, figures, named
from evals.re3d import FOLDERS, Mention, Report, read
from sayso.reading import Reading
from sayso.types import Document, Entity, Span


def mention(text: str, words: str, sort: str) -> Mention:
    at = text.index(words)
    return Mention(at, at + len(words), sort)  # type: ignore[arg-type]


TEXT = "Orvane shelled the port city of Tolpress, Gen. Sefa Ildrin said. She blamed the Marish Army."


def test_a_reading_says_by_name_what_is_among_its_names() -> None:
    spans = [Span(*mention(TEXT, words, "PERSON")[:2]) for words in ("Sefa Ildrin", "She", "Marish", "Orvane")]
    reading = Reading(
        document=Document("sha256:", TEXT),
        model="m",
        attributions=(),
        voices=(),
        narration=(),
        entities=(
            Entity("e1", "Sefa Ildrin", "PERSON", ("Sefa Ildrin",), (spans[0], spans[1]), 1.0),
            Entity("e2", "Marish", "PEOPLE", ("Marish",), (spans[2],), 1.0),
            Entity("e3", "Orvane", "PLACE", ("Orvane",), (spans[3],), 1.0),
        ),
    )
    assert named(reading) == [Mention(*spans[0], "PERSON"), Mention(*spans[3], "PLACE")]


def cases() -> list[Case]:
    gold = [mention(TEXT, "Orvane", "ORG"), mention(TEXT, "Tolpress", "PLACE"), mention(TEXT, "Sefa Ildrin", "PERSON")]
    found = [
        mention(TEXT, "Orvane", "PLACE"),
        mention(TEXT, "Tolpress", "PLACE"),
        mention(TEXT, "Gen. Sefa Ildrin", "PERSON"),
        mention(TEXT, "the Marish Army", "ORG"),
    ]
    return [case("a", TEXT, gold, found)]


def test_figures_count_spans_and_types() -> None:
    assert figures(cases()) == {
        "person": 0.0,
        "organisation": 0.0,
        "place": 66.7,
        "together": 28.6,
        "precision": 25.0,
        "recall": 33.3,
    }
    assert set(figures([]).values()) == {0.0}


def test_articles_are_no_part_of_what_is_compared() -> None:
    text = "The Marish Army fell back."
    both = case("a", text, [mention(text, "The Marish Army", "ORG")], [mention(text, "Marish Army", "ORG")])
    assert both.gold == both.found


def test_states_that_act_are_told_from_other_errors() -> None:
    assert clashes(cases()) == "of 5 errors, bodies taken for places of their name 40.0 %, other types 0.0 %"
    assert [line.split()[:2] for line in errors(cases())] == [
        ["missed", "ORG"],
        ["invented", "PLACE"],
        ["invented", "PERSON"],
        ["missed", "PERSON"],
        ["invented", "ORG"],
    ]


def report(folder: Path, text: str, *marked: tuple[str, str, float]) -> Report:
    """The one document of a re3d that is written to a folder."""
    for part in FOLDERS:
        (folder / part).mkdir()
        for name in ("documents", "entities"):
            (folder / part / f"{name}.json").write_text("", "utf-8")
    rows = [
        {
            "documentId": "D",
            "begin": text.index(words),
            "end": text.index(words) + len(words),
            "type": t,
            "confidence": c,
        }
        for words, t, c in marked
    ]
    (folder / FOLDERS[0] / "documents.json").write_text(json.dumps({"_id": "D", "text": text}) + "\n", "utf-8")
    (folder / FOLDERS[0] / "entities.json").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return read(folder)[0]


@pytest.mark.parametrize(
    ("marked", "sort", "name"),
    [
        ("the Orvane Relief Board", "Organisation", "Orvane Relief Board"),
        ("The UK", "Organisation", "UK"),
        ("Government of Lythia", "Organisation", "Government of Lythia"),
        ("the brutal militia ORZA", "Organisation", "ORZA"),
        ("the people of Lythia", "Organisation", None),
        ("Orvane forces", "Organisation", None),
        ("the Syrians", "Organisation", None),
        ("Militants", "Organisation", None),
        ("We", "Organisation", None),
        ("Brig. Gen. Sefa Ildrin", "Person", "Sefa Ildrin"),
        ("Sefa Ildrin, Minister for Trade", "Person", "Sefa Ildrin"),
        ("Ildrin’s", "Person", "Ildrin"),
        ("Commander of the Marsh Group", "Person", None),
        ("Foreign Secretary", "Person", None),
        ("I", "Person", None),
        ("the Iraqi city of Mosul", "Location", "Mosul"),
        ("Tolpress, northern Lythia", "Location", "Tolpress, northern Lythia"),
        ("Orvane province", "Location", "Orvane"),
        ("an ORZA-held building", "Location", None),
        ("59°10′25″N 18°10′05″E", "Location", None),
    ],
)
def test_the_name_in_what_re3d_marks(tmp_path: Path, marked: str, sort: str, name: str | None) -> None:
    text = f"It was told, {marked} was there with militants."
    found = report(tmp_path, text, (marked, sort, 1.0))
    assert [text[m.start : m.end] for m in found.names] == [name] * (name is not None)
    assert [text[m.start : m.end] for m in found.marked] == [marked]


def test_what_the_crowd_did_not_confirm_is_not_taken_and_what_lies_in_a_description_not_judged(tmp_path: Path) -> None:
    text = "An ORZA-held building stood in Tolpress, near Orvane."
    found = report(
        tmp_path,
        text,
        ("An ORZA-held building", "Location", 1.0),
        ("Tolpress", "Location", 1.0),
        ("Orvane", "Person", 0.3),
    )
    assert [text[m.start : m.end] for m in found.names] == ["Tolpress"]
    assert [found.judges(mention(text, words, "ORG")) for words in ("ORZA", "Tolpress", "Orvane")] == [
        False,
        True,
        True,
    ]
