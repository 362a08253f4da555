"""The places where a document calls somebody something, read from the words around names.

"Shiite militia NAME", "brutal NAME", "the NAME movement", "NAME, an armed group,", "NAME is a …", "branded NAME a …",
"the port of NAME"; "the Lythian regime" and "Lythian settlers", which have no name; and descriptions such as "the
group", which `meant` gives to somebody where that is safe. What none of these forms fits is left alone: a label on the
wrong entity is worse than none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import regex

from sayso.grounding.entities import Draft, Register
from sayso.grounding.labels.loaded import classifies, knows, probability
from sayso.grounding.labels.meant import Meant
from sayso.grounding.labels.words import (
    BODY,
    BODY_BEHIND,
    COURTESY,
    GENERAL,
    MEDIA_BEHIND,
    NO_PERSON,
    PERSONS,
    PLACE,
    PLACE_BEHIND,
    PLACE_OF,
    STATE,
    STATE_BEHIND_PLACE,
)
from sayso.grounding.nations import is_epithet, is_nation, nation_of
from sayso.grounding.phrases import NounPhrase, Word, words_of
from sayso.names import Named
from sayso.types import Span
from sayso.voices.lexicon import ARTICLES, PREPOSITIONS, lexicon

_GOES_ON = regex.compile(
    r"\s*(?:[,.;:)–—]|\n|$)|\s(?:that|which|who|whose|of|in|from|based|led|founded|backed|behind|controlling|known|run"
    r"|representing|linked|affiliated|allied)\b"
)
_CLOSED = regex.compile(r"\s?[,.;)–—]")
_APPOSED = regex.compile(r"\.?\s?\)?(?:,|\s[–—-]|\s?\()\s[“\"‘']?")
_IS = regex.compile(
    r"\s(?:(?:has|have)\s(?:always\s)?been|is|was|are|were|remains?|remained|became|become)\s(?:(?:now|still|also|itself"
    r"|simply|nothing\smore\sthan|nothing\sbut|just)\s)?[“\"‘']?"
)
_NAMING = regex.compile(
    r"\b(?:(?P<bare>call|brand|label|labell|dubb?|term|deem|declar|designat|proclaim|nam|consider)(?:s|es|ed|ing|e)?"
    r"|(?:describ|denounc|condemn|portray|paint|hail|prais|regard|depict|view|see|dismiss|brand|label|designat|castigat"
    r"|lambast|characteri[sz]|celebrat|salut)(?:s|es|ed|ing|e|n)?|saw|seen|refer(?:s|red|ring)?\sto)\s(?:the\s)?$"
)
_AS = regex.compile(r"\s(?P<as>as\s)?[“\"‘']?")
_OF = regex.compile(r"\sof\s(?:the\s)?")
_WORD_BEFORE = regex.compile(r"(\p{L}+),?\s(?:the\s|an?\s)?[“\"‘'(]{0,2}$")
_CLOSING = {"“": "”", "‘": "’", '"': '"'}
_REACH = 40
_LONGEST = 30
"""A phrase of more words is a list."""
_BEHIND = 1000
"""So far behind a name what is said of it is looked for, in code points, with all that it owns."""


class Call(NamedTuple):
    """Somebody is called something: who, the words and the one that the rest leans on, the words that may judge, and
    whether it is said of somebody's calling (so that the report itself does not say it)."""

    draft: Draft
    span: Span
    head: Span
    told: tuple[str, ...]
    reported: bool = False


def calls(register: Register, phrases: Iterable[NounPhrase], meant: Meant) -> Iterator[Call]:
    """Every call in the document, in the order of its phrases. Descriptions without a name become mentions of what they
    mean. Takes time in proportion to the phrases, and keeps few of them at a time."""
    before: NounPhrase | None = None
    for phrase, by_start in _with_those_behind(phrases):
        if len(phrase.words) <= _LONGEST:
            for call in _calls(register, before, phrase, by_start, meant):
                meant.note(call.draft, call.head, call.told)
                yield call
        before = phrase


def _with_those_behind(phrases: Iterable[NounPhrase]) -> Iterator[tuple[NounPhrase, dict[int, NounPhrase]]]:
    """Each phrase, and those that begin near behind it, by where they begin."""
    waiting: deque[NounPhrase] = deque()
    by_start: dict[int, NounPhrase] = {}
    for coming in chain(phrases, [None]):
        while waiting and (coming is None or coming.begins > waiting[0].end + _BEHIND):
            phrase = waiting.popleft()
            del by_start[phrase.begins]
            yield phrase, by_start
        if coming is not None:
            waiting.append(coming)
            by_start[coming.begins] = coming


def _calls(
    register: Register, before: NounPhrase | None, phrase: NounPhrase, by_start: dict[int, NounPhrase], meant: Meant
) -> Iterator[Call]:
    if not phrase.names:
        yield from _without_name(register, phrase, meant)
        return
    name = phrase.names[-1]
    draft = register.of_name(name)
    behind = phrase.behind(name)
    if behind:
        yield from _leading(register, phrase, name, draft, behind)
        return
    if draft is None:
        return
    yield from _before_name(register.text, phrase, name, draft)
    if before is not None:
        yield from _with_of(register, before, phrase, name, draft)
        yield from _apposed_to(register, before, phrase, draft)
    yield from _behind_name(register.text, phrase, draft, by_start)


def _before_name(text: str, phrase: NounPhrase, name: Named, draft: Draft) -> Iterator[Call]:
    """ "Shiite militia NAME", "Brigadier General NAME"; "brutal NAME", of known words only."""
    words = phrase.before(name)
    if words and not text[words[-1].end : name.start].isspace():
        return
    if draft.type == "PERSON":
        words = tuple(w for w in words if w.lower not in COURTESY)
        if not words or any(n.kind == "person" for n in phrase.names[:-1]):
            return
        if all(_judges(text, w) for w in words):
            yield _with_name(name, draft, words)  # "brutal Varrin"
        elif describes(words[-1].lower):
            yield _call(draft, phrase, words)
    elif words and _may_be(draft, words[-1].lower):
        if text[words[-1].start].islower():  # "PORT AUREL" is a name
            yield _call(draft, phrase, words)
    elif words and all(_is_adjective(text, phrase, w) for w in words) and any(text[w.start].islower() for w in words):
        yield _with_name(name, draft, words)


def _with_name(name: Named, draft: Draft, words: Sequence[Word]) -> Call:
    """Adjectives and the name that they lean on."""
    return Call(draft, Span(words[0].start, name.end), Span(name.start, name.end), tuple(w.lower for w in words))


def _judges(text: str, word: Word) -> bool:
    return text[word.start].islower() and probability((word.lower,)) > 0.5


def describes(head: str) -> bool:
    """Whether a noun before or behind a person's name may say who that is: it is no time and no part of the name."""
    return head not in NO_PERSON and head not in lexicon().first_names


def _leading(
    register: Register, phrase: NounPhrase, name: Named, draft: Draft | None, behind: tuple[Word, ...]
) -> Iterator[Call]:
    """A name that leads up to a noun: "the NAME movement", "the Lythian regime", "Lythian settlers"."""
    head = phrase.head.lower
    text = register.text
    nation = _nation(text, phrase, name)
    people = name.kind == "people" and (draft is None or draft.type == "PEOPLE")
    if head in STATE and nation is not None and (people or head in STATE_BEHIND_PLACE):
        if _all_known(behind):
            yield _described(register, register.state(nation, phrase.span), phrase, name)
    elif people and draft is not None and head in ("people", "nation", "public"):
        yield _call(draft, phrase, phrase.words)
    elif people and (head in PERSONS or (phrase.several and head.endswith("s"))):
        of = nation_of(text[name.start : name.end])
        yield _described(register, register.group(of, head, phrase.span), phrase, name)
    elif draft is None or phrase.reference == "indefinite":
        return
    elif draft.type == "ORG" and head in BODY_BEHIND and (head not in MEDIA_BEHIND or behind[0].lower == "news"):
        yield _call(draft, phrase, phrase.words if _all_known(phrase.before(name)) else behind)
    elif _means_itself(draft, head, behind):
        yield _call(draft, phrase, (*_first(phrase, name), *behind))


def _means_itself(draft: Draft, head: str, behind: Sequence[Word]) -> bool:
    """Whether a name with this noun is still called: "NAME province"; "NAME thugs", who are that body's people."""
    if draft.type == "PLACE":
        return head in PLACE_BEHIND and len(behind) == 1
    return draft.type == "ORG" and head in PERSONS and probability((head,)) > 0.5


def _without_name(register: Register, phrase: NounPhrase, meant: Meant) -> Iterator[Call]:
    """ "the Zionist regime", whose adjective is no name; "the group"."""
    head = phrase.head.lower
    if head in STATE:
        nation = next((w for w in phrase.words[:-1] if is_nation(w.lower)), None)
        if nation is not None:
            yield _described(register, register.state(nation_of(nation.lower), phrase.span), phrase, nation)
            return
    if phrase.reference == "definite" and head in BODY | STATE:
        draft = meant.by(phrase)
        if draft is not None:
            draft.described.append(phrase.span)
            yield _call(draft, phrase, phrase.words)


def _with_of(register: Register, before: NounPhrase, phrase: NounPhrase, name: Named, draft: Draft) -> Iterator[Call]:
    """ "the port of NAME"; "the government of NAME", which is another's name."""
    if draft.type != "PLACE" or phrase.start != name.start:
        return
    if not _OF.fullmatch(register.text, before.end, phrase.start):
        return
    head = before.head.lower
    if head in STATE_BEHIND_PLACE and is_nation(register.text[name.start : name.end]):
        span = Span(before.start, name.end)
        state = register.state(nation_of(register.text[name.start : name.end]), span)
        told = tuple(w.lower for w in before.words)
        state.titles.append((" ".join(register.text[before.head.start : name.end].split()), probability(told)))
        yield Call(state, span, Span(before.head.start, before.head.end), told)
    elif head in PLACE_OF:
        yield _call(draft, before, before.words)


def _apposed_to(register: Register, before: NounPhrase, phrase: NounPhrase, draft: Draft) -> Iterator[Call]:
    """ "their gang, the NAME," """
    text = register.text
    apposed = text[before.end : phrase.begins] == ", " and _CLOSED.match(text, phrase.end)
    described = before.reference != "bare" and not before.names and before.head.lower in GENERAL
    if apposed and described and draft.type == "ORG":
        register.is_described(draft, before.span)
        yield _call(draft, before, before.words)


def _behind_name(text: str, phrase: NounPhrase, draft: Draft, by_start: dict[int, NounPhrase]) -> Iterator[Call]:
    """Appositions, "NAME is a …", "branded NAME a …"."""
    apposed = _APPOSED.match(text, phrase.end)
    if apposed and (other := _next(by_start, apposed.end())) is not None:
        # "warned the Front, the group said": what has no word of its own may begin a clause
        says_more = other.reference == "indefinite" or len(other.words) > 1
        if says_more and draft.type != "PERSON" and _fits(text, draft, other):
            yield _call(draft, other, other.words)
            return
    named = _NAMING.search(text, max(0, phrase.begins - _REACH), phrase.start)
    if named:
        link = _AS.match(text, phrase.end)
        other = _next(by_start, link.end()) if link and (link.group("as") or named.group("bare")) else None
        if other is not None and other.reference in ("indefinite", "definite"):
            yield _quoted(text, _call(draft, other, other.words), other)._replace(reported=True)
        return
    copula = _IS.match(text, phrase.end)
    if copula and (other := _next(by_start, copula.end())) is not None and _is_subject(text, phrase):
        fits = draft.type == "PERSON" and not other.several and other.head.lower not in PLACE | BODY
        if other.reference == "indefinite" and (fits or _may_be(draft, other.head.lower)):
            yield _call(draft, other, other.words)


def _quoted(text: str, call: Call, phrase: NounPhrase) -> Call:
    """A call in quotation marks with all that stands in them: “a postman for foreign killers”."""
    opening = text[phrase.begins - 1 : phrase.begins]
    closing = text.find(_CLOSING[opening], phrase.end, phrase.end + _REACH) if opening in _CLOSING else -1
    words = words_of(text, call.span.start, closing) if closing > 0 else []
    if not words or "\n" in text[call.span.start : closing]:
        return call
    return call._replace(span=Span(words[0].start, words[-1].end), told=judging(text, words))


def judging(text: str, words: Sequence[Word]) -> tuple[str, ...]:
    """Of the words of a longer description those that may judge: no names, which have capitals."""
    return tuple(w.lower for i, w in enumerate(words) if not i or text[w.start].islower())


def _next(by_start: dict[int, NounPhrase], at: int) -> NounPhrase | None:
    """The phrase that begins there with all that it owns ("the people’s army"), if it is a description."""
    other = by_start.get(at)
    while other is not None and (owned := by_start.get(other.owns_at)) is not None and owned.reference == "owned":
        other = other.with_owned(owned)
    return other if other is not None and other.behind_all_names() else None


def _fits(text: str, draft: Draft, other: NounPhrase) -> bool:
    """Whether a phrase behind a name may say what that is: of the same sort, and no clause of its own."""
    return (
        other.reference in ("indefinite", "definite")
        and _may_be(draft, other.head.lower)
        and _GOES_ON.match(text, other.end) is not None
    )


def _is_subject(text: str, phrase: NounPhrase) -> bool:
    """Whether nothing before the name makes it part of something else ("the leader of NAME is a …")."""
    before = _WORD_BEFORE.search(text, max(0, phrase.begins - _REACH), phrase.begins)
    return before is None or before.group(1).lower() not in PREPOSITIONS | {"and", "or"}


def _may_be(draft: Draft, head: str) -> bool:
    """Whether an entity of this type may be called by this noun."""
    if draft.type == "ORG":
        return head in BODY
    return head in PLACE if draft.type == "PLACE" else False


def _nation(text: str, phrase: NounPhrase, name: Named) -> str | None:
    """The nation that the names before a noun tell: by its people's name, its own, or its capital's."""
    if name.kind == "people":
        word = text[name.start : name.end]
        return nation_of(word) if is_nation(word) or not classifies(word.lower()) else None  # "Communist" is no nation
    for start in (name.start, phrase.names[0].start):
        words = text[start : name.end]
        if is_nation(words):
            return nation_of(words)
    return None


def _is_adjective(text: str, phrase: NounPhrase, word: Word) -> bool:
    """Whether a word before a name says something of it; with a capital only what tells its nation or sort."""
    if any(n.kind == "people" and n.start <= word.start < n.end for n in phrase.names):
        return True
    return knows(word.lower) if text[word.start].islower() else classifies(word.lower)


def _all_known(words: Sequence[Word]) -> bool:
    return all(knows(w.lower) for w in words)


def _first(phrase: NounPhrase, name: Named) -> tuple[Word, ...]:
    return tuple(w for w in phrase.words if name.start <= w.start < name.end)


def _described(register: Register, draft: Draft, phrase: NounPhrase, nation: Named | Word) -> Call:
    """The phrase as a description of somebody without a name; what it may go by is that without what stands before the
    nation."""
    title = register.text[nation.start : phrase.end]
    epithet = is_epithet(register.text[nation.start : nation.end])
    told = tuple(w.lower for w in phrase.words if w.start >= nation.end)
    draft.titles.append((" ".join(title.split()), probability(told) + epithet))
    return _call(draft, phrase, phrase.words)


def _call(draft: Draft, phrase: NounPhrase, words: Sequence[Word]) -> Call:
    """Somebody is called these words of a phrase; names among them do not judge."""
    told = tuple(
        w.lower for w in words if not any(n.start <= w.start < n.end for n in phrase.names) and w.lower not in ARTICLES
    )
    return Call(draft, Span(words[0].start, words[-1].end), Span(words[-1].start, words[-1].end), told)
