"""Whether a sentence speaks of what is over or of what is to come: where "Sunday" and "May 24" are looked for."""

from __future__ import annotations

from functools import cache

from sayso.grounding.times.lexicon import lexicon
from sayso.grounding.times.tokens import Tokens

_REACH = 12
"""How many tokens to either side are looked at."""
_BEHIND = 1.5
"""A cue after the expression is worth one so many times farther away before it."""


def direction(tokens: Tokens, first: int, last: int) -> int:
    """1 if the sentence around tokens `[first, last)` speaks of the future there, -1 if of the past, 0 if it does not
    tell: the nearest cue decides."""
    before = _nearest(tokens, range(first - 1, max(-1, first - 1 - _REACH), -1))
    after = _nearest(tokens, range(last, min(len(tokens.codes), last + _REACH)))
    if before and (not after or before[0] <= _BEHIND * after[0]):
        return before[1]
    return after[1] if after else 0


def _nearest(tokens: Tokens, indices: range) -> tuple[int, int] | None:
    """How far the nearest cue is, and which way it points."""
    cues, other = _cues(), lexicon().symbols["OTHERWORD"]
    for distance, index in enumerate(indices, 1):
        code = tokens.codes[index]
        if code in cues:
            return distance, cues[code]
        if code == other and tokens.word(index).endswith("ed"):
            return distance, -1
        if _ends(tokens, index):
            return None
    return None


def _ends(tokens: Tokens, index: int) -> bool:
    """Whether a sentence ends at a token."""
    if tokens.word(index) in ";!?":
        return True
    if tokens.word(index) != "." or index + 1 >= len(tokens.codes):
        return False
    previous = tokens.word(index - 1) if index else ""
    return tokens.word(index + 1)[:1].isupper() and len(previous) > 3


@cache
def _cues() -> dict[str, int]:
    ahead, behind = ("WILL", "NEXT", "UNTIL", "COMING"), ("WAS", "SINCE", "AGO", "LAST")
    symbols = lexicon().symbols
    return {symbols[name]: 1 for name in ahead} | {symbols[name]: -1 for name in behind}
