"""Who and what a document talks about: its names gathered, the voices among them, and those it only describes."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import regex

from sayso.grounding.nations import is_nation, nation_of
from sayso.names import Named, all_capitals
from sayso.types import Entity, EntityType, Span, Spans, Voice
from sayso.voices.bearers import Bearer
from sayso.voices.lexicon import FUNCTION_WORDS, PRONOUNS
from sayso.voices.marks import Marks
from sayso.voices.naming import name as called
from sayso.voices.speakers import Speaker
from sayso.voices.voiced import Company

_WORDS = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
_EVENTS, _WORKS, _BODIES = (frozenset(_WORDS["types"][sort]) for sort in ("event", "work", "body"))
_BEFORE, _BEHIND = (frozenset(_WORDS["phrases"][place]) for place in ("before_nation", "behind_nation"))
_TYPES: dict[str, EntityType] = {
    "person": "PERSON", "organisation": "ORG", "place": "PLACE", "people": "PEOPLE", "thing": "THING",
}  # fmt: skip
_OPENING = "“‘\"'«„"
_UNTOLD = PRONOUNS | frozenset(_WORDS["types"]["untold"])
_ABBREVIATION = regex.compile(r"(?<![\p{L}\p{N}.-])\p{Lu}{3,7}(?![\p{L}\p{N}-])")
_MISSED = 0.5
_DESCRIBED = 0.7
"""The score of an entity that no name in the text stands for."""


@dataclass(slots=True, eq=False)
class Draft:
    """An entity while it is being put together: `named` are the places of its names, `described` those of its
    descriptions; `titles` what it may be called where it has no name, and how much each judges."""

    type: EntityType
    name: str = ""
    voice: str | None = None
    named: list[Named] = field(default_factory=list)
    described: list[Span] = field(default_factory=list)
    titles: list[tuple[str, float]] = field(default_factory=list)
    speaker: Speaker | None = None


class Register:
    """The entities of a document, to be asked for by a name, a speaker, or by the nation whose state or whose people
    they are."""

    def __init__(self, text: str, company: Company, voices: Sequence[Voice]) -> None:
        self.text = text
        self.all: list[Draft] = []
        self._by_name: dict[Named, Draft] = {}
        self._by_words: dict[tuple[str, ...], Draft] = {}
        self._voices_at: dict[int, Draft] = {}
        speaking = {id(who[0]): voice for who, voice in zip(company.behind, voices, strict=True) if len(who) == 1}
        names = [name for speaker in company.cast.all if speaker.bearer is not None for name in speaker.bearer.names]
        self._shortest = {name.start: name for name in sorted(names, reverse=True)}
        for speaker in company.cast.all:
            self._enter(speaker, speaking.get(id(speaker)))

    def of_name(self, name: Named) -> Draft | None:
        """The entity that a name stands for; None for a word that only qualifies ("Lyth-led")."""
        return self._by_name.get(name)

    def with_missed(self, marks: Marks) -> Marks:
        """The marks with the abbreviations of bodies that the namer knew in one place and passed over in another."""
        known = {self.text[n.start : n.end]: draft for draft in self.all if draft.type == "ORG" for n in draft.named}
        edges = {at for n in marks.names for at in (n.start, n.end)}
        missed = []
        for short in _ABBREVIATION.finditer(self.text):
            draft = known.get(short.group())
            if draft is None or short.start() in edges or short.end() in edges:
                continue
            if not all_capitals(self.text, short.start()):
                name = Named(short.start(), short.end(), "organisation", _MISSED)
                missed.append(name)
                draft.named.append(name)
                self._by_name[name] = draft
        return Marks(self.text, sorted([*marks.names, *missed]), marks.phrases) if missed else marks

    def state(self, nation: str, place: Span) -> Draft:
        """The government of a nation, which a description at a place means: a government, a regime or a state."""
        return self._described(("state", nation), "ORG", place)

    def group(self, nation: str, head: str, place: Span) -> Draft:
        """People of a nation whom a description at a place calls by one noun ("Lythian settlers")."""
        return self._described(("group", nation, head), "GROUP", place)

    def is_described(self, draft: Draft, place: Span) -> None:
        """An entity is meant by a description: if that is a voice's, it is that voice. A person's it cannot be, who was
        taken up by what many are called."""
        voice = self._voices_at.get(place.end)
        if voice is not None and voice is not draft and voice.type != "PERSON":
            draft.voice = draft.voice or voice.voice
            draft.described += voice.described
            voice.described.clear()

    def entities(self) -> tuple[tuple[Entity, ...], dict[int, str]]:
        """The entities in the order of their first mention, and the id of each by the `id()` of its draft."""
        drafts = [(mentions, draft) for draft in self.all if (mentions := _mentions(draft))]
        drafts.sort(key=lambda pair: pair[0][0])
        ids = {id(draft): f"e{number}" for number, (_, draft) in enumerate(drafts, 1)}
        return tuple(self._entity(ids[id(draft)], draft, mentions) for mentions, draft in drafts), ids

    def _entity(self, name: str, draft: Draft, mentions: Spans) -> Entity:
        names = Counter(" ".join(self.text[n.start : n.end].split()) for n in draft.named)
        score = sum(n.score for n in draft.named) / len(draft.named) if draft.named else _DESCRIBED
        return Entity(
            name, draft.name or _plainest(draft.titles), draft.type, tuple(n for n, _ in names.most_common()),
            mentions, round(min(1.0, score), 3), draft.voice,
        )  # fmt: skip

    def _enter(self, speaker: Speaker, voice: Voice | None) -> None:
        if speaker.kind == "author" or (speaker.bearer is None and voice is None):
            return
        draft = None
        if speaker.bearer is not None and not self._is_described_by_owner(speaker.bearer):
            names = [n for n in speaker.bearer.names if self._is_name(n, speaker.kind)]
            if not names:
                return
            if speaker.kind == "people":
                draft = self._nation(names)
            else:
                title = speaker.bearer.text(self.text)
                sort = _spoken_type(voice) or self._type(speaker, title, names[0])
                draft = Draft(sort, title, speaker=speaker)
                self.all.append(draft)
            draft.named += _whole(self.text, names)
            self._by_name |= dict.fromkeys(names, draft)
        elif voice is not None and not _is_nobody(called(self.text, speaker)):
            draft = Draft(_type_of(voice, speaker), called(self.text, speaker), speaker=speaker)
            self.all.append(draft)
            self._voices_at |= dict.fromkeys((place.end for place in speaker.places), draft)
        if draft is not None and voice is not None:
            draft.voice = voice.id
            draft.described += speaker.places

    def _is_described_by_owner(self, bearer: Bearer) -> bool:
        """Whether it goes by another's name and a word behind it ("the Lyth government"): a description, then."""
        return all(self._shortest[name.start].end < name.end for name in bearer.names)

    def _is_name(self, name: Named, kind: str) -> bool:
        """Whether it names anybody: not "Wednesday", and of words for nations not "Lyth-led"."""
        if kind == "people":
            return _is_nation(self.text, name)
        return self.text[name.start : name.end].lower() not in FUNCTION_WORDS

    def _nation(self, names: Sequence[Named]) -> Draft:
        """The people that a demonym names already in its other form ("Lythian", "Lythians")."""
        key = ("people", nation_of(self.text[names[0].start : names[0].end], by_epithet=False))
        draft = self._by_words.get(key)
        if draft is None:
            draft = Draft("PEOPLE", " ".join(self.text[names[0].start : names[0].end].split()))
            self._by_words[key] = draft
            self.all.append(draft)
        return draft

    def _described(self, key: tuple[str, ...], sort: EntityType, place: Span) -> Draft:
        """The entity of that key, which takes in the voice that is described at the place."""
        draft = self._by_words.get(key)
        if draft is None:
            draft = Draft(sort)
            self._by_words[key] = draft
            self.all.append(draft)
        self.is_described(draft, place)
        draft.described.append(place)
        return draft

    def _type(self, speaker: Speaker, title: str, first: Named) -> EntityType:
        last = title.rsplit(maxsplit=1)[-1].lower() if title else ""
        several = " " in title
        if speaker.kind == "thing" or (speaker.kind != "person" and several and last in _EVENTS):
            if last in _EVENTS:
                return "EVENT"
            if last in _WORKS or self.text[max(0, first.start - 1) : first.start] in tuple(_OPENING):
                return "WORK"
        if speaker.kind in ("person", "thing", "place") and several and last in _BODIES:
            return "ORG"
        return _TYPES[speaker.kind]


def _is_nation(text: str, name: Named) -> bool:
    """Whether a word for a nation names it: "anti-Lythian", "Lyth-led" and "Lythian-Marish" do not."""
    parts = text[name.start : name.end].lower().replace("‐", "-").split("-")
    return len(parts) == 1 or not (parts[0] in _BEFORE or parts[-1] in _BEHIND or all(map(is_nation, parts)))


def _whole(text: str, names: Sequence[Named]) -> list[Named]:
    """The names, those of one entity that only a blank parts made one."""
    found: list[Named] = []
    for name in names:
        if found and name.start - found[-1].end <= 1 and text[found[-1].end : name.start].isspace():
            name = Named(found.pop().start, name.end, name.kind, name.score)
        found.append(name)
    return found


def _is_nobody(description: str) -> bool:
    """Whether a description says nothing of whom it means ("others", "they")."""
    return {w.rstrip("s") for w in description.lower().split()} <= _UNTOLD


def _spoken_type(voice: Voice | None) -> EntityType | None:
    """What a name is if an outlet goes by it, whatever it was marked as."""
    return "ORG" if voice is not None and voice.type == "outlet" else None


def _type_of(voice: Voice, speaker: Speaker) -> EntityType:
    if voice.type in ("organisation", "outlet"):
        return "ORG"
    if voice.type == "document":
        return "WORK"
    number = voice.withheld.number if voice.withheld else None
    return "GROUP" if voice.type == "group" or speaker.plural or (number or 1) > 1 else "PERSON"


def _plainest(titles: Iterable[tuple[str, float]]) -> str:
    """Of the titles that judge least the one given most often, or first."""
    counts = Counter(titles)
    return min(counts, key=lambda title: (title[1], -counts[title]), default=("", 0.0))[0]


def _mentions(draft: Draft) -> Spans:
    """Where it is named, and where it is described without its name, in order. Of two that overlap the first."""
    names = [Span(n.start, n.end) for n in draft.named]
    starts = sorted(span.start for span in names)
    apart = (span for span in draft.described if bisect_left(starts, span.start) == bisect_left(starts, span.end))
    found: list[Span] = []
    for span in sorted({*names, *apart}):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return tuple(found)
