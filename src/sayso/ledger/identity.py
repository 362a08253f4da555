"""By what a voice or an entity of one document is recognised in another: plain rules, each with how sure it is.

| rule | who | score |
|---|---|---|
| full name | a person with two names or more; a surname alone, or an initial for a first name, never | 0.95 |
| outlet | an outlet of that name | 0.95 |
| place on the map | a place of that name in the country where a gazetteer has it | 0.9 |
| name of a body | an organisation of that name | 0.9 |
| name of a people | a nation, a faith, a party's followers | 0.9 |
| name | an event, a work, a thing whose name has two words or more | 0.8 |
| name of a place | a place of that name, wherever it is | 0.6 |
| name that others bear | a body or an outlet whose name says only what it is ("Defence Ministry", "Tribune") | 0.5 |

Nobody else is ever recognised: not the unnamed, not groups ("residents"), not texts, not "the council". Names are the
same whatever their case, accents, apostrophes, hyphens and article, in British and American spelling. The scores are
judgements, not measured.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from sayso.reading import Reading
from sayso.types import Entity, Voice
from sayso.voices.lexicon import FUNCTION_WORDS, lexicon

_WORD = regex.compile(r"[\p{L}\p{N}]+")
_MARKS = regex.compile(r"\p{Mn}+")
_CAPITAL = regex.compile(r"\p{Lu}")
_LONGEST = 200  # code points of a name that anybody is recognised by
_SCORES = {
    "full name": 0.95,
    "outlet": 0.95,
    "place on the map": 0.9,
    "name of a body": 0.9,
    "name of a people": 0.9,
    "name": 0.8,
    "name of a place": 0.6,
    "name that others bear": 0.5,
}
_BRITISH = {"center": "centre", "defense": "defence", "labor": "labour", "organization": "organisation"}
KINDS = ("person", "body", "place", "people", "event", "work", "thing")
"""What the key of an identity begins with."""

_THINGS = {"EVENT": "event", "WORK": "work", "THING": "thing"}


class Identity(NamedTuple):
    """`key` is the same wherever the same one is met ("person:ilse tamarind"); `rule` is by what it is recognised."""

    key: str
    rule: str

    @property
    def score(self) -> float:
        """How sure it is that two of this key are one."""
        return _SCORES[self.rule]


@lru_cache(maxsize=4096)  # the same names are met in document after document
def folded(name: str) -> str:
    """The words of a name without what spellings differ in: case, accents, apostrophes, hyphens, the article."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", name[:_LONGEST])).casefold()
    words = [_BRITISH.get(word, word) for word in _WORD.findall(plain.replace("'", "").replace("’", ""))]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def of_voice(voice: Voice) -> Identity | None:
    """What a voice is recognised by, None if by nothing."""
    if voice.type == "person":
        return _person(voice.name)
    if voice.type == "outlet":
        return _outlet(voice.name)
    if voice.type == "organisation":
        return _body(voice.name)
    return None


def of_entities(reading: Reading) -> Iterator[Identity | None]:
    """What each entity of a reading is recognised by, in their order."""
    countries = {place.entity: place.country for place in reversed(reading.places) if place.country and place.entity}
    outlets = {voice.id for voice in reading.voices if voice.type == "outlet"}
    for entity in reading.entities:
        yield _of_entity(entity, countries.get(entity.id), outlet=entity.voice in outlets)


def _of_entity(entity: Entity, country: str | None, *, outlet: bool) -> Identity | None:
    name, kind = entity.name, entity.type
    if kind == "PERSON":
        return _person(name)
    if kind == "ORG":
        return _outlet(name) if outlet else _body(name)
    if kind == "PLACE":
        found = _named("place", name, "name of a place")
        return Identity(f"{found.key}, {country.lower()}", "place on the map") if found and country else found
    if kind == "PEOPLE":
        return _named("people", name, "name of a people")
    if kind in _THINGS and len(folded(name).split()) > 1:
        return _named(_THINGS[kind], name, "name")
    return None


def _person(name: str) -> Identity | None:
    words = folded(name).split()
    if len(words) < 2 or min(len(words[0]), len(words[-1])) < 2 or {words[0], words[-1]} & FUNCTION_WORDS:
        return None
    return _named("person", name, "full name")


def _body(name: str) -> Identity | None:
    words, known = folded(name).split(), lexicon()
    if all(word in known.body_nouns for word in words):
        return None
    common = all(word in known.body_nouns or word in known.honorifics for word in words)
    return _named("body", name, "name that others bear" if common else "name of a body")


def _outlet(name: str) -> Identity | None:
    words, known = folded(name).split(), lexicon()
    common = all(word in known.media_nouns or word in known.media_endings for word in words)
    return _named("body", name, "name that others bear" if common else "outlet")


def _named(kind: str, name: str, rule: str) -> Identity | None:
    """The identity by a name in which every word but small ones has a capital; what has not is a description."""
    words = folded(name)
    small = (word for word in _words(name) if not _CAPITAL.search(word))
    if not words or len(name) > _LONGEST or not all(word in FUNCTION_WORDS or len(word) < 4 for word in small):
        return None
    return Identity(f"{kind}:{words}", rule) if _CAPITAL.search(name) else None


def _words(name: str) -> list[str]:
    return [word for word in name.split() if _WORD.search(word) and not word[0].isdigit()]
