"""The annotation of quantities is well formed, and the figures count what they say."""

from __future__ import annotations

import json
from itertools import pairwise

from evals.quantities import ANNOTATED, Case, Value, figures
from sayso.grounding.quantities.lexicon import CODES, UNITS


def value(start: int, end: int, low: float | None, high: float | None, unit: str | None = None) -> Value:
    return Value(start, end, low, high, False, unit)


def test_the_annotation_is_well_formed() -> None:
    rows = [json.loads(line) for line in ANNOTATED.read_text("utf-8").splitlines()]
    assert [row["document"] for row in rows] == sorted(row["document"] for row in rows)
    assert sum(len(row["quantities"]) for row in rows) >= 150
    for row in rows:
        assert row.keys() == {"document", "quantities"}
        for q in row["quantities"]:
            assert q.keys() == {"span", "low", "high", "approximate", "unit"}
            assert q["low"] is not None or q["high"] is not None
            assert q["unit"] in {None, "person", *UNITS.values(), *CODES}
        spans = [q["span"] for q in row["quantities"]]
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_figures() -> None:
    gold = (value(0, 3, 1, 1), value(10, 20, 2, None), value(30, 33, 3, 3, "USD"), value(40, 43, 4, 4))
    found = (value(0, 3, 1, 1), value(12, 20, 2, None), value(30, 33, 3, 3, "EUR"), value(50, 53, 5, 5))
    assert figures([Case("a", "", gold, found)]) == {
        "span F1": 50.0,
        "span precision": 50.0,
        "span recall": 50.0,
        "value and unit": 50.0,
        "value and unit of found": 50.0,
    }
    assert set(figures([]).values()) == {0.0}
