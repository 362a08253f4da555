"""The figures of places, on an article made up here."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.places import Article, Case, cases, ending, figures, kilometres, read

_TOPONYM = """<toponym><start>{start}</start><end>{end}</end><phrase>x</phrase>{tag}</toponym>"""
_TAG = "<gaztag><fcode>PPLC</fcode><lat>{lat}</lat><lon>{lon}</lon></gaztag>"


def article(feed: int, tag: str) -> str:
    toponym = _TOPONYM.format(start=13, end=17, tag=tag)
    text = "It rained in Oslo, and nobody minded."
    return f"<article><feedid>{feed}</feedid><domain>paper.no</domain><text>{text}</text>{toponym}</article>"


@pytest.fixture
def articles(tmp_path: Path) -> list[Article]:
    path = tmp_path / "lgl.xml"
    right, wrong = _TAG.format(lat=59.9, lon=10.7), _TAG.format(lat=0, lon=0)
    path.write_text(f"<articles>{article(7, right)}{article(3, wrong)}{article(3, '')}</articles>", "utf-8")
    return read(path)


def test_outlets_are_dealt_to_the_halves(articles: list[Article]) -> None:
    assert [a.half for a in articles] == ["untouched", "tuning", "tuning"]
    assert [len(a.located) for a in articles] == [1, 1, 0]


def test_figures(articles: list[Article]) -> None:
    found: list[Case] = [case for a in articles for case in cases(a)]
    assert [case.error < 20 for case in found] == [True, False]
    assert figures(found) == {"within 161 km": 50.0, "right of located": 50.0, "located": 100.0}


def test_distances_and_addresses() -> None:
    assert kilometres(51.5, -0.13, 48.85, 2.35) == pytest.approx(344, abs=3)
    assert (ending("paper.co.uk"), ending("paper.com"), ending("paper.no")) == ("GB", None, "NO")
