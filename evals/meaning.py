"""How well contents are compared by meaning: `python -m evals.meaning [--corpus ../shared/data/polnear/dev] [--check]`.

`evals/meaning.tsv` has 61 statements, each with the same in other words and with something else on the same matter. For
each statement: is what says the same told from what is about something else (at the threshold that is best on the odd
lines); is it found, among all of them and 1,500 contents of a corpus that has nothing to do with them. The even lines
are only measured on.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evals import floors
from evals.corpus import contents
from sayso.decode import Floats
from sayso.meaning import Meanings

PAIRS = Path(__file__).parent / "meaning.tsv"
AMONG = 1500


class Compared(NamedTuple):
    """The vectors of statements, of the same in other words, of something else on the matter, and of all sorts."""

    said: Floats
    same: Floats
    other: Floats
    sundry: Floats

    def figures(self, lines: slice) -> dict[str, float]:
        """The figures on some of the lines, in shares."""
        number = len(self.said)
        at = np.arange(number)
        alike = self.said @ np.concatenate((self.same, self.other, self.sundry)).T
        same, matter = alike[at, at], alike[at, number + at]
        foreign = alike[:, : 2 * number].copy()
        foreign[at, at] = foreign[at, number + at] = np.nan
        odd = slice(0, None, 2)

        def right(threshold: float, lines: slice) -> float:
            strangers = foreign[lines][~np.isnan(foreign[lines])]
            return float(((same[lines] >= threshold).mean() + (strangers < threshold).mean()) / 2)

        threshold = max(same[odd].tolist(), key=lambda value: right(value, odd))
        place = (alike > same[:, None]).sum(axis=1)[lines]
        second = (alike > matter[:, None]).sum(axis=1)[lines]
        return {
            "told apart": right(threshold, lines),
            "found first": float((1 / (1 + place)).mean()),
            "found in five": float((place < 5).mean()),
            "either found": float(((place < 10).mean() + (second < 10).mean()) / 2),
            "rather than another of the matter": float((same > matter)[lines].mean()),
        }


def triples(path: Path) -> tuple[list[str], list[str], list[str]]:
    """The three columns."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    said, same, other = ([row[name] for row in rows] for name in ("said", "same", "other"))
    return said, same, other


def main() -> int:
    """Run from the command line; 1 if a floor does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="attributions in PolNeAR's layout, among which the same is sought")
    parser.add_argument("--check", action="store_true", help="fail if a figure is under its floor")
    parser.add_argument("--pin", action="store_true", help="make the figures the floors")
    parser.add_argument("--lower", action="store_true", help="with --pin: floors may go down")
    args = parser.parse_args()
    vectors = Meanings().vectors
    sundry = contents(args.corpus)[:AMONG] if args.corpus else []
    said, same, other = triples(PAIRS)
    compared = Compared(vectors(said), vectors(same), vectors(other), vectors(sundry))
    name = "meaning, among a corpus" if sundry else "meaning"
    for part, lines in (("chosen on", slice(0, None, 2)), ("held out", slice(1, None, 2))):
        measured = {key: round(100 * value, 1) for key, value in compared.figures(lines).items()}
        print(f"{name}, {part}: " + "  ".join(f"{key} {value}" for key, value in measured.items()))
    if args.pin:
        floors.pin(name, measured, args.lower)
    failures = floors.below(name, measured) if args.check else []
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
