"""Noun phrases as labels need them: whole, cut where one owns the next, without their determiners, with the names in
them. The namer's phrases may end too early ("the Lythian" | "regime"); neighbours are put together here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from importlib.resources import files
from typing import Literal, NamedTuple

import regex

from sayso.names import Named
from sayso.types import Span
from sayso.voices.marks import WORD, Marks

_WORDS = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
_DETERMINERS = frozenset(_WORDS["phrases"]["determiners"])
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_OWNER = regex.compile(r"(?:['’]s|(?<=s)['’])(?=\s)|\n+")
_FIRST = regex.compile(r"\p{L}+")
_LONGEST = 150
"""A phrase is never longer, in code points: what is put together of more is a list."""

Reference = Literal["definite", "indefinite", "bare", "owned"]


class Word(NamedTuple):
    """A word at a place, and in lower case."""

    start: int
    end: int
    lower: str


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun phrase from its first word that is no determiner to its last: `words`, and the `names` among them.
    `begins` is where its determiner stands, or itself. `reference` tells how it is introduced: "the", "a", nothing, an
    owner. `several` is whether the namer takes it for persons."""

    begins: int
    words: tuple[Word, ...]
    names: tuple[Named, ...]
    reference: Reference
    several: bool

    @property
    def start(self) -> int:
        """Where its first word begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.words[-1].end

    @property
    def head(self) -> Word:
        """The word that the others lean on."""
        return self.words[-1]

    @property
    def span(self) -> Span:
        """All of its words."""
        return Span(self.start, self.end)

    @property
    def owns_at(self) -> int:
        """Where what it owns would begin, behind the mark and a blank."""
        return self.end + 3

    def with_owned(self, other: NounPhrase) -> NounPhrase:
        """It and what it owns as one phrase."""
        return replace(self, words=self.words + other.words, names=self.names + other.names, several=other.several)

    def behind_all_names(self) -> bool:
        """Whether its last word is in no name: it describes."""
        return not self.names or self.names[-1].end < self.end

    def before(self, name: Named) -> tuple[Word, ...]:
        """Its words before a name in it."""
        return tuple(w for w in self.words if w.end <= name.start)

    def behind(self, name: Named) -> tuple[Word, ...]:
        """Its words behind a name in it."""
        return tuple(w for w in self.words if w.start >= name.end)


def noun_phrases(marks: Marks) -> Iterator[NounPhrase]:
    """The noun phrases of a document in text order, every name in one of them. Takes time in proportion to the phrases
    and names."""
    names = marks.names
    at = 0
    for start, end, several in _joined(marks.text, merge(marks.phrases, names)):
        while at < len(names) and names[at].end <= start:
            at += 1
        inside = []
        while at < len(names) and names[at].end <= end:
            inside.append(names[at])
            at += 1
        yield from _cut(marks.text, start, end, inside, several)


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`."""
    return [Word(m.start(), m.end(), m.group().lower().replace("’", "'")) for m in WORD.finditer(text, start, end)]


def _joined(text: str, marked: Iterable[Named]) -> Iterator[tuple[int, int, bool]]:
    """Stretches of phrases and names that overlap or stand next to each other."""
    start = end = -1
    several = False
    for item in marked:
        goes_on = item.start <= end or (
            item.start == end + 1 and text[end] in " -" and item.end - start <= _LONGEST and not _begins_one(text, item)
        )
        if start >= 0 and goes_on:
            if item.end >= end:
                several = item.kind == "people" and item.end > start
            end = max(end, item.end)
            continue
        if start >= 0:
            yield start, end, several
        start, end, several = item.start, item.end, item.kind == "people"
    if start >= 0:
        yield start, end, several


def _begins_one(text: str, item: Named) -> bool:
    """Whether a phrase begins with a determiner: it is one by itself."""
    first = _FIRST.match(text, item.start, item.end)
    return first is not None and first.group().lower() in _DETERMINERS


def _cut(text: str, start: int, end: int, names: Sequence[Named], several: bool) -> Iterator[NounPhrase]:
    """The stretch as phrases: "the town’s mayor" is "the town" and "mayor"; a line never goes on in the next."""
    first, owned = start, False
    for cut in [*_OWNER.finditer(text, start, end), None]:
        last = cut.start() if cut else end
        phrase = _phrase(text, first, last, names, owned, several and cut is None)
        if phrase is not None:
            yield phrase
        if cut:
            first, owned = cut.end(), text[cut.start()] != "\n"


def _phrase(text: str, start: int, end: int, names: Sequence[Named], owned: bool, several: bool) -> NounPhrase | None:
    words = words_of(text, start, end)
    if not words:
        return None
    begins, first = words[0].start, words[0].lower
    skipped = 0
    while skipped < len(words) - 1 and (words[skipped].lower in _DETERMINERS or words[skipped].lower.isdigit()):
        skipped += 1
    inside = tuple(n for n in names if start <= n.start and n.end <= end)
    if inside and words[skipped].start > inside[0].start:
        skipped = 0  # "One Nation" begins with no number
    reference: Reference = "bare"
    if owned:
        reference = "owned"
    elif first in _DEFINITE:
        reference = "definite"
    elif skipped:
        reference = "indefinite"
    return NounPhrase(begins, tuple(words[skipped:]), inside, reference, several)
