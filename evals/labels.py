"""Whether a label is loaded, on 200 invented ones: `labels.jsonl`, marked by hand before the rule was tuned.

    python -m evals.labels
    python -m evals.labels --check

Half of them were looked at while the rule was tuned, the other half is only measured. All are said of invented actors,
as many loaded as not of each side. `--check` fails where a figure is under its floor; `--pin` makes the figures the
floors.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals import floors
from sayso.grounding.labels.loaded import probability
from sayso.voices.marks import WORD

PATH = Path(__file__).parent / "labels.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """A label, of which side of an invented conflict it is said, whether it is loaded, and which half it is in."""

    label: str
    said_of: str
    loaded: bool
    part: str

    @property
    def score(self) -> float:
        """The probability that Sayso gives."""
        return probability([word.lower() for word in WORD.findall(self.label)])

    @property
    def right(self) -> bool:
        """Whether it says what was marked."""
        return (self.score >= 0.5) == self.loaded


def cases() -> list[Case]:
    """All of them."""
    return [Case(**json.loads(line)) for line in PATH.read_text("utf-8").splitlines()]


def figures(group: Sequence[Case]) -> dict[str, float]:
    """In percent: how many are judged right; precision, recall and F1 of "loaded"; and 100 less the Brier score."""
    found = sum(c.score >= 0.5 for c in group)
    there = sum(c.loaded for c in group)
    right = sum(c.score >= 0.5 and c.loaded for c in group)
    return {
        "accuracy": _percent(sum(c.right for c in group), len(group)),
        "precision": _percent(right, found),
        "recall": _percent(right, there),
        "f1": _percent(2 * right, found + there),
        "calibration": round(100 - 100 * sum((c.score - c.loaded) ** 2 for c in group) / len(group), 1),
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


def main() -> int:
    """Run from the command line; 1 if a floor does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail if a figure is under its floor")
    parser.add_argument("--pin", action="store_true", help="make the figures the floors")
    parser.add_argument("--lower", action="store_true", help="with --pin: floors may go down")
    parser.add_argument("--errors", action="store_true", help="print what is judged wrong in the half for tuning")
    args = parser.parse_args()
    every = cases()
    for part in ("tune", "held out"):
        measured = figures([c for c in every if c.part == part])
        print(f"labels, {part}: " + "  ".join(f"{name} {value}" for name, value in measured.items()))
    for side in dict.fromkeys(c.said_of for c in every):
        told = figures([c for c in every if c.part == "held out" and c.said_of == side])
        shown = "  ".join(f"{name} {told[name]}" for name in ("accuracy", "precision", "recall"))
        print(f"  held out, of {side}: {shown}")
    for case in every:
        if args.errors and case.part == "tune" and not case.right:
            print(f"    {case.label!r}: {case.score}, marked {'loaded' if case.loaded else 'not loaded'}")
    if args.pin:
        floors.pin("labels, held out", measured, args.lower)
    failures = floors.below("labels, held out", measured) if args.check else []
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
