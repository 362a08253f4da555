"""How many and how much: the counts, sums and measures that a report gives.

What counts as one is written down in `evals/quantities.md`, what its bounds are in `amounts` too. The text is cut into
tokens once; all else looks a few tokens to either side of a number, so time grows with the length of the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.grounding.quantities.lexicon import SEEDS
from sayso.grounding.quantities.reader import Reader
from sayso.grounding.quantities.taken import Taken
from sayso.grounding.quantities.tokens import tokenise
from sayso.types import Quantity, Span

__all__ = ["quantities"]


def quantities(text: str, taken: Sequence[Span] = ()) -> list[Quantity]:
    """The quantities of `text`, in its order, without overlap; none that touches a span of `taken`.

    `taken` are the spans of times and names, whose digits are no counts, in any order. An amount that cannot be kept
    (a number beyond 2**53, a sign of money without a number) has no value and a reason.
    """
    passed_over = Taken(taken)
    found: list[Quantity] = []
    for tokens in tokenise(text):
        reader = Reader(tokens, passed_over)
        seeds = (index for index, word in enumerate(tokens.words) if word in SEEDS or word[0].isdecimal())
        found += [quantity for index in seeds if (quantity := reader.read(index))]
    return found
