"""What a reading is made of. Frozen values without behaviour; spans are code points of `Document.text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["direct", "mixed", "indirect"]
"""`direct`: the content stands wholly in quotation marks; `mixed`: part of it does; `indirect`: none of it."""

Stance = Literal["asserts", "denies", "questions", "directs", "holds", "quotes", "other"]
"""What the cue does with the content."""


class Span(NamedTuple):
    """`text[start:end]` is the evidence: code points, `end` exclusive, never empty."""

    start: int
    end: int


Spans = tuple[Span, ...]
"""Spans of one role, in text order, without overlap. Empty where the text does not express the role."""


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its text, verbatim, and what is known of it.

    `id` is "sha256:" and the hash of the text in UTF-8; `published` is an ISO 8601 date or date and time; `language` an
    ISO 639-1 code, or None where the text is too short to tell.
    """

    id: str
    text: str
    path: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One occasion on which the text hands a content to somebody.

    `score` is the calibrated probability that source and content are right. `stance`, `voice` and `parent` are None,
    and `via` empty, where nothing has decided them.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    kind: Kind
    score: float
    stance: Stance | None = None
    voice: str | None = None
    via: tuple[str, ...] = ()
    parent: str | None = None

    @property
    def start(self) -> int:
        """Where the attribution begins in the text: the first code point of any of its roles."""
        return min(span.start for span in self.source + self.cue + self.content)
