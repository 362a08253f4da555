"""Passages that reports took over from each other: found word for word and edited, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.compare.reuse import changes, reuses
from sayso.documents import document
from sayso.ledger import Ledger
from sayso.types import Document
from tests.readings import quick

WIRE = (
    "The dam above Ternow will hold, the valley's chief engineer said on Monday. Two sluices were opened before dawn "
    "and the level of the lake has fallen by a hand's breadth since then.\n\nNobody has been asked to leave."
)
TABLOID = (
    "PANIC IN THE VALLEY\n\nThe dam above Ternow WILL hold, the valley's terrified chief engineer said on Monday. Two "
    "sluices were flung open before dawn and the level of the lake has fallen by a mere hand's breadth since then.\n\n"
    "Our reporter saw nothing of it."
)
OTHER = "A choir from Brakka sang in the square of Ternow on Sunday evening, and the mayor gave each of them a pear."


def reports(*texts: str, dates: tuple[str | None, ...] = ()) -> list[Document]:
    found = dates or tuple(f"2031-03-0{n}" for n in range(1, len(texts) + 1))
    return [document(text, published=date) for text, date in zip(texts, found, strict=True)]


def test_an_edited_passage_is_found_where_it_stands() -> None:
    (reuse,) = reuses(reports(WIRE, OTHER, TABLOID))
    assert (reuse.report, reuse.original) == (2, 0)
    assert TABLOID[slice(*reuse.span)].startswith("The dam above")
    assert TABLOID[slice(*reuse.span)].endswith("since then.")
    assert WIRE[slice(*reuse.original_span)].endswith("since then.")
    assert 0.8 < reuse.alike < 1


@pytest.mark.parametrize(
    ("dates", "taker"),
    [
        (("2031-03-01", "2031-03-02"), 1),
        (("2031-03-02", "2031-03-01"), 0),
        (("2031-03-02", "2031-03-02"), 1),
        ((None, "2031-03-02"), 0),  # one whose date nobody knows is not said to be first
    ],
)
def test_the_later_report_took_it_from_the_earlier(dates: tuple[str | None, ...], taker: int) -> None:
    (reuse,) = reuses(reports(WIRE, WIRE, dates=dates))
    assert reuse.report == taker
    assert reuse.alike == 1


def test_what_has_only_its_subject_in_common_is_not_taken_over() -> None:
    told = (
        "Engineers at the Ternow dam say that it is safe, and that the lake is falling after two sluices were opened."
    )
    assert reuses(reports(WIRE, told, OTHER)) == []


def test_a_formula_that_everybody_writes_is_no_copy() -> None:
    formula = "The ministry did not at once answer a request for comment on the matter."
    many = [f"{'Rain fell on town number ' + str(n) + ' all night long. '}{formula}" for n in range(60)]
    assert len(reuses(reports(*many, dates=("2031-03-01",) * 60))) < 60 * 59 / 2


def test_changes() -> None:
    taken, original = "Cops say the brave girl fell.", "Police say the girl fell, at noon."
    put_in, left_out = changes(taken, original)
    assert [taken[slice(*span)] for span in put_in] == ["Cops", "brave"]
    assert left_out == ("Police", "at noon")
    assert changes(taken, taken) == ((), ())


@quick
@given(st.lists(st.text("ab .\n’é😀", max_size=120) | st.sampled_from([WIRE, TABLOID, OTHER]), max_size=5))
def test_every_passage_stands_in_both_texts(texts: list[str]) -> None:
    found = reports(*texts, dates=("2031-03-01",) * len(texts))
    for reuse in reuses(found):
        for number, span in ((reuse.report, reuse.span), (reuse.original, reuse.original_span)):
            assert 0 <= span.start < span.end <= len(found[number].text)
        put_in, _ = changes(
            found[reuse.report].text[slice(*reuse.span)], found[reuse.original].text[slice(*reuse.original_span)]
        )
        assert all(0 <= a < b <= reuse.span.end - reuse.span.start for a, b in put_in)


def test_a_ledger_tells_who_took_what(tmp_path: Path) -> None:
    for name, text, day in (("wire", WIRE, 1), ("tabloid", TABLOID, 2), ("other", OTHER, 3)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        (tmp_path / f"{name}.json").write_text(f'{{"outlet": "The {name}", "published": "2031-03-0{day}"}}', "utf-8")
    with Ledger(tmp_path / "desk.sayso") as ledger:
        ledger.add([tmp_path])
        (row,) = ledger.reuse().records()
        assert (row["outlet"], row["original_outlet"]) == ("The tabloid", "The wire")
        assert [row["passage"][slice(*span)] for span in row["hits"]] == ["terrified", "flung open", "mere"]
        assert ledger.reuse(outlet="wire").rows == ()
