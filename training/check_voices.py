"""Accuracy of voices on the articles they are learnt from, with the annotated spans given:

    python -m training.check_voices --data ../shared/data

Rules for names and chains are written against the errors here, and the scorers have seen these articles, so the figures
are far too kind; what they are for is to see whether a rule helps, without looking at dev. `--chains` prints the cases
whose chain is not the annotated one.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.voices import Case, figures, has_right_chain, print_errors, print_tables, with_spans
from sayso.engine import Engine
from training import annotated

AROUND = 120


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the corpora")
    parser.add_argument("--errors", type=int, default=0, help="print so many cases with another voice")
    parser.add_argument("--chains", type=int, default=0, help="print so many cases with another chain")
    args = parser.parse_args()
    articles = annotated.read(args.data)
    engine = Engine()
    groups = [with_spans(engine, article) for article in articles]
    measured = figures(groups)
    print(f"{sum(map(len, groups))} attributions in {len(articles)} articles")
    print("  " + "  ".join(f"{name} {value}" for name, value in measured.items() if name != "kind"))
    print_tables(groups)
    print_errors(groups, args.errors)
    _print_chains(groups, args.chains)
    return 0


def _print_chains(groups: Sequence[Sequence[Case]], most: int) -> None:
    wrong = (c for group in groups for c in group if (c.via or c.gold.via) and not has_right_chain(c))
    for case in itertools.islice(wrong, most):
        frame = case.gold.source + case.gold.cue or case.gold.content
        start, end = max(0, min(frame)[0] - AROUND), max(b for _, b in frame) + AROUND
        print(f"    {' ← '.join(case.via) or 'none'}, annotated {' ← '.join(case.gold.via) or 'none'}")
        print(f"        {' '.join(case.text[start:end].split())}")


if __name__ == "__main__":
    sys.exit(main())
