"""Many readings → what they have in common: claims, whom they come from, what contradicts them, what was copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sayso.compare.claims import groups
from sayso.compare.contradictions import contradictions
from sayso.compare.origins import Reused, origins
from sayso.compare.pairs import Compared, Decision, pairs
from sayso.compare.reuse import reuses
from sayso.compare.statements import statements
from sayso.compare.types import Claim, Comparison, Statement
from sayso.decode import Floats
from sayso.reading import Reading

__all__ = ["Comparison", "claim", "compare", "compared"]

Vectors = Callable[[Sequence[str]], Floats]
"""Texts → what they mean, (N, D) of length 1: `sayso.meaning.Meanings().vectors`."""


def compare(readings: Sequence[Reading], vectors: Vectors) -> Comparison:
    """What these reports have in common. Sayso takes no side: it shows what a statement stands on and what is said
    against it, not who is right."""
    found = [statement for report, reading in enumerate(readings) for statement in statements(reading, report)]
    return compared(readings, Compared(found, vectors([statement.text for statement in found])))


def compared(readings: Sequence[Reading], found: Compared) -> Comparison:
    """The same, of reports whose statements are prepared."""
    related = tuple(pairs(found, Decision.load()))
    taken = reuses([reading.document for reading in readings])
    reused = Reused(taken)
    claims = tuple(
        claim(members, score, found, readings, reused) for members, score in groups(found.statements, related)
    )
    against = contradictions(claims, related, found.statements, readings)
    return Comparison(tuple(found.statements), tuple(taken), related, claims, tuple(against))


def claim(
    members: Sequence[int], score: float, compared: Compared, readings: Sequence[Reading], reused: Reused
) -> Claim:
    """The claim that those statements make, the mean probability of whose pairs is `score`."""
    found = compared.statements
    ordered = tuple(sorted(members, key=lambda m: (_date(found[m], readings), m)))
    denies = tuple(m for m in ordered if found[m].denies)
    affirms = tuple(m for m in ordered if not found[m].denies)
    if len(denies) > len(affirms):  # what most say is the claim, also if it is a "not"
        affirms, denies = denies, affirms
    middle = compared.vectors[list(members)].mean(axis=0)
    wording = max(ordered, key=lambda m: (float(compared.vectors[m] @ middle), -m))
    return Claim(ordered, affirms, denies, wording, score, origins(affirms, found, readings, reused))


def _date(statement: Statement, readings: Sequence[Reading]) -> str:
    return readings[statement.report].document.published or "9999"
