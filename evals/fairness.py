"""Whether Sayso treats two sides alike: the names of the sides are exchanged, and the reading must mirror.

    python -m evals.fairness
    python -m evals.fairness --differences
    python -m evals.fairness --check

Forty invented passages (`fairness/passages.toml`) are read as written and with the names of the two sides, their
peoples, capitals, outlets and spokespeople exchanged. A passage mirrors if both readings are the same but for the
names: the same attributions with the same kinds, stances, hedges, voices, types of voices, chains and parents, and the
same labels, types of entities, times, places and quantities. `--check` fails where a figure is under its floor; `--pin`
makes the figures the floors.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals import floors
from evals.exchange import Pairs
from evals.mirror import ALSO, Comparison, carried, compare
from sayso.engine import Engine

PASSAGES = Path(__file__).parent / "fairness" / "passages.toml"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text about two sides, and which strings are exchanged to make one side the other. `states` is "real" or
    "invented"."""

    name: str
    states: str
    text: str
    pairs: Pairs


def passages(path: Path = PASSAGES) -> list[Passage]:
    """The passages of a file."""
    rows = tomllib.loads(path.read_text("utf-8"))["passage"]
    return [Passage(row["name"], row["states"], row["text"], Pairs(row["pairs"])) for row in rows]


def compared(engine: Engine, chosen: Sequence[Passage]) -> list[Comparison]:
    """Each passage as written against itself with exchanged names."""
    texts = [text for p in chosen for text in (p.text, p.pairs.exchange(p.text).text)]
    readings = [reading.to_dict() for reading in engine.read_many(texts)]
    return [
        compare(carried(one, passage.pairs), other)
        for passage, one, other in zip(chosen, readings[::2], readings[1::2], strict=True)
    ]


def figures(comparisons: Sequence[Comparison]) -> dict[str, float]:
    """In percent: passages that mirror, and facts that do, of those that have to."""
    facts = sum(n for c in comparisons for field, n in c.compared.items() if field not in ALSO)
    different = sum(d.field not in ALSO for c in comparisons for d in c.differences)
    return {
        "mirrors": _percent(sum(c.mirrors for c in comparisons), len(comparisons)),
        "facts": _percent(facts - different, facts),
    }


def by_field(comparisons: Sequence[Comparison]) -> list[str]:
    """Tables: how many facts of each field differ, and by how much the scores do."""
    facts = sum((Counter(c.compared) for c in comparisons), Counter[str]())
    different = Counter(d.field for c in comparisons for d in c.differences)
    rows = [f"{'field':26s} facts  different"]
    for field in sorted(facts, key=lambda field: (field in ALSO, -different[field], field)):
        rows.append(f"{field:26s} {facts[field]:5d}  {different[field]:9d}{'  (need not)' * (field in ALSO)}")
    rows.append(f"{'score':26s} mean difference  greatest")
    for field in sorted({field for c in comparisons for field in c.gaps}):
        gaps = [gap for c in comparisons for gap in c.gaps.get(field, ())]
        rows.append(f"{field:26s} {sum(gaps) / len(gaps):15.3f}  {max(gaps):8.3f}")
    return rows


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


def main() -> int:
    """Run from the command line; 1 if a floor does not hold, else 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--differences", action="store_true", help="print every difference with its words")
    parser.add_argument("--check", action="store_true", help="fail if a figure is under its floor")
    parser.add_argument("--pin", action="store_true", help="make the figures the floors")
    parser.add_argument("--lower", action="store_true", help="with --pin: floors may go down")
    args = parser.parse_args()
    chosen = passages()
    comparisons = compared(Engine(), chosen)
    measured = figures(comparisons)
    print(f"fairness: {sum(c.mirrors for c in comparisons)} of {len(chosen)} passages mirror")
    print("  " + "  ".join(f"{name} {value}" for name, value in measured.items()))
    print("\n".join(f"  {row}" for row in by_field(comparisons)))
    if args.differences:
        _print_differences(chosen, comparisons)
    if args.pin:
        floors.pin("fairness", measured, args.lower)
    failures = floors.below("fairness", measured) if args.check else []
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def _print_differences(chosen: Sequence[Passage], comparisons: Sequence[Comparison]) -> None:
    """Values as the exchanged text has them: carried over, then found."""
    for passage, comparison in zip(chosen, comparisons, strict=True):
        if comparison.differences:
            print(f"{passage.name}{' mirrors' * comparison.mirrors}")
        for d in comparison.differences:
            print(f"    {d.field}, at {d.words!r}: {d.expected!r} / {d.found!r}")


if __name__ == "__main__":
    sys.exit(main())
