"""When the name of a place stands for those who govern there: "Oslo rejects the claim", "talks with Oslo".

Decided by the grammar around a name, and only for names that governments go by: countries, capitals, a few houses.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import regex

from sayso.grounding.places.asked import asked
from sayso.grounding.places.keys import key
from sayso.types import Span

REACH = 90
"""Code points that are read on either side of a name."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-.'’][\p{L}\p{N}]+)*|[^\s\p{L}\p{M}\p{N}]")
_LISTED = regex.compile(
    r"(?:(?:,\s|,?\s(?:and|or|nor)\s)(?:the\s)?\p{Lu}[\p{L}.’'-]*(?:\s\p{Lu}[\p{L}.’'-]*){0,2}){1,3}"
)
_LONGER = regex.compile(r"\s\p{Lu}\p{Ll}")  # the name is the beginning of another: "Oslo Gazette"
_BOUND = regex.compile(r"[-‐‑](\p{Ll}+)")
_OWN = regex.compile(r"(?:['’]s?)\s+((?:[\p{L}-]+\s+){0,2}[\p{L}-]+)")
_AND = regex.compile(r"(?:\p{Lu}[\p{L}.’'-]*\s){1,3}and\s(?:the\s)?$")
_DESCRIBED = frozenset(
    ["next", "old", "former", "latest", "main", "top", "own", "new", "official", "public", "stated", "repeated"]
)


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The words of `actors.toml`; `verbs` in all their forms."""

    houses: dict[str, str]
    seats: frozenset[str]
    verbs: frozenset[str]
    between: frozenset[str]
    inside: frozenset[str]
    place: frozenset[str]
    policy: frozenset[str]
    bare: frozenset[str]
    bound: frozenset[str]
    nouns: frozenset[str]
    prepositions: frozenset[str]
    dealings: frozenset[str]


def is_actor(text: str, span: Span) -> bool:
    """Whether the place name at `span` stands for a government or another body there, by the words around it."""
    start, end = span
    words = text[start:end]
    if end - start > REACH:
        return False
    if house(words) is None and (not _governs(words) or _LONGER.match(text, end)):
        return False
    before = [word.lower() for word in _WORD.findall(text, max(0, start - REACH), start)[-6:]]
    if before and before[-1] == "the":
        before.pop()
    elif before and before[-1] in ("a", "an"):  # "convince a Norwegian court"
        return False
    last = before[-1] if before else ""
    if _owns(text, end):
        return last not in _grammar().inside
    if _OWN.match(text, end):  # what is addressed is somebody there: "told Norway’s broadcaster"
        return False
    if _is_addressed(before) or _is_between(text, start, before):
        return True
    if house(words) is not None:
        return last not in _grammar().inside
    return last not in _grammar().place and _is_subject(text, end)


@lru_cache(maxsize=4096)
def house(words: str) -> str | None:
    """The country of a seat of power that stands for those who sit there ("the Pentagon"); None for other names."""
    return _grammar().houses.get(key(words))


@lru_cache(maxsize=4096)
def _governs(words: str) -> bool:
    return key(words) in _grammar().seats or any(
        entry.kind in ("country", "capital") and not entry.alternate for entry in asked(words).entries
    )


def _is_subject(text: str, end: int) -> bool:
    """Whether a verb of saying or governing follows, past auxiliaries, adverbs and others in a list."""
    grammar = _grammar()
    if listed := _LISTED.match(text, end, min(len(text), end + REACH)):
        end = listed.end()
    following = [word.lower() for word in _WORD.findall(text, end, min(len(text), end + REACH))[:6]]
    if following[:1] == [","]:  # "Oslo, too, has"; but not "in Norway, said"
        if len(following) < 4 or following[2] != "," or following[1] not in grammar.between:
            return False
        following = following[3:]
    for word in following:
        if word in grammar.verbs:
            return True
        if word not in grammar.between and not word.endswith(("n't", "n’t")):
            return False
    return False


def _owns(text: str, end: int) -> bool:
    """Whether what follows belongs to a government: "’s stance", " regime", "-backed"."""
    grammar, limit = _grammar(), min(len(text), end + REACH)
    if match := _BOUND.match(text, end, limit):
        return match[1] in grammar.bound
    if match := _OWN.match(text, end, limit):
        first, *rest = match[1].lower().split()
        return first in grammar.policy or (first in _DESCRIBED and bool(rest) and rest[0] in grammar.policy)
    following = _WORD.findall(text, end, limit)[:1]
    return bool(following) and following[0].lower() in grammar.bare


def _is_addressed(before: list[str]) -> bool:
    """Whether the words before put a government at the other end: "talks with", "pressure on", "accused"."""
    grammar = _grammar()
    last, pair = before[-1:], " ".join(before[-2:])
    if not last:
        return False
    if last[0] in grammar.dealings or pair in grammar.dealings:
        return True
    return last[0] in grammar.prepositions and last[0] != "between" and any(w in grammar.nouns for w in before[-3:-1])


def _is_between(text: str, start: int, before: list[str]) -> bool:
    """Whether the name is one of two that deal with each other: "ties between Oslo and Riga"."""
    grammar = _grammar()
    if before[-1:] == ["between"]:
        return any(word in grammar.nouns for word in before[-4:-1])
    if match := _AND.search(text, max(0, start - REACH), start):
        earlier = [word.lower() for word in _WORD.findall(text, max(0, match.start() - REACH), match.start())][-5:]
        if earlier[-1:] == ["the"]:
            earlier.pop()
        if earlier[-1:] == ["between"]:
            return any(word in grammar.nouns for word in earlier[-4:-1])
        return _is_addressed(earlier)
    return False


@cache
def _grammar() -> _Grammar:
    data = tomllib.loads((files(__package__) / "actors.toml").read_text("utf-8"))
    verbs = {form for listed in data["verbs"].values() for verb in listed for form in _forms(verb)}
    verbs |= {form for listed in data["irregular"].values() for form in listed}
    return _Grammar(
        {key(name): country for country, names in data["houses"].items() for name in names},
        frozenset(map(key, data["seats"]["towns"])),
        frozenset(verbs),
        frozenset(data["between"]["words"]),
        frozenset(data["place"]["inside"]),
        frozenset(data["place"]["inside"] + data["place"]["beside"]),
        frozenset(data["owned"]["policy"]),
        frozenset(data["owned"]["bare"]),
        frozenset(data["owned"]["bound"]),
        frozenset(data["dealings"]["nouns"]),
        frozenset(data["dealings"]["prepositions"]),
        frozenset(data["dealings"]["verbs"]),
    )


def _forms(verb: str) -> Iterable[str]:
    """A verb and its regular forms."""
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb, f"{verb}es", f"{verb}ed", f"{verb}ing"
    return verb, f"{verb}s", f"{verb}ed", f"{verb}ing"
