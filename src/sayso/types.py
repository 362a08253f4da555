"""What a reading is made of. Frozen values without behaviour; spans are code points of `Document.text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["direct", "mixed", "indirect"]
"""`direct`: the content stands wholly in quotation marks; `mixed`: part of it does; `indirect`: none of it."""

Stance = Literal["asserts", "denies", "questions", "directs", "holds", "quotes", "other"]
"""What the cue does with the content."""


VoiceType = Literal["person", "organisation", "outlet", "document", "unnamed", "group", "author"]
"""What sort of voice: a named person or body, a publisher, a text that speaks for itself, somebody whose name is
withheld, a class of people, or the writer."""


EntityType = Literal["PERSON", "ORG", "PLACE", "PEOPLE", "EVENT", "WORK", "THING", "GROUP"]
"""What an entity is: somebody; a body (a state's government too, an armed group, an outlet); a country, region, town or
facility; a nation, a faith or a party's followers, called by an adjective or its noun ("Iraqi", "Sunnis"); a war, an
election, a cup; a report, a book, a film; a ship, a product, a law; several persons who are only described ("Israeli
settlers")."""


TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
"""What sort of time expression, in TimeML's sense: a point on the calendar, a time of day, a length of time, or what
recurs."""


class Span(NamedTuple):
    """`text[start:end]` is the evidence: code points, `end` exclusive, never empty."""

    start: int
    end: int


Spans = tuple[Span, ...]
"""Spans of one role, in text order, without overlap. Empty where the text does not express the role."""


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its text, verbatim, and what is known of it.

    `id` is "sha256:" and the hash of the text in UTF-8; `author` is the byline as it was given, `published` an ISO 8601
    date or date and time; `language` an ISO 639-1 code, or None where the text is too short to tell.
    """

    id: str
    text: str
    path: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One occasion on which the text hands a content to somebody.

    `score` is the calibrated probability that source and content are right. `voice` is the id of the voice it is given
    to, None where no source is expressed or can be inferred; `voice_score` the probability of that, `voice_reason` what
    speaks for it in words. `via` are the ids of the voices it came through, outermost first; `parent` the id of the
    attribution in whose content it stands. `hedged` and `negated` are the words that make the content less than certain
    ("reportedly", "may") or deny that it was said ("did not").
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    kind: Kind
    score: float
    stance: Stance | None = None
    voice: str | None = None
    voice_score: float | None = None
    voice_reason: str | None = None
    via: tuple[str, ...] = ()
    parent: str | None = None
    hedged: Spans = ()
    negated: Spans = ()

    @property
    def start(self) -> int:
        """Where the attribution begins in the text: the first code point of any of its roles."""
        return min(span.start for span in self.source + self.cue + self.content)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What the text says of a voice whose name it does not give: how many they are, what they belong to, and why they
    are not named ("speaking on condition of anonymity")."""

    number: int | None = None
    affiliation: Span | None = None
    why: Span | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in a document: all sources that are the same speaker.

    `name` is the fullest that the document gives, without titles; `roles` are titles, offices and descriptions beside
    it, `mentions` all places where the text names or means the voice, both in text order. `score` is the probability
    that the sources gathered here are one speaker. `withheld` is set for unnamed voices only.
    """

    id: str
    name: str
    type: VoiceType
    roles: Spans
    mentions: Spans
    score: float
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody, some body, some place or thing that a document talks about, once.

    `name` is the fullest that the document gives, without titles; of one that is only described the
    description that judges least, or the commonest of several such. `names` are all that it is called by name, the
    commonest first; `mentions` all places where it is named or meant. `score` is how sure its names are. `voice` is the
    id of the voice that it is, if it speaks by itself.
    """

    id: str
    name: str
    type: EntityType
    names: tuple[str, ...]
    mentions: Spans
    score: float
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What an entity is called at one place: a description, a name with what is said of it ("brutal Khadrin"), or a
    name that is not just a shorter form of the entity's.

    `head` is the word that the rest of `span` leans on: a noun, or the name itself. `loaded` says whether the words
    judge the entity, `score` is the probability of that. `attribution` is the innermost attribution whose content holds
    the label, `voice` whose that is. Both are None where the report says it in its own voice; so it does in the words
    that name a source, unless another content holds those. `voice` alone is None where the content is given to nobody.
    """

    entity: str
    voice: str | None
    span: Span
    head: Span
    loaded: bool
    score: float
    attribution: str | None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and what it stands for.

    `value` is that of a TIMEX3 in TimeML, an extension of ISO 8601: "2031-05-24", "2031-W20", "2031-05-24TNI", "P11D",
    "XXXX-05-24" where the year is not told, "PRESENT_REF"; None where it has none. `reason` says in words why there is
    none, what it was counted from, or what was taken where it can be read in two ways. `score` is how sure span and
    value are. `attribution` is the id of the innermost attribution in whose content it stands, None for narration.
    """

    span: Span
    type: TimeType
    value: str | None
    score: float
    reason: str | None = None
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the text names, on the map where a gazetteer has it.

    `name` is the gazetteer's where it is located, and the words otherwise; `feature` says what it is on the map
    ("country", "province", "town" …), None where it is not located. `country` is an ISO 3166-1 alpha-2 code,
    `lat` and `lon` degrees north and east: of a town its middle, of a country or province a rough centre; None where it
    is not located, and `reason` says why, as it says what spoke for the place otherwise. `score` is the probability
    that the location is right. `entity` and `attribution` are the ids of what is named and of who vouches for it.
    """

    span: Span
    name: str
    score: float
    entity: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    reason: str | None = None
    attribution: str | None = None
    feature: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many or how much the text says at one place.

    `span` holds the number with its unit and the words that bound it. `low` and `high` are the ends of what the words
    allow, both included, None where they leave an end open; both are None, with a `reason`, where the number cannot be
    kept. `approximate` says that the ends are soft. `unit` is "person", an ISO 4217 currency, "percent", a measure
    ("kilometre"), or None for a plain count. `of` is what is counted, in the text's words ("children"), or, without a
    noun, what befell them ("killed"); `fate` is the latter also where there is a noun. `score` is the probability that
    value and unit are right; `attribution` the id of the one that vouches for it, None for narration.
    """

    span: Span
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    of: str | None
    score: float
    reason: str | None = None
    attribution: str | None = None
    fate: str | None = None
