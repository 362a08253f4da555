"""Numbers that measure other numbers: scores, multiples, what a hyphen makes no count."""

from __future__ import annotations

from sayso.grounding.quantities.amounts import Amount
from sayso.grounding.quantities.counted import Counted
from sayso.grounding.quantities.lexicon import MULTIPLES, NO_COMPOUNDS, SCORES
from sayso.grounding.quantities.tokens import DASHES, Tokens

_HIGHEST = 200


def is_relation(tokens: Tokens, found: Amount, what: Counted) -> bool:
    """Whether the number is a score (3-1), a multiple (three times as many) or a nickname (a six, two-way)."""
    return _is_score(tokens, found, what) or _is_multiple(tokens, found) or _is_compound(tokens, found, what)


def _is_score(tokens: Tokens, found: Amount, what: Counted) -> bool:
    """3-1, 1 – 2: two numbers with a dash that are no range of what follows."""
    first, last = found.number.first, found.last
    if found.joined:
        dashed = tokens.word(found.number.last) in DASHES
        high = found.high is None or found.high >= _HIGHEST
        bare = what.head is None and what.fate is None and not found.bounded and not high
        return dashed and (tokens.word(last) in SCORES or bare)
    other_before = tokens.word(first - 1) in DASHES and tokens.figures(first - 2)
    other_after = tokens.word(last) in DASHES and tokens.figures(last + 1)
    return found.number.form == "figures" and (other_before or other_after)


def _is_multiple(tokens: Tokens, found: Amount) -> bool:
    after = tokens.word(found.last + 1)
    return tokens.word(found.last) == "times" and (after in MULTIPLES or after.endswith("er"))


def _is_compound(tokens: Tokens, found: Amount, what: Counted) -> bool:
    number = found.number
    if not tokens.hyphen(found.last):
        return tokens.word(found.core - 1) == "a" and what.head is None and number.form == "words"
    alone = tokens.words[number.first] == "one" and number.last == number.first + 1
    return alone or tokens.word(found.last + 1) in NO_COMPOUNDS
