"""Numbers that are part of a name, a place in a row, a code: Article 5, Boeing 737, F-16, page 3, 33°30′N."""

from __future__ import annotations

from sayso.grounding.quantities.amounts import Amount
from sayso.grounding.quantities.counted import Counted
from sayso.grounding.quantities.lexicon import FATES, LABELS, NUMBERS, RANKED, SHORT_LABELS, STOP, TIME_UNITS
from sayso.grounding.quantities.tokens import BREAK, DASHES, Tokens

_JOINS = DASHES | {",", "and", "or", "to", "&", "/"}
_INSIDE = frozenset("/.:#@_*=&§№\\×")
_MINUTES = frozenset("′″")
_WINDS = frozenset({"n", "s", "e", "w", "north", "south", "east", "west"})
_MODEL = 100
_DECIMALS = 3


def is_label(tokens: Tokens, found: Amount, what: Counted, labelled: int) -> bool:
    """Whether the number names something, or goes on where `labelled`, the end of the last such, left off
    ("gates 310 and 311")."""
    first, number = found.number.first, found.number
    if found.unit is not None or found.bounded or number.form not in ("figures", "words"):
        return False
    before = tokens.word(first - 1)
    if before in _JOINS and first - 1 == labelled and _is_bare(what):
        return True
    if before == "." and tokens.word(first - 2) in SHORT_LABELS:
        return True
    if before in LABELS and not (before == "no" and number.form == "words"):
        return before not in TIME_UNITS or _is_bare(what)  # "that week 12 people died"
    if before == "of" and tokens.capital(first - 2) and (tokens.capital(first) or tokens.word(first - 2) == "group"):
        return True  # Gang of Four, Group of 77
    return _is_bare(what) and _is_named(tokens, found)


def _is_bare(what: Counted) -> bool:
    return what.head is None and what.fate is None


def _is_named(tokens: Tokens, found: Amount) -> bool:
    """Whether it ends a name: Boeing 737, Task Force (TF) 50, Formula One; or is one: the 747."""
    first = found.number.first
    at = first - 2 if tokens.word(first - 1) == ")" else first - 1
    before = tokens.word(at)
    named = tokens.capital(at) and before not in STOP and before not in FATES and before.isalpha()
    if found.number.form == "words":
        return named and tokens.capital(first)
    model = before == "the" and tokens.word(at - 1) != "of" and (found.low or 0) >= _MODEL
    return found.number.whole and (named or model)


def is_code(tokens: Tokens, found: Amount) -> bool:
    """Whether the number is part of a longer word, of a telephone number, a list or a citation."""
    return _is_written_on(tokens, found) or (found.unit is None and not found.money and _is_item(tokens, found))


def _is_written_on(tokens: Tokens, found: Amount) -> bool:
    """F-16, 39A, 20th, 1990s, 24/7, 19/4, 555-0123."""
    first, last = found.core, found.last
    before, after = tokens.word(first - 1), tokens.word(last)
    if tokens.glued(first):
        hyphened = before in DASHES - {"—"} and tokens.glued(first - 1) and tokens.word(first - 2)[0].isalnum()
        attribute = before in "\"'" and tokens.word(first - 2) == "="  # of a tag that was left in the text
        if hyphened or attribute or before in _INSIDE or before[0].isalnum():
            return True
    if not tokens.glued(last):
        return False
    joined = after in DASHES | {"/"} and tokens.glued(last + 1) and tokens.figures(last + 1)
    return joined or after[0].isalnum() or after in "\\@_=*^&×"


def _is_item(tokens: Tokens, found: Amount) -> bool:
    """0800 555 012, [3], #2; "1. Roads" and "1 - Roads" at the head of a line."""
    number = found.number
    before, after = tokens.word(number.first - 1), tokens.word(found.last)
    if number.form != "figures":
        return before in NUMBERS or after in NUMBERS  # nineteen eighty-four
    if _has_leading_zero(tokens.words[number.first]) or _has_leading_zero(before) or tokens.figures(found.last):
        return True
    if tokens.figures(number.first - 1) and tokens.figures(number.first - 2):
        return True
    if (before in "[(" and after in "])") or before in "#§№@":
        return True
    if not number.whole or tokens.word(found.last + 1) == BREAK:
        return False
    if before in (BREAK, ".", ":", ";") and after in DASHES and not tokens.glued(found.last):
        return tokens.capital(found.last + 1)
    return before == BREAK and after in (".", ")")


def _has_leading_zero(figures: str) -> bool:
    return len(figures) > 1 and figures[0] == "0" and figures.isdecimal()


def is_place(tokens: Tokens, found: Amount) -> bool:
    """Whether it is a place in a row ("the top five") or on earth (33°30′21″N; 36.26963)."""
    if found.unit is None and tokens.word(found.first - 1) in RANKED:
        return True
    first, last = found.core, found.last
    if tokens.glued(first) and tokens.word(first - 1) in _MINUTES | {"°"}:
        return True
    if tokens.glued(last) and tokens.word(last) in _MINUTES:
        return True
    last -= tokens.word(last - 1) == "°"
    if tokens.word(last) == "°":
        return tokens.figures(last + 1) or tokens.word(last + 1) in _WINDS
    figures = tokens.words[found.number.first]
    return found.unit is None and "." in figures and len(figures.rpartition(".")[2]) > _DECIMALS
