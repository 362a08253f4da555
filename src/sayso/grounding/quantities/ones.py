"""The word "one", which counts only where the number is at stake."""

from __future__ import annotations

from sayso.grounding.quantities.amounts import Amount
from sayso.grounding.quantities.counted import Counted
from sayso.grounding.quantities.lexicon import FATES, NOT_ONE, NUMBERS, PLACES, TIME_UNITS
from sayso.grounding.quantities.tokens import BREAK, Tokens

_LINKS = frozenset({"and", "including", "or", "plus", "with", ",", "them", "whom"})
_NEAR, _FAR = 12, 60
"""So many tokens before, a count may begin the list that "one" is in, or be of the same things."""


def is_pronoun(tokens: Tokens, found: Amount, what: Counted, before: Counted | None) -> bool:
    """Whether the amount is a "one" that counts nothing: "one of the best", "one officer said".

    It counts with a bound ("only one") or a fate ("one dead"), and in a list of counts; `before` is what was counted
    last.
    """
    number = found.number
    if tokens.words[number.first] != "one" or number.last > number.first + 1 or found.joined or found.unit:
        return False
    after, ahead = tokens.word(found.last), tokens.word(found.first - 1)
    if after == "of" and not found.bounded:
        return ahead not in FATES and not (what.fate and tokens.word(found.last + 1) in ("them", "whom"))
    if what.fate or (found.bounded and tokens.word(found.first) not in PLACES):
        return False
    if after in NOT_ONE or after in TIME_UNITS or not after[0].isalpha():
        return True
    if ahead in ("only", "just"):
        return tokens.word(found.first - 2) == "the"
    return not ((before and _goes_with(tokens, found, what, before)) or _goes_on(tokens, what))


def _goes_with(tokens: Tokens, found: Amount, what: Counted, before: Counted) -> bool:
    """Whether "one" follows another count in a list, or one of the same things ("20 rockets … one rocket")."""
    if before.head is not None and what.head is not None:
        many, single = tokens.words[before.head], tokens.words[what.head]
        if many in (single + "s", single + "es") and found.first - before.head <= _FAR:
            return True
    near = found.first - before.last <= _NEAR and BREAK not in tokens.words[before.last : found.first]
    return near and tokens.word(found.first - 1) in _LINKS


def _goes_on(tokens: Tokens, what: Counted) -> bool:
    """Whether another count follows "one" in a list: "one woman and two men"."""
    if tokens.word(what.last) not in ("and", ",", "or"):
        return False
    return tokens.word(what.last + 1) in NUMBERS or tokens.figures(what.last + 1)
