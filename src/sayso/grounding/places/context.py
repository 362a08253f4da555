"""What the words around a place name say of it: the larger place that it is put in, the sort of place it is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from sayso.grounding.places.asked import abbreviated, asked
from sayso.grounding.places.gazetteer import Entry, Kind, gazetteer
from sayso.grounding.places.keys import key
from sayso.grounding.places.words import words

REACH = 60
"""Code points that are read on either side of a name."""
LARGE = 50_000
"""A town of so many people makes a name of a province ambiguous."""
_NAME = r"\p{Lu}[\p{L}\p{M}'’.-]*"
_PARTS = r"(?P<parts>(?:\p{Ll}[\p{Ll}-]{1,14}\s){0,3})"
_AFTER = regex.compile(
    rf"(?:(?P<comma>\s?,\s{{0,2}})|(?P<nouns>(?:\s\p{{Ll}}{{3,12}}){{0,2}}),?\s{{1,2}}in\s\(?|\s{{0,2}}\((?:in\s)?)"
    rf"{_PARTS}"
    rf"(?P<name>{_NAME}(?:\s(?:of\s|and\s)?{_NAME}){{0,3}})"
)
_LISTED = regex.compile(r"['’]?s?,?\s+(?:and\b|or\b|\p{Lu})")
_BEFORE = regex.compile(rf"(?P<name>{_NAME}(?:\s{_NAME})?)\s{_PARTS}$")
_OWN = ("'s", "’s")
_LAST = regex.compile(r"(\p{L}+)(?:\s+of)?(?:\s+the)?\s+$")
_NEXT = regex.compile(r"\s+(\p{L}+)")
_CAPITALS = regex.compile(r"\p{Lu}[\p{L}\p{M}'’.]*(?:-\p{L}+)?")


class Within(NamedTuple):
    """The larger places of a name that a text puts a place in. `sure` is whether nothing else can be meant: "in Iraq",
    but not "Kabul, Kandahar and Herat", which is a list."""

    areas: tuple[Entry, ...] = ()
    sure: bool = False


NOWHERE = Within()


def within(text: str, start: int, end: int) -> Within:
    """The countries, provinces or counties that the text puts the name at `[start, end)` in: "Paris, Texas", "Samarra
    in northern Iraq", "Iraq’s Samarra", "the Iraqi town of Samarra"."""
    match = _AFTER.match(text, end, min(len(text), end + REACH))
    if match and _is_plain(match):
        found, name = _longest(match["name"])
        if found:
            listed = match["comma"] and _LISTED.match(text, match.start("name") + len(name), match.end() + REACH)
            return Within(found, not listed and not _is_town(name))
    match = _BEFORE.search(text, max(0, start - REACH), start)
    if match and (match["name"].endswith(_OWN) or _noun(match["parts"])) and _are_parts(match["parts"]):
        found = areas(match["name"], True) or areas(match["name"].split()[-1], True)
        return Within(found, bool(found))
    return NOWHERE


def _is_plain(match: regex.Match[str]) -> bool:
    """Whether only words for sorts and parts of places stand between a place and the larger one: "the al-Hawl camp in
    northern Syria"."""
    known = words()
    nouns = (match["nouns"] or "").split()
    return all(noun in known.kinds or noun in known.after for noun in nouns) and _are_parts(match["parts"])


def _are_parts(words_between: str) -> bool:
    """Whether words tell a part of a larger place at most: "northern", "the state of"; but not "north of"."""
    between, known = words_between.split(), words()
    if between[-1:] == ["of"]:
        between.pop()
        if not between or between.pop() not in known.kinds:
            return False
    elif between and between[-1] in known.kinds:
        between.pop()
    return all(part in known.parts for part in between)


def _noun(words_between: str) -> bool:
    """Whether words end in one for a sort of place: "northern town of"."""
    between = [word for word in words_between.split() if word != "of"]
    return bool(between) and between[-1] in words().kinds


@lru_cache(maxsize=8192)
def areas(name: str, people: bool = False) -> tuple[Entry, ...]:
    """The countries and provinces of a name, or of a people if such may be meant."""
    found = abbreviated(name)
    if not found and name.lower() not in words().parts:
        places, name_key = gazetteer(), key(name.removesuffix("'s").removesuffix("’s"))
        numbers = places.areas.get(name_key, ()) or (places.peoples.get(name_key, ()) if people else ())
        found = tuple(map(places.entry, numbers))
    return found


@lru_cache(maxsize=8192)
def _counties(name: str) -> tuple[Entry, ...]:
    """The second divisions of a name that says so ("Laurel County")."""
    last = key(name).rpartition(" ")[2]
    if words().kinds.get(last) != "county":
        return ()
    return tuple(entry for entry in gazetteer().find(key(name)) if entry.kind == "county")


def _longest(name: str) -> tuple[tuple[Entry, ...], str]:
    """The larger places of the longest beginning of `name` that is the name of some, and that beginning."""
    parts = name.split()
    for length in range(len(parts), 0, -1):
        part = " ".join(parts[:length]).rstrip(",")
        if found := areas(part) or _counties(part):
            return found, part
    return (), ""


def called(text: str, start: int, end: int) -> Kind | None:
    """The kind of place that the words beside a name call it: "the city of …", "… province"."""
    kinds = words().kinds
    if (match := _LAST.search(text, max(0, start - REACH), start)) and match[1].lower() in kinds:
        return kinds[match[1].lower()]
    if (match := _NEXT.match(text, end, min(len(text), end + REACH))) and match[1].lower() in kinds:
        return kinds[match[1].lower()]
    return None


def named(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[Entry, ...]]:
    """Every country, people and province that stands in capitals outside the spans `taken`, which are in text order:
    one or two words."""
    spans = iter(taken)
    skip = next(spans, None)
    previous: tuple[int, int] | None = None
    for match in _CAPITALS.finditer(text):
        start, end = match.span()
        while skip and skip[1] <= start:
            skip = next(spans, None)
        if end - start > REACH or (skip and skip[0] < end):
            previous = None
            continue
        if previous and start - previous[1] == 1 and (found := _plain(text[previous[0] : end])):
            yield found
            previous = None
            continue
        if found := _plain(text[start:end]):
            yield found
        previous = (start, end)


@lru_cache(maxsize=16384)
def _plain(name: str) -> tuple[Entry, ...]:
    """The countries and provinces of a name or people that no large town bears as well."""
    found = areas(name, True)
    return () if found and _is_town(name) else found


@lru_cache(maxsize=16384)
def _is_town(name: str) -> bool:
    """Whether a large town bears a name as well."""
    entries = asked(name).entries
    return any(e.kind in ("town", "capital") and e.population > LARGE and not e.alternate for e in entries)
