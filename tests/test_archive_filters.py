"""What is read of an archive: each filter by a table of examples, copies against a plain count of shared bands, the
forecast."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sayso.archive.filters import Filters, Screen
from sayso.archive.forecast import forecast
from sayso.archive.order import Order
from sayso.archive.seen import SHARED, Seen, bands
from sayso.cli import main
from sayso.documents import document
from tests.test_archive import contents, json_lines, made, report

ENGLISH = "The mayor of Orvel said on Monday that the dam above the town would hold, and that nobody was in danger."
GERMAN = "Der Bürgermeister von Orvel sagte am Montag, der Damm über der Stadt werde halten, und niemand sei in Gefahr."


@pytest.mark.parametrize(
    ("filters", "known", "fault"),
    [
        (Filters(), {}, None),
        (Filters(languages=("en", "fr")), {}, None),
        (Filters(languages=("EN",)), {}, None),
        (Filters(languages=("de",)), {}, "language"),
        (Filters(outlets=("tribune",)), {"outlet": "The Aurel Bay Tribune"}, None),
        (Filters(outlets=("wire", "Aurel Bay Tribune")), {"outlet": "Aurel Bay TRIBUNE"}, None),
        (Filters(outlets=("trib",)), {"outlet": "The Aurel Bay Tribune"}, "outlet"),
        (Filters(outlets=("tribune.example",)), {"url": "https://www.tribune.example/dam"}, None),
        (Filters(outlets=("tribune.example",)), {"url": "https://nottribune.example/dam"}, "outlet"),
        (Filters(outlets=("tribune",)), {}, "outlet"),
        (Filters(since="2031-03"), {"published": "2031-03-01"}, None),
        (Filters(since="2031-03"), {"published": "2031-02-28T23:59:00"}, "date"),
        (Filters(until="2031-03"), {"published": "2031-03-31T23:59:00"}, None),
        (Filters(until="2031"), {"published": "2032-01-01"}, "date"),
        (Filters(since="2031"), {}, "date"),
        (Filters(keywords=("DAM",)), {}, None),
        (Filters(keywords=("da",)), {}, "keyword"),
        (Filters(keywords=("da*",)), {}, None),
        (Filters(keywords=("rocket", "in  danger")), {}, None),
        (Filters(keywords=("flood",)), {"title": "Flood feared"}, None),
        (Filters(keywords=("C++ (2)",)), {}, "keyword"),
        (Filters(languages=("de",), keywords=("rocket",)), {}, "language"),
    ],
)
def test_filters(filters: Filters, known: dict[str, str], fault: str | None) -> None:
    assert Screen(filters).fault(document(ENGLISH, **known)) == fault


def test_other_languages_are_passed_over() -> None:
    screen = Screen(Filters(languages=("en",)))
    assert [screen.fault(document(text)) for text in (ENGLISH, GERMAN)] == [None, "language"]


def text(seed: int, words: int = 200) -> str:
    chance = random.Random(seed)
    return " ".join("".join(chance.choices("abcdefghij", k=6)) for _ in range(words))


def test_copies_are_passed_over_and_others_are_not() -> None:
    first, other = text(1), text(2)
    edited = first.replace(first.split()[100], "changed") + " It is said."
    half = " ".join(first.split()[:100] + other.split()[100:])
    texts = (first, first, first.upper(), edited, other, half, "Short.", "Short.", "short.")
    seen = Seen()
    copies = [seen.is_copy(bands(document(item))) for item in texts]
    assert copies == [False, True, True, True, False, False, False, True, False]


@given(st.lists(st.lists(st.integers(0, 40), min_size=20, max_size=20, unique=True), max_size=40), st.integers(1, 200))
def test_what_is_sorted_is_found_as_if_it_were_not(signatures: list[list[int]], recent: int) -> None:
    seen, kept = Seen(recent), list[set[int]]()
    for signature in signatures:
        shared = Counter(number for number, old in enumerate(kept) for band in signature if band in old)
        copy = max(shared.values(), default=0) >= SHARED
        assert seen.is_copy(signature) == copy
        if not copy:
            kept.append(set(signature))


def test_a_short_text_has_bands_of_its_own() -> None:
    assert len(set(bands(document("Short.")))) == SHARED
    assert not set(bands(document("Short."))) & set(bands(document("Short")))


def test_a_forecast_counts_and_knows_the_size(tmp_path: Path) -> None:
    records = [{"text": " ".join(report(n + 7 * k) for k in range(12))} if n % 10 else "none" for n in range(100)]
    source = json_lines(tmp_path / "reports.jsonl", records)
    order = Order(Filters(keywords=("1*",)), partition=50)
    totals = made([source], tmp_path / "out", order)
    foretold = forecast([str(source)], order, jobs=1)
    assert (foretold.looked_at, foretold.partitions, foretold.jobs) == (1.0, totals.partitions, 1)
    assert (foretold.found, foretold.read, foretold.skipped, foretold.quarantined) == (
        totals.found, totals.read, totals.skipped, totals.quarantined,
    )  # fmt: skip
    size = sum(len(data) for name, data in contents(tmp_path / "out").items() if name.endswith(".parquet"))
    assert foretold.size == pytest.approx(size, rel=0.25)
    assert foretold.seconds > 0
    assert foretold.memory > 100e6


def test_a_forecast_of_a_part_of_the_input_is_told_as_such(tmp_path: Path) -> None:
    for name in range(10):
        json_lines(tmp_path / "many" / f"{name}.jsonl", [{"text": report(n)} for n in range(60)])
    foretold = forecast([str(tmp_path / "many")], Order(partition=50), jobs=1, seconds=0)
    assert 0 < foretold.looked_at < 0.2
    assert foretold.found == foretold.read == pytest.approx(600, rel=0.25)


def test_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    source = json_lines(tmp_path / "reports.jsonl", [{"text": report(n)} for n in range(3)])
    ran = CliRunner().invoke(main, ["archive", str(source), str(tmp_path / "out"), "--dry-run", "--jobs", "1"])
    assert ran.exit_code == 0
    assert ran.stdout.startswith("3 reports: 3 to be read, 0 skipped, 0 quarantined\ntime     ")
    assert " in 1 process\n" in ran.stdout
    assert not (tmp_path / "out").exists()


def test_a_date_that_is_none_is_said(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["archive", str(tmp_path), str(tmp_path / "out"), "--from", "March"])
    assert (ran.exit_code, ran.stderr) == (
        1, "sayso: 'March' is not a date of the form 2031-05-24, 2031-05 or 2031\n",
    )  # fmt: skip
