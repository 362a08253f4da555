"""The invented incidents: the annotation agrees with the texts, and origins follow from who told whom."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from evals.incidents import (
    FOLDER,
    SPLITS,
    Claim,
    Copy,
    Incident,
    Link,
    Outlet,
    Passage,
    Relation,
    Report,
    Voice,
    find,
    incidents,
    load,
    pairs,
)
from evals.incidents.__main__ import counts
from evals.incidents.check import common, problems
from evals.incidents.origins import chains

ALL = incidents()
FIRST = ALL[0]


@pytest.mark.parametrize("incident", ALL, ids=lambda incident: incident.name)
def test_annotation_agrees_with_texts_and_itself(incident: Incident) -> None:
    assert problems(incident) == []


def test_splits_share_no_outlet() -> None:
    names = [{o.name for i in incidents(split) for o in i.outlets.values()} for split in SPLITS]
    assert all(names)
    assert not names[0] & names[1]


def test_corpus_holds_every_kind_of_thing() -> None:
    total: Counter[str] = Counter()
    for incident in ALL:
        total.update(counts(incident))
    assert all(total.values()), total
    assert {copy.kind for incident in ALL for copy in incident.copies} == {"whole", "edited", "partial"}
    assert {r.kind for i in ALL for r in i.relations} == {"number", "date", "place", "actor", "denial"}
    assert {kind for i in ALL for *_, kind in pairs(i)} == {"same", "opposed", "other value", "related", "unrelated"}


def test_reports_are_in_order_and_named_by_it() -> None:
    for incident in ALL:
        published = [report.published for report in incident.reports.values()]
        assert published == sorted(published)
        assert list(incident.reports) == sorted(incident.reports)


@pytest.mark.parametrize(
    ("words", "nth", "start"),
    [("toll", None, 4), ("the", 1, 0), ("the", 2, 12), ("ll", None, 6)],
)
def test_words_are_found(words: str, nth: int | None, start: int) -> None:
    assert find("the toll of the day", words, nth) == (start, start + len(words))


@pytest.mark.parametrize(("words", "nth"), [("the", None), ("the", 3), ("none", None), ("", None)])
def test_words_that_do_not_settle_a_place_are_refused(words: str, nth: int | None) -> None:
    with pytest.raises(ValueError, match="occurs"):
        find("the toll of the day", words, nth)


def told(*steps: tuple[str, ...], copies: tuple[tuple[str, str], ...] = ()) -> Incident:
    """An incident with one claim: each step is a report's outlet and its chain, outermost first."""
    nodes = {node for step in steps for node in step}
    text = "Fourteen died.\n"
    reports = {
        f"{n:02d}-{step[0]}": Report(
            f"{n:02d}-{step[0]}", step[0], "Fourteen died.", None, f"2031-01-{n:02d}", "", text
        )
        for n, step in enumerate(steps, 1)
    }
    links = tuple(
        Link(name, "c", ((0, 13),), step[-1] if step[1:] else None, step[1:-1], None, "affirms", "asserts")
        for name, step in zip(reports, steps, strict=True)
    )
    return Incident(
        name="told",
        split="test",
        summary="",
        outlets={node: Outlet(node, node, "paper", None, None) for node in nodes if node.isupper()},
        voices={n: Voice(n, n, "person", "mayor" if n == "clerk" else None) for n in nodes if not n.isupper()},
        claims={"c": Claim("c", "toll", "", None, frozenset(), frozenset(), frozenset(), 0, 0, False)},
        entities={},
        relations=(),
        reports=reports,
        links=links,
        labels=(),
        copies=tuple(Copy(*copy, "whole") for copy in copies),
        passages=tuple(Passage("p", dict.fromkeys(copy, (0, 14))) for copy in copies),
    )


@pytest.mark.parametrize(
    ("steps", "ends", "circular"),
    [
        pytest.param([("A", "mayor"), ("B", "mayor")], {"mayor"}, set(), id="one voice in two reports"),
        pytest.param([("A", "mayor"), ("B", "nun")], {"mayor", "nun"}, set(), id="two voices"),
        pytest.param([("A", "mayor"), ("B", "clerk")], {"mayor"}, set(), id="the clerk speaks for the mayor"),
        pytest.param([("A", "mayor"), ("B", "A")], {"mayor"}, set(), id="a chain that one report cuts"),
        pytest.param([("A", "B", "nun", "mayor")], {"mayor"}, set(), id="at three removes"),
        pytest.param([("A", "B")], {"B"}, set(), id="an outlet that no report is from"),
        pytest.param([("A",), ("B", "A")], {"A"}, set(), id="an outlet that vouches for it itself"),
        pytest.param([("A", "mayor"), ("A",)], {"mayor"}, set(), id="what an outlet has said before"),
        pytest.param([("A", "B"), ("B", "A")], set(), {"A", "B"}, id="a circle"),
        pytest.param([("A", "B"), ("B", "A"), ("C", "A")], set(), {"A", "B"}, id="a circle and who believes it"),
        pytest.param([("A", "B"), ("B", "C"), ("C", "A")], set(), {"A", "B", "C"}, id="a circle of three"),
        pytest.param([("A", "B"), ("B", "A"), ("B", "mayor")], {"mayor"}, set(), id="a circle with a way in"),
        pytest.param([("A", "B"), ("B", "A"), ("B",)], {"B"}, set(), id="a circle that began somewhere"),
    ],
)
def test_chains_end_where_they_begin(steps: list[tuple[str, ...]], ends: set[str], circular: set[str]) -> None:
    found = chains(told(*steps), "c")
    assert (found.ends, found.circular) == (ends, circular)


def test_a_copy_adds_no_origin_whomever_it_names() -> None:
    copied = told(("A", "mayor"), ("B", "nun"), copies=(("02-B", "01-A"),))
    assert chains(copied, "c").ends == {"mayor"}
    assert chains(copied, "c").edges["B"] == {"A"}


def test_denials_have_chains_of_their_own() -> None:
    incident = told(("A", "mayor"), ("B", "nun"))
    affirms, denies = incident.links
    contested = dataclasses.replace(incident, links=(affirms, dataclasses.replace(denies, polarity="denies")))
    assert chains(contested, "c").ends == {"mayor"}
    assert chains(contested, "c", "denies").ends == {"nun"}
    assert [kind for *_, kind in pairs(contested)] == ["opposed"]


def test_check_finds_what_is_wrong() -> None:
    claim = next(c for c in FIRST.claims.values() if c.origins)
    link = FIRST.links[0]
    spoilt: dict[str, dict[str, Any]] = {
        "the chains lead to": {
            "claims": {**FIRST.claims, claim.id: dataclasses.replace(claim, origins=frozenset("x"))}
        },
        "nobody is called": {"links": (dataclasses.replace(link, voice="x"), *FIRST.links[1:])},
        "shares no passage": {"copies": (Copy(link.report, list(FIRST.reports)[-1], "whole"),)},
        "kind 'mood'": {"relations": (Relation("contradiction", "mood", (claim.id,), ""), *FIRST.relations)},
        "no split": {"split": "train"},
    }
    for sentence, change in spoilt.items():
        assert any(sentence in problem for problem in problems(dataclasses.replace(FIRST, **change))), sentence


def test_common_words() -> None:
    assert common("At least 14 people died", "at least 14 people died.") == 1
    assert common("one two three four", "one three four five six") == pytest.approx(3 / 5)
    assert common("", "word") == 0


def test_load_refuses_words_that_are_not_there(tmp_path: Path) -> None:
    folder = copytree(FOLDER / FIRST.name, tmp_path / "one")
    report = next(folder.glob("reports/*.txt"))
    report.write_text("Nothing of the kind.\n", "utf-8")
    with pytest.raises(ValueError, match="occurs 0 times"):
        load(folder)
