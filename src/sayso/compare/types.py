"""What a comparison of reports is made of. Frozen values; spans are code points of the report's text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.types import Quantity, Span, Spans, Stance, VoiceType

Relation = Literal["same", "opposed", "other value", "unrelated"]
"""What two statements are to each other: the same content; the same content, affirmed and denied; the same matter with
another value; nothing."""

Difference = Literal["number", "denial"]
"""In what claims differ: in how many, or in whether it is so."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of what a report hands over or says itself.

    `report` is the report's place among those compared; `spans` are its words there, `text` those words on one line.
    `attribution` is the id of the attribution whose content it is from, None for narration. `voice` is the name of who
    says it, `voice_type` its type, None for narration and where nobody is named; `via` the names it came through,
    outermost first. `denies` says that the content is taken back by its cue or by its own words.
    """

    report: int
    spans: Spans
    text: str
    attribution: str | None
    voice: str | None
    voice_type: VoiceType | None
    via: tuple[str, ...]
    stance: Stance | None
    denies: bool
    hedged: bool
    names: frozenset[str]
    quantities: tuple[Quantity, ...]
    times: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reuse:
    """A passage that two reports share, give or take some words: `span` in `report` was, as far as dates tell, taken
    from `original_span` in `original`; `alike` is the share of their words that both have in order."""

    report: int
    original: int
    span: Span
    original_span: Span
    alike: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements (their places in the list of all) of different reports and what they are to each other, with the
    probability of that and what speaks for it, in words."""

    one: int
    other: int
    relation: Relation
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """That `taker` has a claim from `giver`: names of outlets and voices. `sure` is False where two who are not named
    may be one, or where it is a copy by its words alone."""

    taker: str
    giver: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Origins:
    """Where a claim comes from, by what the reports say: who has it from whom, and those at the far ends, who have it
    from nobody. `least` and `most` are how many of them are independent: `least` counts unnamed voices that may be one
    as one. `circular` are outlets that have it from each other only."""

    steps: tuple[Step, ...]
    ends: tuple[str, ...]
    least: int
    most: int
    circular: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """The same content in several reports: `statements` are places in the list of all, in the order in which the
    reports were published; `affirms` and `denies` those of them that say so and that it is not so. `wording` is the
    statement that has most in common with the others. `origins` of those who affirm it."""

    statements: tuple[int, ...]
    affirms: tuple[int, ...]
    denies: tuple[int, ...]
    wording: int
    score: float
    origins: Origins


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims (their places in the list of claims) that cannot both be so, or one that is affirmed and denied (then
    both are it). `update` says that one follows from the other: a later count, by one who told the first."""

    one: int
    other: int
    difference: Difference
    score: float
    reason: str
    update: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a body of reports has in common: statements, passages that were taken over, pairs of statements that belong
    together, claims, and what contradicts or follows from what."""

    statements: tuple[Statement, ...]
    reuses: tuple[Reuse, ...]
    pairs: tuple[Pair, ...]
    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
