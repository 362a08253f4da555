"""Time expressions: found by a grammar that is data, resolved against the day a report counts from."""

from __future__ import annotations

from sayso.grounding.times.anchor import anchor
from sayso.grounding.times.context import Context
from sayso.grounding.times.finder import matches
from sayso.grounding.times.resolver import resolved
from sayso.grounding.times.tokens import tokens
from sayso.text import paragraphs
from sayso.types import Time

__all__ = ["times"]


def times(text: str, published: str | None) -> list[Time]:
    """The time expressions of a report in text order, without overlap, with their TIMEX3 values.

    `published` is an ISO 8601 date or date and time, as a Document has it; where it is None the date of the report's
    own dateline is counted from, and without one what is relative has no value, with a reason. The same text and date
    give the same values on any day and in any time zone. Takes time in proportion to the text.

    Raises ValueError if `published` is not of that form.
    """
    lines = paragraphs(text)
    context = Context(anchor(text, published, lines))
    found = (resolved(match, context) for line in lines for match in matches(tokens(text, *line)))
    return [time for time in found if time is not None]
