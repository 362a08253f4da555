"""How contents are compared by meaning: `python -m training.meaning --corpus ../shared/data/polnear/train`.

Reads annotated contents with a model's encoder, finds what centres, turns and levels their vectors, chooses how much
the spelling counts on every other line of `evals/meaning.tsv`, and writes `meaning.npz` beside the weights. Minutes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from evals.corpus import contents
from evals.meaning import PAIRS, Compared, triples
from sayso.decode import Floats
from sayso.meaning import FILE, Contexts, Levelled, Spellings, unit
from sayso.model import DEFAULT, Model

CONTEXT, SPELLING = 128, 128
"""Numbers that are left of each half."""
_CONTEXT_FLOOR, _SPELLING_FLOOR = 1.0, 10.0
"""Directions are levelled down to so many times the mean variance: a higher floor leaves more of their differences."""
SHARES = (0.0, 0.3, 0.5, 0.7, 1.0)


def levelled(vectors: Floats, size: int, floor: float) -> Levelled:
    """What levels such vectors, fitted on them."""
    ones = unit(vectors)
    mean = ones.mean(axis=0)
    variances, directions = np.linalg.eigh(np.cov((ones - mean).T))
    turn = directions / np.sqrt(variances + floor * variances.mean())
    return Levelled(mean.astype(np.float32), turn[:, ::-1][:, :size].astype(np.float32))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="attributions in PolNeAR's layout")
    parser.add_argument("--folder", type=Path, help="the model's, by default the shipped one's")
    parser.add_argument("--most", type=int, default=4000, help="contents to fit on")
    options = parser.parse_args()
    folder = options.folder or Model.load(DEFAULT).folder
    read = contents(options.corpus)
    texts = read[:: max(1, len(read) // options.most)]
    context_of, spelling_of = Contexts(folder), Spellings(folder)
    context = levelled(context_of(texts), CONTEXT, _CONTEXT_FLOOR)
    spelling = levelled(spelling_of(texts), SPELLING, _SPELLING_FLOOR)
    said, same, other = triples(PAIRS)
    halves = [(context(context_of(side)), spelling(spelling_of(side))) for side in (said, same, other, texts[:1000])]

    def quality(share: float) -> float:
        joined = [unit(np.concatenate((c, share * s), axis=1)) for c, s in halves]
        figures = Compared(*joined).figures(slice(0, None, 2))
        print(f"spelling × {share}: " + ", ".join(f"{name} {value:.3f}" for name, value in figures.items()))
        return figures["found first"] + figures["either found"]

    share = max(SHARES[1:], key=quality)  # names count for something in any case, and the pairs hold few
    np.savez_compressed(
        folder / FILE,
        context_mean=context.mean.astype(np.float16),
        context_turn=context.turn.astype(np.float16),
        spelling_mean=spelling.mean.astype(np.float16),
        spelling_turn=spelling.turn.astype(np.float16),
        share=np.float32(share),
    )
    print(f"fitted on {len(texts)} contents; spelling × {share}; written to {folder / FILE}")


if __name__ == "__main__":
    main()
