"""Accuracy of time expressions on TimeBank and AQUAINT (TimeML), whose creation times are given as publication dates.

    python -m evals.times --corpus ../shared/data/timebank
    python -m evals.times --corpus ../shared/data/timebank --against dateparser

As in TempEval-3 (UzZaman et al., SemEval 2013), over all expressions but the creation time itself: `strict` is the F1
of spans that are the same, `relaxed` the F1 of spans that overlap, `value` is `relaxed` times the share of overlapping
pairs whose values are the same string, `type` likewise. Three figures besides: `strict value` is the F1 of pairs with
the same span and the same value; `value where strict` the share of right values among the same spans; `value aside from
notation` is `value` where the corpora's "2000-W7", "1949-XX" and "T17" count as "2000-W07", "1949" and "T17:00".

The grammar was written with AQUAINT and every other document of TimeBank in view (in the order of names, from the
first); the rest of TimeBank, "TimeBank apart", was only measured. `--against` runs a library in Sayso's place.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from evals import floors
from evals.timeml import TimedArticle, Timex, read_timeml
from sayso.grounding.times import times

Finder = Callable[[str, str], Sequence[Timex]]
"""Text and creation time → what is found."""


def ours(text: str, created: str) -> list[Timex]:
    """What Sayso finds."""
    return [Timex(*t.span, t.type, t.value or "") for t in times(text, created)]


Pair = tuple[Timex, Timex]


def pairs(gold: Sequence[Timex], found: Sequence[Timex]) -> list[Pair]:
    """Overlapping expressions, each in one pair at most: those with the same span first, then in text order."""
    by_span = {(t.start, t.end): t for t in found}
    same = [(g, by_span[g.start, g.end]) for g in gold if (g.start, g.end) in by_span]
    taken = {(f.start, f.end) for _, f in same}
    free = [f for f in found if (f.start, f.end) not in taken]
    out, at = list(same), 0
    for g in gold:
        if (g.start, g.end) in taken:
            continue
        while at < len(free) and free[at].end <= g.start:
            at += 1
        if at < len(free) and free[at].start < g.end:
            out.append((g, free[at]))
            at += 1
    return out


def figures(articles: Sequence[TimedArticle], found: Sequence[Sequence[Timex]]) -> dict[str, float]:
    """The measures of this file's heading, in percent."""
    n: Counter[str] = Counter()
    for article, times_found in zip(articles, found, strict=True):
        n["gold"] += len(article.times)
        n["found"] += len(times_found)
        for g, f in pairs(article.times, times_found):
            strict = g[:2] == f[:2]
            n["relaxed"] += 1
            n["strict"] += strict
            n["type"] += g.type == f.type
            n["value"] += g.value == f.value
            n["alike"] += _plain(g.value) == _plain(f.value)
            n["both"] += strict and g.value == f.value
    everything = n["gold"] + n["found"]
    relaxed = _percent(2 * n["relaxed"], everything)
    measured = {
        "strict": _percent(2 * n["strict"], everything),
        "value": relaxed * n["value"] / max(1, n["relaxed"]),
        "relaxed": relaxed,
        "type": relaxed * n["type"] / max(1, n["relaxed"]),
        "strict value": _percent(2 * n["both"], everything),
        "value where strict": _percent(n["both"], n["strict"]),
        "value aside from notation": relaxed * n["alike"] / max(1, n["relaxed"]),
        "precision": _percent(n["strict"], n["found"]),
        "recall": _percent(n["strict"], n["gold"]),
    }
    return {name: round(figure, 1) for name, figure in measured.items()}


def _plain(value: str) -> str:
    """A value in the notation that is used most."""
    value = re.sub(r"(?<=\d)(-XX)+$", "", value)
    value = re.sub(r"-W(\d)(?!\d)", r"-W0\1", value)
    return re.sub(r"T(\d\d)$", r"T\1:00", value)


def _percent(part: int, whole: int) -> float:
    return 100 * part / max(1, whole)


def parts(corpus: Path) -> dict[str, list[TimedArticle]]:
    """The articles under the names of the sets that are measured."""
    aquaint, timebank = read_timeml(corpus / "AQUAINT"), read_timeml(corpus / "TimeBank")
    return {
        "TimeBank + AQUAINT": timebank + aquaint,
        "AQUAINT": aquaint,
        "TimeBank seen": timebank[::2],
        "TimeBank apart": timebank[1::2],
    }


def main() -> int:
    """Run from the command line; 1 if a floor does not hold, 0 if all do or the corpus is not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--against", metavar="LIBRARY", help="measure a library: " + ", ".join(_rivals()))
    parser.add_argument("--check", action="store_true", help="fail if a figure is under its floor")
    parser.add_argument("--pin", action="store_true", help="make the figures the floors")
    parser.add_argument("--lower", action="store_true", help="with --pin: floors may go down")
    parser.add_argument("--errors", metavar="PART", help="print what is wrong in a part, e.g. AQUAINT")
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"{args.corpus}: no such corpus here, nothing measured")
        return 0
    finder: Finder = ours
    if args.against:
        try:
            finder = _rivals()[args.against]()
        except (KeyError, ImportError):
            print(f"{args.against} is not installed or not known; known are {', '.join(_rivals())}", file=sys.stderr)
            return 2
    failures = []
    for name, articles in parts(args.corpus).items():
        found = [finder(a.text, a.created) for a in articles]
        measured = figures(articles, found)
        print(f"{name}: {sum(len(a.times) for a in articles)} expressions in {len(articles)} articles")
        print("  " + "  ".join(f"{figure} {value}" for figure, value in measured.items()))
        if args.errors == name:
            _print_errors(articles, found)
        if args.pin and not args.against:
            floors.pin(f"times, {name}", measured, args.lower)
        failures += floors.below(f"times, {name}", measured) if args.check and not args.against else []
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def _rivals() -> dict[str, Callable[[], Finder]]:
    from evals.rivals import RIVALS

    return RIVALS


def _print_errors(articles: Sequence[TimedArticle], found: Sequence[Sequence[Timex]]) -> None:
    for article, times_found in zip(articles, found, strict=True):
        matched = pairs(article.times, times_found)
        missed = set(article.times) - {g for g, _ in matched}
        extra = set(times_found) - {f for _, f in matched}
        wrong = [(g, f) for g, f in matched if g[:2] != f[:2] or g.value != f.value]
        rows: list[tuple[Timex | None, Timex | None]] = [
            *wrong,
            *((g, None) for g in missed),
            *((None, f) for f in extra),
        ]
        for g, f in sorted(rows, key=lambda row: (row[0] or row[1] or (0,))[0]):
            at, end = (g or f or (0, 0))[:2]
            around = " ".join(article.text[max(0, at - 40) : end + 25].split())
            kind = "missed" if f is None else "extra" if g is None else "span" if g[:2] != f[:2] else "value"
            print(f"    {kind:6s} {_said(article, g)}  →  {_said(article, f)}   {article.created[:10]} … {around}")


def _said(article: TimedArticle, timex: Timex | None) -> str:
    if timex is None:
        return "–"
    words = " ".join(article.text[timex.start : timex.end].split())
    return f"[{words}] {timex.type} {timex.value}"


if __name__ == "__main__":
    sys.exit(main())
