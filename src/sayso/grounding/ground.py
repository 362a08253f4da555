"""Everything that a reading holds beside who says what: found at once, from what the engine knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.grounding.entities import Register
from sayso.grounding.labels import called, labels
from sayso.types import Attribution, Entity, Label, Voice
from sayso.voices import Company
from sayso.voices.marks import Marks


@dataclass(frozen=True, slots=True)
class Grounded:
    """Who and what a document talks about, and what they are called in it, both in text order."""

    entities: tuple[Entity, ...] = ()
    labels: tuple[Label, ...] = ()


def grounded(marks: Marks, company: Company, voices: Sequence[Voice], attributions: Sequence[Attribution]) -> Grounded:
    """What there is to know of a document whose names, speakers, voices and attributions are found. Takes time in
    proportion to them."""
    register = Register(marks.text, company, voices)
    calls = called(register, register.with_missed(marks), company)
    entities, ids = register.entities()
    return Grounded(entities, labels(calls, ids, attributions))
