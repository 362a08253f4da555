"""Whether a sentence speaks of what is over or of what is to come: where "Sunday" and "May 24" are looked for."""

from __future__ import annotations

from functools import cache

import regex

from sayso.grounding.times.lexicon import lexicon
from sayso.grounding.times.tokens import Tokens

_REACH = 8
"""How many tokens to either side are looked at."""
_ABBREVIATION = 4
"""Letters of the longest abbreviation that is told by its capital ("Corp.", "Sept.")."""
_BEHIND = 1.5
"""A cue after the expression is worth one so many times farther away before it."""


def direction(tokens: Tokens, first: int, last: int) -> int:
    """1 if the sentence around tokens `[first, last)` speaks of the future there, -1 if of the past, 0 if it does not
    tell: "until", "by", "as soon as" or "to resume" right before, or else the nearest cue. "Until", first in its
    sentence, is no sign: what held until then is over."""
    if first and tokens.word(first - 1).islower() and _leads_on().search(tokens.codes, max(0, first - 3), first):
        return 1
    before = _nearest(tokens, range(first - 1, max(-1, first - 1 - _REACH), -1))
    after = _nearest(tokens, range(last, min(len(tokens.codes), last + _REACH)))
    if before and (not after or before[0] <= _BEHIND * after[0]):
        return before[1]
    return after[1] if after else 0


def _nearest(tokens: Tokens, indices: range) -> tuple[int, int] | None:
    """How far the nearest cue is, and which way it points."""
    for distance, index in enumerate(indices, 1):
        cue = _cue(tokens, index)
        if cue:
            return distance, cue
        if _ends(tokens, index):
            return None
    return None


def _cue(tokens: Tokens, index: int) -> int:
    """Which way a token points. A participle behind "will", "to be" or "is expected to" is not over."""
    code, cues = tokens.codes[index], _cues()
    cue = cues.get(code, 0)
    if cue == 0 and code == lexicon().symbols["OTHERWORD"] and tokens.word(index).endswith("ed"):
        cue = -1
    if cue < 0 and any(cues.get(before) == 1 for before in tokens.codes[max(0, index - 2) : index]):
        return 1
    return cue


def _ends(tokens: Tokens, index: int) -> bool:
    """Whether a sentence ends at a token: at a full stop that is not that of an abbreviation."""
    word = tokens.word(index)
    if word in ";!?":
        return True
    if word != "." or index + 1 >= len(tokens.codes) or tokens.word(index + 1)[0].islower():
        return False
    before = tokens.word(index - 1) if index else ""
    return not (before[:1].isupper() and len(before) <= _ABBREVIATION)


@cache
def _leads_on() -> regex.Pattern[str]:
    """The symbols right before an expression that lies ahead."""
    symbols = lexicon().symbols
    until, soon, early, as_, to, other = (symbols[n] for n in ("UNTIL", "SOON", "EARLY", "AS", "TO", "OTHERWORD"))
    return regex.compile(f"(?:{until}|[{soon}{early}]{as_}|{to}{other})$")


@cache
def _cues() -> dict[str, int]:
    symbols = lexicon().symbols
    ahead, behind = ("WILL", "NEXT", "COMING"), ("WAS", "SINCE", "AGO", "LAST")
    return {symbols[name]: 1 for name in ahead} | {symbols[name]: -1 for name in behind}
