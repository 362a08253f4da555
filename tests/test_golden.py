"""The shipped model reads the examples as it did when its weights were committed."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from sayso.engine import Engine
from tests.golden.lines import EXAMPLES, FOLDER, lines

SAME = 0.95
"""The part of a report's attributions that must be the same to the letter. Not all: processors without int8 dot
products round them differently, and a score on the edge may fall to the other side."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.mark.parametrize("report", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_golden(engine: Engine, report: Path) -> None:
    golden = (FOLDER / engine.model.name / report.name).read_text("utf-8").splitlines()
    found = lines(engine.read(report.read_text("utf-8")))
    likeness = difflib.SequenceMatcher(None, golden, found, autojunk=False).ratio()
    difference = "\n".join(difflib.unified_diff(golden, found, "golden", "found", lineterm="", n=0))
    assert likeness >= SAME, difference
