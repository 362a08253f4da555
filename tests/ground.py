"""Documents grounded from names and phrases marked by hand, without a model."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.documents import document
from sayso.grounding.ground import Grounded, grounded
from sayso.kind import Quoted
from sayso.quotes import quotations
from sayso.types import Attribution, Label, Span
from sayso.voices.marks import Marks
from sayso.voices.speakers import Cast, Scene, named_speakers
from sayso.voices.voiced import Company
from tests.marks import marks


@dataclass(frozen=True)
class Ground:
    """A text and what is grounded of it."""

    text: str
    found: Grounded

    def words(self, span: Span) -> str:
        return self.text[slice(*span)]

    def labels(self) -> list[tuple[str, str, str]]:
        """Each label: the entity's name, the words, the head."""
        names = {entity.id: entity.name for entity in self.found.entities}
        return [(names[label.entity], self.words(label.span), self.words(label.head)) for label in self.found.labels]

    def label(self, words: str) -> Label:
        """The one label of these words."""
        (found,) = (label for label in self.found.labels if self.words(label.span) == words)
        return found


def ground(notation: str, *said: tuple[str, str]) -> Ground:
    """The notation of `tests.marks`, grounded; `said` gives for each attribution the words of its content and the id of
    its voice."""
    made = marks(notation)
    attributions = []
    for number, (content, voice) in enumerate(said, 1):
        start = made.text.index(content)
        span = Span(start, start + len(content))
        attributions.append(Attribution(f"a{number}", (), (), (span,), "indirect", 0.9, voice=voice))
    return Ground(made.text, ground_marks(made, attributions))


def ground_marks(made: Marks, attributions: list[Attribution]) -> Grounded:
    """Any marks, grounded: all whom they name, none of whom speaks."""
    named, _, *_ = named_speakers(made.text, made)
    company = Company(Scene(made.text, Quoted(made.text, quotations(made.text))), Cast(named), ())
    return grounded(document(made.text), made, company, (), attributions)
