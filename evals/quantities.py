"""Accuracy of quantities on the texts annotated in `quantities.jsonl`, by the rules of `quantities.md`.

    python -m evals.quantities --corpus ../shared/data
    python -m evals.quantities --corpus ../shared/data --check

Prints, for the part that the rules were tuned on and for the part that was held out: F1, precision and recall of exact
spans; of the annotated quantities, the percentage whose value (low, high, approximate) and unit are right at an
overlapping span; of the found ones, the same. `--errors` shows what went wrong in the tuning part; `--check` fails
where a figure is under its floor; `--pin` makes the figures the floors.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from evals import floors
from sayso.grounding.quantities import quantities
from sayso.types import Quantity
from training.named import gum

ANNOTATED = Path(__file__).with_suffix(".jsonl")
HELD_OUT = 3
"""Every so many-th document, in the order of names, is only measured."""


class Value(NamedTuple):
    """A quantity as it is compared."""

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """One text: what is annotated in it and what was found."""

    name: str
    text: str
    gold: tuple[Value, ...]
    found: tuple[Value, ...]

    def pairs(self) -> list[tuple[Value, Value]]:
        """Annotated and found quantities whose spans overlap, each at most once."""
        pairs = []
        free = list(self.found)
        for gold in self.gold:
            near = [value for value in free if value.start < gold.end and gold.start < value.end]
            if near:
                best = min(near, key=lambda value: abs(value.start - gold.start) + abs(value.end - gold.end))
                free.remove(best)
                pairs.append((gold, best))
        return pairs


def is_right(gold: Value, found: Value) -> bool:
    """Whether value and unit are the annotated ones."""
    close = all(
        a == b or (a is not None and b is not None and abs(a - b) <= 1e-9 * abs(a))
        for a, b in ((gold.low, found.low), (gold.high, found.high))
    )
    return close and gold[4:] == found[4:]


def figures(cases: Sequence[Case]) -> dict[str, float]:
    """The percentages of the module's description."""
    gold = sum(len(case.gold) for case in cases)
    found = sum(len(case.found) for case in cases)
    pairs = [pair for case in cases for pair in case.pairs()]
    exact = sum(a[:2] == b[:2] for a, b in pairs)
    right = sum(is_right(a, b) for a, b in pairs)
    return {
        "span F1": _percent(2 * exact, gold + found),
        "span precision": _percent(exact, found),
        "span recall": _percent(exact, gold),
        "value and unit": _percent(right, gold),
        "value and unit of found": _percent(right, found),
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def texts(corpus: Path) -> dict[str, str]:
    """The texts that are annotated, by name, from `voices/wikinews-dev` and the news of GUM."""
    wikinews = {path.stem: path.read_text("utf-8") for path in (corpus / "voices" / "wikinews-dev").glob("*.txt")}
    return wikinews | {text.name: text.text for text in gum(corpus / "gum")}


def read(corpus: Path) -> list[Case]:
    """Every annotated text, read."""
    available = texts(corpus)
    cases = []
    for line in ANNOTATED.read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = tuple(
            Value(q["span"][0], q["span"][1], q["low"], q["high"], q["approximate"], q["unit"])
            for q in row["quantities"]
        )
        text = available[row["document"]]
        cases.append(Case(row["document"], text, gold, tuple(map(_value, quantities(text)))))
    return cases


def _value(found: Quantity) -> Value:
    return Value(found.span.start, found.span.end, found.low, found.high, found.approximate, found.unit)


def errors(cases: Iterable[Case]) -> list[str]:
    """A line for each quantity missed, invented or misread."""
    lines = []
    for case in cases:
        pairs = case.pairs()
        wrong = [(a, b) for a, b in pairs if not is_right(a, b) or a[:2] != b[:2]]
        missed = [(a, None) for a in case.gold if all(a is not pair[0] for pair in pairs)]
        invented = [(None, b) for b in case.found if all(b is not pair[1] for pair in pairs)]
        for gold, found in [*wrong, *missed, *invented]:
            start, end = (gold or found or (0, 0))[:2]
            lines.append(f"{case.name} …{case.text[max(0, start - 30) : end + 30]!r}… {gold} {found}")
    return lines


def main() -> int:
    """Run from the command line; 1 if a floor does not hold, 0 if all do or the corpus is not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="the folder with voices/ and gum/")
    parser.add_argument("--errors", action="store_true", help="show the errors in the tuning part")
    parser.add_argument("--check", action="store_true", help="fail if a figure is under its floor")
    parser.add_argument("--pin", action="store_true", help="make the figures the floors")
    parser.add_argument("--lower", action="store_true", help="with --pin: floors may go down")
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"{args.corpus}: no such corpus here, nothing measured")
        return 0
    cases = read(args.corpus)
    held = cases[HELD_OUT - 1 :: HELD_OUT]
    tuning = [case for case in cases if case not in held]
    failures = []
    for part, chosen in (("tuning", tuning), ("held out", held)):
        measured = figures(chosen)
        name = f"quantities, {part}"
        print(f"{name}: {len(chosen)} texts, {sum(len(case.gold) for case in chosen)} quantities")
        print("\n".join(f"  {key:24s} {value}" for key, value in measured.items()))
        if args.pin:
            floors.pin(name, measured, args.lower)
        failures += floors.below(name, measured) if args.check else []
    for line in [*(errors(tuning) if args.errors else []), *failures]:
        print(line, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
