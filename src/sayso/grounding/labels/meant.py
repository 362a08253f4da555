"""Whom "the group" means, where that is safe to say: somebody called so before, and nobody else was; or the only body
that the sentence has named."""

from __future__ import annotations

from collections import defaultdict

import regex

from sayso.grounding.entities import Draft, Register
from sayso.grounding.labels.words import GENERAL, OFFICIAL
from sayso.grounding.phrases import NounPhrase
from sayso.types import Span
from sayso.voices.lexicon import lexicon
from sayso.voices.marks import Marks
from sayso.voices.speakers import Scene

_CLAUSE = regex.compile(r"[,:;][”’\"']?\s$")  # "It warned the Front, the group said": somebody else
_REACH, _NEAR = 4000, 600
"""How far back what somebody was called is remembered, and how far a sentence is looked through, in code points."""
_MOST = 8
"""So many who were called by one word are remembered, the last ones: of more nobody could tell which is meant."""

_Called = dict[int, tuple[Draft, int]]
"""Who was called by a word, and where last; in the order of that."""


class Meant:
    """What everybody was called so far, to be asked whom a description means."""

    def __init__(self, register: Register, marks: Marks, scene: Scene) -> None:
        self._register = register
        self._marks = marks
        self._scene = scene
        self._heads: dict[str, _Called] = defaultdict(dict)
        self._told: dict[str, _Called] = defaultdict(dict)

    def note(self, draft: Draft, head: Span, told: tuple[str, ...]) -> None:
        """Somebody is called by these words."""
        for word in told:
            _remember(self._told[word], draft, head.start)
        _remember(self._heads[self._register.text[slice(*head)].lower()], draft, head.start)

    def by(self, phrase: NounPhrase) -> Draft | None:
        """Who is meant by "the", words and a noun: the only one so called before; else the only body of the sentence,
        if the noun fits any. None where two may be meant."""
        words = [w.lower for w in phrase.words[:-1]]
        known = [recent for w in words if (recent := _recent(self._told[w], phrase.begins))]
        if known:
            common = set.intersection(*map(set, known))
            return known[0][common.pop()] if len(common) == 1 else None
        head = phrase.head.lower
        called = _recent(self._heads[head], phrase.begins)
        if called and not words:
            return next(iter(called.values())) if len(called) == 1 else None
        begins_clause = _CLAUSE.search(self._register.text, max(0, phrase.begins - 4), phrase.begins)
        return self._only_body(phrase.begins) if head in GENERAL and not begins_clause else None

    def _only_body(self, at: int) -> Draft | None:
        start = max(self._scene.sentence_start(at), at - _NEAR)
        found: dict[int, Draft] = {}
        for name in self._marks.names_in(start, at):
            draft = self._register.of_name(name)
            if draft is not None and draft.type == "ORG" and not _is_official(draft):
                found[id(draft)] = draft
        return next(iter(found.values())) if len(found) == 1 else None


def _remember(called: _Called, draft: Draft, at: int) -> None:
    called.pop(id(draft), None)
    called[id(draft)] = draft, at
    if len(called) > _MOST:
        del called[next(iter(called))]


def _recent(called: _Called, at: int) -> dict[int, Draft]:
    return {key: draft for key, (draft, place) in called.items() if place > at - _REACH}


def _is_official(draft: Draft) -> bool:
    """Whether the name says by itself what sort of body it is, which is no "group"; outlets are none either."""
    last = draft.name.split()[-1].lower() if draft.name else ""
    return last in OFFICIAL or lexicon().is_outlet(draft.name)
