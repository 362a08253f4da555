"""An attribution in pieces without gaps, for tools that know no others: first the one that the rest is tied to."""

from __future__ import annotations

from typing import NamedTuple

from sayso.types import Attribution, Span


class Piece(NamedTuple):
    """A span and its role: Source, Cue or Content."""

    role: str
    span: Span


def pieces(attribution: Attribution) -> list[Piece]:
    """All spans of an attribution: those of the cue, of the source, of the content. The first is the one that stands
    for the whole: the cue's, or the source's where there is none, or at last the content's."""
    roles = {"Cue": attribution.cue, "Source": attribution.source, "Content": attribution.content}
    return [Piece(role, span) for role, spans in roles.items() for span in spans]
