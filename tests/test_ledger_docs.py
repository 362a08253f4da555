"""docs/ledger.md: every table is described, every query runs on both databases and finds what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from sayso.engine import Engine
from sayso.intake.loaded import Loaded, Metadata
from sayso.intake.opened import loaded
from sayso.ledger import Ledger, tables
from sayso.reading import Reading
from tests.golden.lines import EXAMPLES

DOCS = (Path(__file__).parents[1] / "docs" / "ledger.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", DOCS, re.DOTALL)


@pytest.fixture(scope="module")
def readings(engine: Engine) -> list[Reading]:
    """Three examples, and a copy of the first by another outlet."""
    names = ("harbour-wire-wool-exchange", "straitline-drone-wreckage", "evening-klaxon-brigade-in-a-box")
    read = [
        *engine.read_many(
            report.document
            for name in names
            for report in loaded(str(EXAMPLES / f"{name}.txt"), Metadata())
            if isinstance(report, Loaded)
        )
    ]
    return [*read, replace(read[0], document=replace(read[0].document, outlet="Lyth Gazette", url=None))]


def test_every_table_is_described() -> None:
    described = set(re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`.*?) \|", DOCS, re.MULTILINE))))
    assert described == {*tables.metadata.tables, "document_words", "content_words"} - {"sayso_ledger", "bands"}


def test_every_query_runs_and_finds_something(ledger: Ledger, readings: list[Reading]) -> None:
    for reading in readings:
        ledger.keep(reading)
    ledger.compare()
    ran = 0
    with ledger.reads() as connection:
        other = "to_tsquery" if connection.dialect.name == "sqlite" else "MATCH"
        for query in QUERIES:
            if other not in query:
                assert connection.execute(text(query.replace(":", "\\:"))).all(), query
                ran += 1
    assert ran == 11
