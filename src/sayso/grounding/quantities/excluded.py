"""Numbers that are no amounts: times, ages, names, places in a row, scores, codes."""

from __future__ import annotations

from sayso.grounding.quantities.amounts import Amount
from sayso.grounding.quantities.counted import Counted
from sayso.grounding.quantities.lexicon import (
    AGES,
    BETWEEN_TIMES,
    CLOCK,
    ERAS,
    FATES,
    LABELS,
    MONTHS,
    NO_COMPOUNDS,
    NOT_ONE,
    NUMBERS,
    RANKED,
    SCORES,
    STOP,
    TIME_UNITS,
    YEAR_AFTER,
    are_persons,
)
from sayso.grounding.quantities.tokens import BREAK, Tokens

_DASHES = frozenset("-‐‑–—")
_JOINS = _DASHES | {",", "and", "or", "to", "&", "/"}


def is_no_amount(tokens: Tokens, found: Amount, counted: Counted) -> bool:
    """Whether the number is a time, an age, a score or a code."""
    if _is_written_to(tokens, found):
        return True
    if found.unit == "percent" or found.money:
        return False
    if _is_time(tokens, found) or _is_place(tokens, found):
        return True
    if found.unit is not None:
        return False
    return (
        _is_date(tokens, found)
        or _is_compound(tokens, found)
        or _is_age(tokens, found, counted)
        or _is_code(tokens, found)
        or _is_score(tokens, found, counted)
        or _is_year(tokens, found, counted)
        or _is_multiple(tokens, found)
        or tokens.word(found.first - 1) in RANKED
        or (tokens.word(found.core - 1) == "a" and counted.head is None and found.number.form == "words")  # "a six"
    )


def is_label(tokens: Tokens, found: Amount, counted: Counted, labelled: int) -> bool:
    """Whether the number belongs to a name or a place in a row: Article 5, Boeing 737, page 3, "posts 250 and 251"."""
    first, number = found.number.first, found.number
    if found.unit is not None or found.bounded or number.form not in ("figures", "words"):
        return False
    bare = counted.head is None and counted.fate is None
    if tokens.word(first - 1) in _JOINS and first - 1 == labelled and bare:
        return True
    before = tokens.word(first - 1)
    if before == "." and tokens.word(first - 2) in ("no", "nos", "art", "sec", "ch", "fig", "p", "pp", "vol", "para"):
        return True
    if before in LABELS and not (before == "no" and number.form == "words") and not _is_counting(before, counted):
        return True
    at = first - 2 if before == ")" else first - 1  # "Task Force (TF) 50"
    before = tokens.word(at)
    named = tokens.capital(at) and before not in STOP and before not in FATES and before.isalpha()
    if number.form == "figures":
        return number.whole and bare and (named or _is_model(tokens, found))
    return named and tokens.capital(first) and bare


def _is_model(tokens: Tokens, found: Amount) -> bool:
    """The 747, the 405: three figures or more that only an article stands before."""
    return tokens.word(found.first - 1) == "the" and tokens.word(found.first - 2) != "of" and (found.low or 0) >= 100


def _is_counting(label: str, counted: Counted) -> bool:
    """Whether a word that labels in the singular stands before a count by chance: "that week 12 people died"."""
    return label in TIME_UNITS and (counted.head is not None or counted.fate is not None)


def _is_time(tokens: Tokens, found: Amount) -> bool:
    """Durations and clock times."""
    if tokens.word(found.last) in (":", "h") and tokens.glued(found.last) and tokens.glued(found.last + 1):
        return True
    if tokens.word(found.number.first - 1) == ":" and tokens.glued(found.number.first) and tokens.figures(found.number.first - 2):
        return True
    if tokens.word(found.last) in ERAS:
        return True
    if tokens.word(found.last) in CLOCK and (found.last == len(tokens) or found.unit is None):
        return True
    if tokens.word(found.first - 1) == "or" and tokens.word(found.first - 2) in TIME_UNITS:
        return True  # "a week or two"
    at = found.last
    if tokens.word(at) == "of" and found.number.form in ("open", "words"):
        at += 1
    for step in range(4):
        if tokens.word(at + step) in TIME_UNITS:
            return True
        if tokens.word(at + step) not in BETWEEN_TIMES:
            break
    return False


def _is_date(tokens: Tokens, found: Amount) -> bool:
    before, after = tokens.word(found.core - 1), tokens.word(found.last)
    if before in MONTHS and tokens.capital(found.core - 1):
        return True
    if before == "." and tokens.word(found.core - 2) in MONTHS:
        return True
    if after in MONTHS and tokens.capital(found.last) and after != "may":
        return True
    return after == "may" and tokens.capital(found.last) and found.number.form == "figures"


def _is_written_to(tokens: Tokens, found: Amount) -> bool:
    """Whether the number is part of a longer word or code: F-16, 39A, 20th, 1990s, 24/7, 555-0123, 19/4."""
    first, last = found.core, found.last
    before, after = tokens.word(first - 1), tokens.word(last)
    if tokens.glued(first) and (before in _DASHES or before in "/.:#@_*=&+§№\\×") and _joined_on(tokens, first, before):
        return True
    if tokens.glued(first) and before[0].isalnum():
        return True
    if not tokens.glued(last):
        return False
    if after[0].isalnum() or after in "/\\@_=*^&×":
        return True
    return after in _DASHES and tokens.figures(last + 1) and tokens.glued(last + 1)


def _is_place(tokens: Tokens, found: Amount) -> bool:
    """Degrees and minutes of a place on earth: 33°30′21″N, 33.5057°N; 36.26963."""
    first, last = found.core, found.last
    if tokens.word(first - 1) in "°′″" and tokens.glued(first) or tokens.word(last) in "′″" and tokens.glued(last):
        return True
    last -= tokens.word(last - 1) == "°"
    if tokens.word(last) == "°":
        return tokens.figures(last + 1) or tokens.word(last + 1) in ("n", "s", "e", "w", "north", "south", "east", "west")
    return found.unit is None and len(tokens.words[found.number.first].partition(".")[2]) > 3


def _joined_on(tokens: Tokens, first: int, mark: str) -> bool:
    return mark not in _DASHES or (tokens.glued(first - 1) and tokens.word(first - 2)[0].isalnum()) and mark != "—"


def _is_compound(tokens: Tokens, found: Amount) -> bool:
    """Three-time, two-way, one-sided: what a hyphen makes no count."""
    if not tokens.hyphen(found.last):
        return False
    return tokens.word(found.last + 1) in NO_COMPOUNDS or (tokens.words[found.number.first] == "one" and found.number.last == found.number.first + 1)


def _is_age(tokens: Tokens, found: Amount, counted: Counted) -> bool:
    before = tokens.word(found.core - 1), tokens.word(found.core - 2)
    if before[0] in AGES or tokens.word(found.first - 1) in AGES or tokens.phrase(found.first - 2, found.first) in ("ages of", "age of", "young as", "old as"):
        return True
    if before[0] == "now" and tokens.word(found.last) == ",":
        return True
    if before[0] in ("was", "is", "am", "were") and before[1] in ("i", "he", "she", "who") and counted.head is None:
        return counted.fate is None and found.high is not None and found.high <= 120
    if found.high is None or found.high > 120 or counted.head is not None or counted.fate is not None:
        if not (found.bounded & {"low", "high"} and are_persons(tokens.word(found.first - 1))):
            return False
    if before[0] in "([" and tokens.word(found.last) in ")]":
        return True
    if found.bounded and (are_persons(tokens.word(found.first - 1)) or tokens.word(found.first - 1) in ("those", "anyone", "everyone")):
        return counted.head is None  # "children under 12"
    named = before[0] == "," and tokens.capital(found.core - 2)
    return named and not found.joined and tokens.word(found.last) in (",", ".", ")", ";", "from", "of", "who", "was", "is", "has", BREAK)


def _is_code(tokens: Tokens, found: Amount) -> bool:
    """Telephone and item numbers, citations."""
    number = found.number
    if number.form != "figures":
        return False
    digits = tokens.words[number.first]
    if digits[0] == "0" and len(digits) > 1 and digits.isdecimal():
        return True
    before, after = tokens.word(number.first - 1), tokens.word(found.last)
    if before[0] == "0" and len(before) > 1 or tokens.figures(found.last):
        return True
    if tokens.figures(number.first - 1) and tokens.figures(number.first - 2):
        return True
    if before in ("[", "(") and after in ("]", ")") or before in "#§№@":
        return True
    if not number.whole or tokens.word(found.last + 1) == BREAK:
        return False
    if before in (BREAK, ".", ":", ";") and after in _DASHES and not tokens.glued(found.last):
        return tokens.capital(found.last + 1)  # "1 - Roads"
    return before == BREAK and after in (".", ")")


def _is_score(tokens: Tokens, found: Amount, counted: Counted) -> bool:
    """3-1, 1 – 2: two numbers with a dash that are no range of what follows."""
    first, last = found.number.first, found.last
    if found.joined:
        dashed = tokens.word(found.number.last) in _DASHES
        after = tokens.word(last)
        return dashed and (after in SCORES or (counted.head is None and counted.fate is None))
    other_before = tokens.word(first - 1) in _DASHES and tokens.figures(first - 2)
    other_after = tokens.word(last) in _DASHES and tokens.figures(last + 1)
    return found.number.form == "figures" and (other_before or other_after)


def _is_year(tokens: Tokens, found: Amount, counted: Counted) -> bool:
    number = found.number
    ends = (number.value, found.high) if found.joined else (number.value, number.value)
    if not number.whole or not all(end is not None and 1000 <= end <= 2100 for end in ends) or len(tokens.words[number.first]) != 4:
        return False
    before = tokens.word(found.first - 1)
    recent = 1900 <= number.value < 2100 and number.value % 100 != 0
    if found.bounded & {"low", "high"}:
        return counted.head is None and tokens.phrase(found.first, found.core) in ("over", "under", "above", "below", "up to")
    if counted.fate or (counted.people and not recent):
        return before in ("the", "a") and not found.bounded
    if found.bounded:
        return counted.head is None and (recent or before not in _BEFORE_COUNTS)
    if recent:
        return True
    if not found.joined and (number.value or 0) < 1500:
        return counted.head is None and before in YEAR_AFTER
    return counted.head is None or before in YEAR_AFTER


_BEFORE_COUNTS = frozenset({"to", "of", "is", "was", "were", "are", "with", "by", "at", "than", "killed", "wounded"})


def _is_multiple(tokens: Tokens, found: Amount) -> bool:
    """Three times as many, ten times the size."""
    if tokens.word(found.last) != "times":
        return False
    after = tokens.word(found.last + 1)
    return after in ("as", "the", "more", "less", "bigger", "that", "their", "its", "what", "his", "her", "fewer") or after.endswith("er")


def is_pronoun(tokens: Tokens, found: Amount, counted: Counted, near: Counted | None) -> bool:
    """Whether "one" is no count: "one of the best", "one officer said".

    It is a count with a bound or a fate, and in a list of counts: `near` is what was counted last before it.
    """
    number = found.number
    if tokens.words[number.first] != "one" or number.last > number.first + 1 or found.joined or found.unit:
        return False
    after, before = tokens.word(found.last), tokens.word(found.first - 1)
    if after == "of" and not found.bounded:
        return before not in FATES and not (counted.fate and tokens.word(found.last + 1) in ("them", "whom"))
    if counted.fate or (found.bounded and tokens.word(found.first) not in _ALSO_PLACES):
        return False
    if after in NOT_ONE or after in TIME_UNITS or not after[0].isalpha():
        return True
    if before in ("only", "just"):
        return tokens.word(found.first - 2) == "the"
    return not ((near and _goes_with(tokens, found, counted, near)) or _goes_on(tokens, counted))


_ALSO_PLACES = frozenset({"under", "over", "above", "below", "about", "around", "near", "some"})


def _goes_with(tokens: Tokens, found: Amount, counted: Counted, near: Counted) -> bool:
    """Whether "one" follows another count in a list, or one of the same things ("36 shells … one shell")."""
    if near.head is not None and counted.head is not None:
        many, single = tokens.words[near.head], tokens.words[counted.head]
        if many in (single + "s", single + "es") and found.first - near.head <= 60:
            return True
    linked = tokens.word(found.first - 1) in ("and", "including", "or", "plus", "with", ",", "them", "whom")
    return linked and found.first - near.last <= 12 and BREAK not in tokens.words[near.last : found.first]


def _goes_on(tokens: Tokens, counted: Counted) -> bool:
    """Whether another count follows "one" in a list: "one woman and two men"."""
    at = counted.last
    if tokens.word(at) not in ("and", ",", "or"):
        return False
    word = tokens.word(at + 1)
    return word in NUMBERS or word[0].isdecimal()
