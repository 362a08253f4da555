"""The measures: by hand on small cases, and the same as the project's reference scorer where that is present."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest

from evals import floors
from evals.corpus import Gold
from evals.score import Aligned, Case, flat, linked

TEXT = "The mayor said the dam held. “It did not,” said the baker."
REFERENCE = Path(__file__).parents[2] / "shared" / "scoring" / "attributions.py"


def gold(source: str, cue: str, content: str) -> Gold:
    """An attribution by its words."""
    return Gold(*(((TEXT.index(w), TEXT.index(w) + len(w)),) if w else () for w in (source, cue, content)))


MAYOR = gold("The mayor", "said", "the dam held")
BAKER = gold("the baker", "said the", "“It did not,”")


@pytest.mark.parametrize(
    ("found", "relation", "strict"),
    [
        ([MAYOR, BAKER], 100.0, 100.0),
        ([MAYOR], 66.7, 66.7),
        ([], 0.0, 0.0),
        ([gold("mayor", "said", "the dam held"), BAKER], 100.0, 50.0),  # the source overlaps, its words differ
        ([gold("The mayor", "said", "dam held"), BAKER], 50.0, 50.0),  # two words of three agree: not 0.8
        ([gold("", "said", "the dam held"), BAKER], 50.0, 50.0),
    ],
)
def test_linked_by_hand(found: list[Gold], relation: float, strict: float) -> None:
    figures = linked([Case("a", TEXT, [MAYOR, BAKER], found)])
    assert (figures["relation"], figures["strict"]) == (relation, strict)


def test_flat_by_hand() -> None:
    tokens = [(0, 3), (4, 9), (10, 14), (15, 18), (19, 22), (23, 27), (27, 28)]
    labels = ["B-source", "I-source", "B-cue", "B-content", "I-content", "I-content", "O"]
    aligned = [Aligned("a", tokens, labels)]
    exact = flat(aligned, [Case("a", TEXT, [], [MAYOR])])
    short = flat(aligned, [Case("a", TEXT, [], [gold("The mayor", "said", "dam held")])])
    assert exact == {"source": 100.0, "cue": 100.0, "content": 100.0}
    assert short == {"source": 100.0, "cue": 100.0, "content": 0.0}


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    if not REFERENCE.exists():
        pytest.skip("the reference scorer is not here")
    spec = importlib.util.spec_from_file_location("reference", REFERENCE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_gives_the_same_figures(reference: ModuleType) -> None:
    rng = random.Random(7)
    text = " ".join(rng.choice(["dam", "mayor", "said", ",", "held", "“it", "did”", "."]) for _ in range(400))

    def some() -> tuple[tuple[int, int], ...]:
        start = rng.randrange(len(text) - 60)
        return ((start, start + rng.randrange(1, 60)),) * rng.choice([0, 1, 1, 1])

    cases = [
        Case(
            str(n),
            text,
            [Gold(some(), some(), some()) for _ in range(15)],
            [Gold(some(), some(), some()) for _ in range(12)],
        )
        for n in range(6)
    ]
    # Found attributions that nearly agree, so that every branch of the matching is taken.
    cases = [Case(c.name, c.text, c.gold, [*c.found, *c.gold[:8]]) for c in cases]

    def plain(golds: list[Gold]) -> list[dict[str, tuple[tuple[int, int], ...]]]:
        return [{"source": g.source, "cue": g.cue, "content": g.content} for g in golds]

    assert linked(cases) == reference.linked((c.text, plain(c.gold), plain(c.found)) for c in cases)
    tokens = [(i, i + 4) for i in range(0, len(text) - 4, 5)]
    aligned = [
        (c.name, tokens, rng.choices(["O", "B-source", "I-source", "B-cue", "B-content", "I-content"], k=len(tokens)))
        for c in cases
    ]
    expected = reference.flat(aligned, {c.name: plain(c.found) for c in cases}, {c.name: c.text for c in cases})
    assert flat([Aligned(*row) for row in aligned], cases) == expected


def test_floors_sink_only_when_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "PATH", tmp_path / "floors.json")
    monkeypatch.setattr(floors, "SLACK", 0.0)
    floors.pin("news", {"relation": 60.0})
    assert floors.below("news", {"relation": 59.9}) == ["news: relation is 59.9, its floor is 60.0"]
    assert floors.below("news", {"relation": 60.0}) == []
    assert floors.below("news", {}) == ["news: relation is not measured, its floor is 60.0"]
    with pytest.raises(ValueError, match="would lower relation"):
        floors.pin("news", {"relation": 50.0})
    floors.pin("news", {"relation": 50.0}, lower=True)
    assert floors.below("news", {"relation": 55.0}) == []
