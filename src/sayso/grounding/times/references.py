"""What words mean that only point: "now", "recently", "the future", "since then"."""

from __future__ import annotations

from sayso.grounding.times.context import Context, Meant
from sayso.grounding.times.finder import Match
from sayso.grounding.times.values import NoValue


def reference(match: Match, context: Context) -> Meant:
    """Now; recently; the future."""
    return Meant("DATE", match.letter("ref"))


def present(match: Match, context: Context) -> Meant:
    """Current; these days; at the moment."""
    return Meant("DATE", "PRESENT_REF")


def past(match: Match, context: Context) -> Meant:
    """In the past."""
    return Meant("DATE", "PAST_REF")


def then(match: Match, context: Context) -> Meant:
    """Since then; until then; at that time."""
    if context.told is None:
        raise NoValue("nothing before it tells when")
    return Meant("DATE", context.told.iso(), f"what was told before, {context.told.iso()}")
