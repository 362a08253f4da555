"""Accuracy of attributions on an annotated corpus.

    python -m evals.attributions --corpus ../shared/data/polnear/dev
    python -m evals.attributions --corpus ../shared/data/voices/wikinews-dev
    python -m evals.attributions --corpus ../shared/data/polnear/dev --sample 12 --check

Prints both measures of `evals.score` and a reliability table of the scores. `--check` fails where a figure is under its
floor; `--pin` makes the figures the floors.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from evals import floors
from evals.corpus import Article, Gold, read_brat, read_json
from evals.score import Aligned, Case, flat, is_right, linked, marked, match
from sayso.engine import Engine
from sayso.types import Attribution

_BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0)


def articles(corpus: Path) -> list[Article]:
    """The articles of a corpus in either of the layouts of `evals.corpus`."""
    return read_brat(corpus) if (corpus / "attributions").is_dir() else read_json(corpus)


def aligned(corpus: Path) -> list[Aligned]:
    """The sentences of the published protocol, from `CORPUS.flat.json`; none if there is no such file."""
    path = corpus.with_name(corpus.name + ".flat.json")
    if not path.exists():
        return []
    rows = [row for row in json.loads(path.read_text("utf-8")) if row]
    return list(itertools.starmap(Aligned, rows))


def read(engine: Engine, corpus: Iterable[Article]) -> tuple[list[Case], list[list[float]]]:
    """Read every article; the cases to score, and the scores of their attributions."""
    corpus = list(corpus)
    readings = list(engine.read_many(a.text for a in corpus))
    cases = [
        Case(a.name, a.text, a.versions[0], [as_gold(x) for x in r.attributions])
        for a, r in zip(corpus, readings, strict=True)
    ]
    return cases, [[x.score for x in r.attributions] for r in readings]


def as_gold(attribution: Attribution) -> Gold:
    """The spans of an attribution alone."""
    return Gold(attribution.source, attribution.cue, attribution.content)


def outcomes(cases: list[Case], scores: list[list[float]]) -> list[tuple[float, bool]]:
    """For every attribution found: its score, and whether it is right (the `relation` of `linked`)."""
    out = []
    for case, values in zip(cases, scores, strict=True):
        gold, found = marked(case.text, case.gold), marked(case.text, case.found)
        if len(found) != len(values):  # one that touches no word has no place in the word measure
            values = [s for s, a in zip(values, case.found, strict=True) if marked(case.text, [a])]
        right = {j for i, j in match(gold, found) if is_right(gold[i], found[j])}
        out += [(score, j in right) for j, score in enumerate(values)]
    return out


def reliability(pairs: list[tuple[float, bool]]) -> list[str]:
    """A table: of the attributions in each band of scores, how many there are and what part is right."""
    rows = ["score       attributions  mean score  right"]
    for low, high in itertools.pairwise(_BINS):
        band = [(s, r) for s, r in pairs if low <= s < high or (high == 1.0 and s == 1.0)]
        if band:
            mean, right = (100 * sum(x) / len(band) for x in zip(*band, strict=True))
            rows.append(f"{low:.1f} to {high:.1f}  {len(band):12d}  {mean:8.1f} %  {right:.1f} %")
    return rows


def main() -> int:
    """Run from the command line; 1 if a floor does not hold, 0 if all do or the corpus is not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--sample", type=int, default=0, help="read only every so many-th article, so many in all")
    parser.add_argument("--check", action="store_true", help="fail if a figure is under its floor")
    parser.add_argument("--pin", action="store_true", help="make the figures the floors")
    parser.add_argument("--lower", action="store_true", help="with --pin: floors may go down")
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"{args.corpus}: no such corpus here, nothing measured")
        return 0
    chosen = articles(args.corpus)
    name = "-".join(args.corpus.parts[-2:])
    if args.sample:
        chosen = chosen[:: max(1, len(chosen) // args.sample)][: args.sample]
        name += f"-{args.sample}"
    cases, scores = read(Engine(), chosen)
    figures = linked(cases)
    protocol = aligned(args.corpus)
    if protocol:
        figures |= {f"flat {role}": value for role, value in flat(protocol, cases).items()}
    print(f"{name}: {len(chosen)} articles")
    print("\n".join(f"  {key:14s} {value}" for key, value in figures.items()))
    print("\n".join(f"  {row}" for row in reliability(outcomes(cases, scores))))
    pinned = {key: value for key, value in figures.items() if key in _PINNED}
    if args.pin:
        floors.pin(name, pinned, args.lower)
    failures = floors.below(name, figures) if args.check else []
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


_PINNED = ("relation", "strict", "flat source", "flat cue", "flat content")


if __name__ == "__main__":
    sys.exit(main())
