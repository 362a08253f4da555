"""A reading: one report and everything found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sayso import provenance, schema
from sayso.facts import Fact, facts
from sayso.narration import unsourced
from sayso.profile import Profile, profile
from sayso.render import ledger, page
from sayso.types import Attribution, Document, Entity, Label, Place, Quantity, Spans, Time, Voice


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """What Sayso found in one report. `attributions` are in reading order, `voices` in the order in which they first
    speak; `narration` is what the report says in its own voice; `entities` are those it talks about in the order in
    which they first appear; `labels` what they are called, `times`, `places` and `quantities` when, where and how many
    it says, each in text order; `model` names the weights that read it."""

    document: Document
    model: str
    attributions: tuple[Attribution, ...]
    voices: tuple[Voice, ...] = ()
    narration: Spans = ()
    entities: tuple[Entity, ...] = ()
    labels: tuple[Label, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    quantities: tuple[Quantity, ...] = ()

    def words(self, spans: Spans) -> str:
        """The exact words at `spans`, an ellipsis in square brackets between separate ones."""
        return " […] ".join(self.document.text[start:end] for start, end in spans)

    @property
    def unsourced(self) -> Spans:
        """The sentences of the narration that stand on nobody: no attribution touches them. Found anew each time."""
        return unsourced(self.document.text, self.attributions)

    def profile(self) -> Profile:
        """How much of the report stands on whom: on each voice, on the report itself, on nobody."""
        return profile(self)

    def facts(self) -> tuple[Fact, ...]:
        """What can be checked: the dated, placed and counted statements, each with who vouches for it."""
        return facts(self)

    def chain(self, attribution: Attribution) -> tuple[str, ...]:
        """The names between the reader and the speaker, outermost first: the outlet, those it came through, the voice;
        what is not known is left out."""
        return provenance.chain(self.document, {voice.id: voice.name for voice in self.voices}, attribution)

    def to_dict(self) -> dict[str, Any]:
        """The reading as JSON-ready values in schema `sayso/1`; `from_dict` gives an equal reading back."""
        return schema.to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Reading:
        """Read what `to_dict` wrote; fields of later versions are passed over.

        Raises InvalidReading, naming the fault, for anything that is not a reading whose spans lie in its text.
        """
        read = schema.parts(data)
        return cls(**{name: getattr(read, name) for name in cls.__slots__})

    def __repr__(self) -> str:
        name = self.document.title or self.document.path or self.document.id[:15]
        count = len(self.attributions)
        return f"<Reading of {name!r}: {count} attribution{'s' * (count != 1)}; print() it for the ledger>"

    def __str__(self) -> str:
        return ledger.plain(self)

    def _repr_html_(self) -> str:
        return page.fragment(self)
