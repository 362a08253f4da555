"""The measures of time expressions, by hand; the reading of TimeML."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from evals.timeml import TimedArticle, Timex, read_timeml
from evals.times import figures, pairs

TML = """<?xml version="1.0" ?>
<TimeML><DOCID>invented</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2031-03-07" functionInDocument="CREATION_TIME">03/07/2031</TIMEX3></DCT>
<TEXT>The dam <EVENT eid="e1" class="OCCURRENCE">broke</EVENT> &amp; fell
<TIMEX3 tid="t1" type="DATE" value="2031-03-02">last <EVENT eid="e2">Sunday</EVENT></TIMEX3> for <TIMEX3 tid="t2"
type="DURATION" value="PT2H">two hours</TIMEX3>.<TIMEX3 tid="t3" type="DATE" value="2031"/></TEXT></TimeML>
"""


def article(*gold: Timex) -> TimedArticle:
    """An article with these expressions."""
    return TimedArticle("invented", "x" * 100, "2031-03-07", gold)


def test_timeml_is_read_with_its_offsets(tmp_path: Path) -> None:
    (tmp_path / "invented.tml").write_text(TML, "utf-8")
    (read,) = read_timeml(tmp_path)
    assert read.created == "2031-03-07"
    assert [(read.text[t.start : t.end], t.type, t.value) for t in read.times] == [
        ("last Sunday", "DATE", "2031-03-02"),
        ("two hours", "DURATION", "PT2H"),
    ]


def test_each_expression_is_paired_once_and_the_same_span_first() -> None:
    gold = [Timex(0, 5, "DATE", "a"), Timex(6, 9, "DATE", "b"), Timex(20, 25, "DATE", "c")]
    found = [Timex(0, 9, "DATE", "ab"), Timex(20, 25, "DATE", "c"), Timex(40, 45, "DATE", "d")]
    assert [(g.value, f.value) for g, f in pairs(gold, found)] == [("c", "c"), ("a", "ab")]


def test_the_figures_are_those_of_tempeval() -> None:
    gold = (
        Timex(0, 5, "DATE", "2031-W05"),
        Timex(10, 15, "DATE", "2031"),
        Timex(20, 25, "DURATION", "P1D"),
        Timex(30, 35, "DATE", "2031-02"),
    )
    found = (
        Timex(0, 5, "DATE", "2031-W5"),  # the same but for its notation
        Timex(8, 15, "DATE", "2031"),  # another span, the value is right
        Timex(20, 25, "SET", "P1D"),  # another type
        Timex(50, 55, "DATE", "2031"),  # nothing there
    )
    assert figures([article(*gold)], [found]) == {
        "strict": 50.0,
        "value": 50.0,  # 75 % relaxed, of which two thirds
        "relaxed": 75.0,
        "type": 50.0,
        "strict value": 25.0,
        "value where strict": 50.0,
        "value aside from notation": 75.0,
        "precision": 50.0,
        "recall": 50.0,
    }


def test_a_library_that_is_not_there_is_said_kindly(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "evals.times", "--corpus", str(tmp_path), "--against", "sundial"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("sundial is not installed or not known")
