"""Statements inside statements: which contents are worth reading once more, as if they were reports of their own.

PolNeAR marks only the outermost attribution, so the network learns to pass over "As the leader said, …" in a quotation.
Given the quotation alone it is outermost there, and the network sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from sayso.relayed import Found
from sayso.types import Span
from sayso.voices.lexicon import PRONOUNS

LEAST = 0.55
"""A statement inside another is kept from this score on: the network has not learnt to look for them."""

_SAYING = regex.compile(
    r"\b(?:said|says|told|tells|saying|telling|according to|announced|reported|claimed|claims|stated|warned|insisted"
    r"|denied|admitted|argued|declared|promised|confirmed|wrote|testified|asserted|believes?|believed)\b"
)
_EDGE = regex.compile(r"[\s“”\"‘’'«»„]*")
_FEWEST = 6
"""A quotation of fewer words holds no statement of another. Words, not letters: names differ in length."""


def inner_texts(text: str, found: Iterable[Found]) -> Iterator[tuple[Found, Span]]:
    """The quoted parts of contents in which something may be said by somebody else, without the quotation marks around
    them, each with the attribution whose content it is."""
    for outer in found:
        for start, end in outer.content:
            opening = _EDGE.match(text, start, end)
            inside = opening.end() if opening else start
            words = text[inside:end].split(None, _FEWEST)
            if inside > start and len(words) >= _FEWEST and _SAYING.search(text, inside, end):
                yield outer, Span(inside, end)


def is_inner(text: str, found: Found, outer: Found, known: Iterable[Found]) -> bool:
    """Whether what was found in a content is to be kept: sure enough, with a speaker who is named or described (a "he"
    in a quotation is mostly part of the story it tells), and not there yet."""
    if found.score < LEAST or not found.source or not found.cue or found.cue == outer.cue:
        return False
    if text[found.source[0].start : found.source[-1].end].lower() in PRONOUNS or not _SAYING.search(
        text, *found.cue[0]
    ):
        return False
    return not any(a.start < b.end and b.start < a.end for item in known for a in item.cue for b in found.cue)
