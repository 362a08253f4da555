"""One pass over the tokens of a text, from one quantity to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from sayso.grounding.quantities.amounts import Amount, amount
from sayso.grounding.quantities.counted import Counted, counted
from sayso.grounding.quantities.excluded import is_no_amount
from sayso.grounding.quantities.lexicon import HARM, OF_PERSONS, SCALES, SEEDS, SYMBOLS
from sayso.grounding.quantities.taken import Taken
from sayso.grounding.quantities.tokens import Tokens
from sayso.grounding.quantities.units import symbol
from sayso.grounding.quantities.zero import Nobody, nobody
from sayso.types import Quantity, Span

_NO_VALUE, _BARE, _FATED, _NOBODY, _THINGS, _PEOPLE, _MEASURED = 0.5, 0.75, 0.9, 0.9, 0.93, 0.96, 0.97
"""The probability that value and unit are right, by what speaks for the reading: set by hand after the tuning texts."""

_LINK = 6
"""So many words lie at most between an amount and one that leans on it ("254 people, among them 66 children")."""

_AMONG = frozenset({"among them", "of them", "of whom", "among whom"})


@dataclass(frozen=True, slots=True)
class _Last:
    """The amount before, for conversions, "two of them" and "and one boy" lean on it."""

    amount: Amount
    what: Counted
    people: bool


class Reader:
    """Goes through the tokens once and remembers what it read last."""

    def __init__(self, tokens: Tokens, taken: Taken) -> None:
        self._tokens = tokens
        self._taken = taken
        self._done = 0
        self._labelled = -1
        self._last: _Last | None = None

    def read(self, index: int) -> Quantity | None:
        """The quantity at the token `index`; None if there is none, or if it lies in what has been read.

        Asked for tokens in their order only.
        """
        if index < self._done or self._is_taken(index, index + 1):
            return None
        word = self._tokens.words[index]
        if word in ("no", "nobody", "none"):
            return self._nobody(nobody(self._tokens, index))
        if word in SYMBOLS:
            return self._bare_symbol(index)
        found = amount(self._tokens, index, self._done)
        if found is None:
            return None
        self._done = found.number.last
        return None if self._is_taken(found.first, found.last) else self._amount(self._converted(found))

    def _is_taken(self, first: int, last: int) -> bool:
        return self._taken.touches(*self._span(first, last))

    def _span(self, first: int, last: int) -> Span:
        return Span(self._tokens.starts[first], self._tokens.ends[last - 1])

    def _amount(self, found: Amount) -> Quantity | None:
        what = counted(self._tokens, found)
        if is_no_amount(self._tokens, found, what, self._labelled, self._last.what if self._last else None):
            if found.joined:
                self._done = found.last
            self._labelled = found.last if found.number.form == "figures" else self._labelled
            return None
        self._done = found.last
        people, fate = self._leaning(found, what)
        unit = found.unit or ("person" if people and not found.reason else None)
        self._last = _Last(found, what, unit == "person")
        return Quantity(
            self._span(found.first, found.last),
            _float(found.low),
            _float(found.high),
            found.approximate,
            unit,
            fate if what.head is None else self._tokens.slice(what.first, what.head + 1),
            _score(found, what, unit),
            found.reason,
            fate=fate,
        )

    def _leaning(self, found: Amount, what: Counted) -> tuple[bool, str | None]:
        """Whether people are counted and what befell them, which an amount may share with the one before it."""
        last, tokens = self._last, self._tokens
        if last is None or not last.people or what.fate:
            return what.people, what.fate
        if tokens.word(found.last) == "of" and tokens.word(found.last + 1) in ("them", "whom"):
            return True, what.fate
        if what.people and self._is_linked(last.what, found):
            return True, last.what.fate
        return what.people, what.fate

    def _is_linked(self, before: Counted, found: Amount) -> bool:
        """Whether the amount goes on with the fate of those counted `before`: "killed 254 people, among them 66"."""
        words = self._tokens.words
        if not 0 < found.first - before.last <= _LINK or (before.head is not None and words[before.head] in HARM):
            return False
        between = words[before.last : found.first]
        among = between[-1] == "including" or self._tokens.phrase(found.first - 2, found.first) in _AMONG
        return "." not in between and (among or (all(word in OF_PERSONS for word in between) and between[-1] != ","))

    def _converted(self, found: Amount) -> Amount:
        """The amount with the bounds of what it converts in brackets: "up to 160 km/h (99 mph)"."""
        last, tokens = self._last, self._tokens
        if last is None or found.bounded or found.joined or found.unit is None or last.amount.unit is None:
            return found
        follows = found.first == last.amount.last + 1 and tokens.word(found.first - 1) == "("
        if not follows or tokens.word(found.last) != ")":
            return found
        kinds = last.amount.bounded
        return replace(
            found,
            low=None if "high" in kinds else found.low,
            high=None if "low" in kinds else found.high,
            approximate=last.amount.approximate,
            bounded=kinds,
        )

    def _nobody(self, none: Nobody | None) -> Quantity | None:
        if none is None or self._is_taken(none.first, none.last):
            return None
        self._done = none.of[1]
        of = self._tokens.slice(*none.of)
        return Quantity(self._span(none.first, none.last), 0.0, 0.0, False, "person", of, _NOBODY, fate=none.fate)

    def _bare_symbol(self, index: int) -> Quantity | None:
        """A sign of money with no number before or after it."""
        tokens = self._tokens
        after = tokens.word(index + 1)
        if tokens.figures(index + 1) or tokens.figures(index - 1) or (tokens.glued(index + 1) and after[0].isalpha()):
            return None
        if after in SEEDS and after not in SCALES:
            return None
        first, unit = symbol(tokens, index + 1) or (index, SYMBOLS[tokens.words[index]])
        last = index + 1 + (after in SCALES)
        if self._is_taken(first, last):
            return None
        self._done = last
        return Quantity(self._span(first, last), None, None, False, unit, None, _NO_VALUE, "currency without amount")


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _score(found: Amount, what: Counted, unit: str | None) -> float:
    if found.reason:
        return _NO_VALUE
    if found.unit is not None:
        return _MEASURED
    if what.head is not None:
        return _PEOPLE if unit == "person" else _THINGS
    return _FATED if what.fate else _BARE
