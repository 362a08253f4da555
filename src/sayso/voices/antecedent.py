"""What a relative pronoun takes up: the noun phrase that stands before it."""

from __future__ import annotations

import regex

from sayso.names import Named
from sayso.types import Span
from sayso.voices.marks import Marks

BARE = frozenset({"those", "many", "others", "anyone", "anybody", "everyone", "everybody", "all", "some", "most"})
"""Words that say nothing of whom they mean without the clause behind them."""

_REACH = 120
_OF = regex.compile(r"\s(?:of|in|at|from|for|on|with|across|near|to|by)\s(?:the\s|an?\s)?")
_CLAUSE = regex.compile(r"[.;:\n]|\b(?:said|says|told|was|is|were|are|has|have|had|and)\b")
_APPOSED = regex.compile(r",\s(?:the\s|an?\s)?")
_QUANTITY = regex.compile(
    r"(?:an?\s|the\s)?(?:(?:\p{L}+\s){0,2}(?:plenty|lots?|chunk|number|group|collection|majority|handful|dozens|hundreds"
    r"|thousands|millions|percent|crowd|couple|pair|share|third|half|quarter)|\p{N}[\p{N}.,]*(?:%|\spercent)?)\b",
    regex.IGNORECASE,
)
_PERSONS, _BODIES = frozenset({"person", "people"}), frozenset({"organisation"})
_SPEAKS = _PERSONS | _BODIES


def antecedent(marks: Marks, at: int) -> Span | None:
    """The noun phrase that a relative pronoun at `at` takes up, with the phrases that prepositions hang on it ("aides
    to the mayor | who"), or the name that it is set beside ("Amal Ode, the mayor of Lyth, | who"); None if there is no
    phrase near before it."""
    text = marks.text
    before = [p for p in marks.phrases_in(max(0, at - _REACH), at) if p.end <= at]
    near = [p for p in before if not _CLAUSE.search(text, p.end, at)] or before[-1:]
    if not near:
        return None
    last = max((i for i, p in enumerate(near) if p.kind in _SPEAKS), default=len(near) - 1)
    first = last
    wanted = _PERSONS if text[at : at + 3].lower() == "who" else _BODIES
    while first and not _names(marks, near[last]):
        before_it = near[first - 1]
        if before_it.kind not in wanted and not _QUANTITY.match(text, before_it.start, before_it.end):
            break
        if not _OF.fullmatch(text, near[first - 1].end, near[first].start):
            break
        first -= 1
    beside = near[first - 1] if first and wanted is _PERSONS else None
    if beside and _names(marks, beside) and _APPOSED.fullmatch(text, beside.end, near[first].start):
        return Span(beside.start, beside.end)
    return Span(near[first].start, near[last].end)


def _names(marks: Marks, phrase: Named) -> bool:
    """Whether a phrase ends with a person's name."""
    names = marks.names_in(phrase.start, phrase.end)
    return bool(names) and names[-1].kind == "person" and names[-1].end == phrase.end
