"""How many and how much: the counts, sums and measures that a report gives.

What counts as one, and what its bounds are, is written down in `evals/quantities.md` and, for the bounds, in `amounts`.
The text is cut into tokens once; all else looks a few tokens to either side of a number, so time grows with its length.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.grounding.quantities.amounts import Amount, amount
from sayso.grounding.quantities.counted import Counted, counted
from sayso.grounding.quantities.excluded import is_label, is_no_amount, is_pronoun
from sayso.grounding.quantities.lexicon import HARM, OF_PERSONS, SCALES, SEEDS, SYMBOLS
from sayso.grounding.quantities.tokens import Tokens, tokenise
from sayso.grounding.quantities.units import symbol
from sayso.grounding.quantities.zero import Nobody, nobody
from sayso.types import Quantity, Span

__all__ = ["quantities"]


def quantities(text: str, taken: Sequence[Span] = ()) -> list[Quantity]:
    """The quantities of `text`, in its order, without overlap; none that touches a span of `taken`.

    `taken` are the spans of times and names, whose digits are no counts, in any order. An amount that cannot be kept
    (a number beyond 2**53, a sign of money without a number) has no value and a reason.
    """
    reader = _Reader(tokenise(text), _Taken(taken))
    return [found for index in _seeds(reader.tokens) if (found := reader.read(index))]


def _seeds(tokens: Tokens) -> list[int]:
    return [index for index, word in enumerate(tokens.words) if word in SEEDS or word[0].isdecimal()]


class _Taken:
    """Spans that nothing may touch, found by bisection."""

    def __init__(self, spans: Sequence[Span]) -> None:
        merged: list[list[int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def touches(self, start: int, end: int) -> bool:
        """Whether [start, end) shares a character with one of them."""
        at = bisect_right(self._starts, end - 1) - 1
        return at >= 0 and self._ends[at] > start


@dataclass(frozen=True, slots=True)
class _Last:
    """The amount before: a conversion, "two of them", "and one boy" lean on it."""

    amount: Amount
    counted: Counted
    people: bool


class _Reader:
    """Goes through the tokens once; remembers what was read last."""

    def __init__(self, tokens: Tokens, taken: _Taken) -> None:
        self.tokens = tokens
        self._taken = taken
        self._done = 0
        self._labelled = -1
        self._last: _Last | None = None

    def read(self, index: int) -> Quantity | None:
        """The quantity at the token `index`; None if there is none, or it lies in what has been read."""
        tokens = self.tokens
        if index < self._done or self._taken.touches(tokens.starts[index], tokens.ends[index]):
            return None
        word = tokens.words[index]
        if word in ("no", "nobody", "none"):
            none = nobody(tokens, index)
            return none and self._nobody(none)
        if word in SYMBOLS:
            return self._bare_symbol(index)
        found = amount(tokens, index, self._done)
        if found is None:
            return None
        self._done = found.number.last
        return self._counted(self._converted(found))

    def _counted(self, found: Amount) -> Quantity | None:
        tokens, last = self.tokens, self._last
        if self._taken.touches(tokens.starts[found.core], tokens.ends[found.last - 1]):
            return None
        what = counted(tokens, found)
        if is_label(tokens, found, what, self._labelled):
            self._done = self._labelled = found.last
            return None
        if is_no_amount(tokens, found, what) or is_pronoun(tokens, found, what, last and last.counted):
            self._done = max(self._done, found.last if found.joined else 0)
            self._labelled = found.last if found.number.form == "figures" else -1
            return None
        self._done = found.last
        people, fate = self._leans(found, what)
        unit = found.unit or ("person" if people and not found.reason else None)
        self._last = _Last(found, what, unit == "person")
        return Quantity(
            Span(tokens.starts[found.first], tokens.ends[found.last - 1]),
            None if found.low is None else float(found.low),
            None if found.high is None else float(found.high),
            found.approximate,
            unit,
            self._words(what) or fate,
            _score(found, what, unit),
            found.reason,
            fate=fate,
        )

    def _words(self, what: Counted) -> str | None:
        return None if what.head is None else self.tokens.slice(what.first, what.head + 1)

    def _is_harm(self, what: Counted) -> bool:
        return what.head is not None and self.tokens.words[what.head] in HARM

    def _leans(self, found: Amount, what: Counted) -> tuple[bool, str | None]:
        """Whether people are counted, and their fate, which an amount may share with the one before it."""
        tokens, last = self.tokens, self._last
        if last is None or not last.people or what.fate:
            return what.people, what.fate
        if tokens.word(found.last) == "of" and tokens.word(found.last + 1) in ("them", "whom"):
            return True, what.fate
        between = tokens.words[last.counted.last : found.first]
        linked = len(between) <= 4 and all(word in OF_PERSONS for word in between) and between[-1:] != [","]
        if what.people and between and linked and not self._is_harm(last.counted):
            return True, last.counted.fate
        return what.people, what.fate

    def _converted(self, found: Amount) -> Amount:
        """A conversion in brackets has the bounds of what it converts: "up to 280 km/h (174 mph)"."""
        last, tokens = self._last, self.tokens
        if last is None or found.bounded or found.joined or found.unit is None or last.amount.unit is None:
            return found
        if found.first != last.amount.last + 1 or tokens.word(found.first - 1) != "(" or tokens.word(found.last) != ")":
            return found
        kinds = last.amount.bounded
        value = found.number.value
        return Amount(
            found.first,
            found.last,
            found.core,
            found.number,
            None if "high" in kinds else value,
            None if "low" in kinds else value,
            last.amount.approximate,
            found.unit,
            found.money,
            found.reason,
            kinds,
        )

    def _nobody(self, none: Nobody) -> Quantity:
        tokens = self.tokens
        self._done = none.of[1]
        span = Span(tokens.starts[none.first], tokens.ends[none.last - 1])
        return Quantity(span, 0.0, 0.0, False, "person", tokens.slice(*none.of), _NOBODY, fate=none.fate)

    def _bare_symbol(self, index: int) -> Quantity | None:
        """A sign of money that no number stands before or after."""
        tokens = self.tokens
        after = tokens.word(index + 1)
        if tokens.figures(index + 1) or tokens.figures(index - 1) or (tokens.glued(index + 1) and after[0].isalpha()):
            return None
        if after in SEEDS and after not in SCALES:
            return None
        first, unit = symbol(tokens, index + 1) or (index, SYMBOLS[tokens.words[index]])
        last = index + 1 + (after in SCALES)
        self._done = last
        span = Span(tokens.starts[first], tokens.ends[last - 1])
        return Quantity(span, None, None, False, unit, None, _NO_VALUE, "currency without amount")


_NOBODY, _NO_VALUE = 0.9, 0.5


def _score(found: Amount, what: Counted, unit: str | None) -> float:
    """The probability that value and unit are right, by how much speaks for the reading."""
    if found.reason:
        return _NO_VALUE
    if found.unit is not None:
        return 0.97
    if what.head is not None:
        return 0.96 if unit == "person" else 0.93
    return 0.9 if what.fate else 0.75


