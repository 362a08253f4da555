"""From the place names of a report to its places: the main path of the geocoder."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple

from sayso.grounding.places.asked import Asked, asked
from sayso.grounding.places.context import Within, called, named, within
from sayso.grounding.places.gazetteer import Entry
from sayso.grounding.places.metonymy import house, is_actor
from sayso.grounding.places.reasons import Known, located, unlocated
from sayso.grounding.places.resolve import Group, lies_in, resolve
from sayso.types import Place, Span

THRESHOLD = 0.35
"""A place whose probability is lower stays unlocated: on the tuning half of LGL two of three such are wrong."""
ACTOR = "stands for its government here"
HOUSE = "a seat of government, which no gazetteer has"
BESIDE = 1.0
"""Degrees: candidates so near each other (a town and its province) are one location."""
OUTSIDE = 0.5
"""What a country or province counts for that is named outside the toponyms, beside a toponym's 1."""


class Toponym(NamedTuple):
    """A place name as the namer found it: `text[start:end]`."""

    start: int
    end: int


Name = tuple[int, ...] | str
"""The numbers of all places that a name may be of; the words themselves where there are none."""
Which = tuple[Name, tuple[int, ...]]
"""What mentions share that are resolved as one: a name, and the larger places that the text puts it in."""


class _Mention(NamedTuple):
    span: Span
    words: str
    asked: Asked
    within: Within


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report ready to be resolved: its mentions, for each what it shares with others, the groups of those that share
    it, and the countries and provinces that stand outside the toponyms, with their weights."""

    mentions: tuple[_Mention, ...]
    which: tuple[Which, ...]
    groups: dict[Which, Group]
    outside: tuple[tuple[tuple[Entry, ...], float], ...]


def places(
    text: str, toponyms: Sequence[Toponym], outlet_country: str | None = None, *, metonymy: bool = True
) -> list[Place]:
    """A place for each toponym, in their order.

    `toponyms` are spans of `text` in text order. `outlet_country` is the ISO 3166-1 alpha-2 code of where the report's
    outlet is at home, which then speaks for the places there. With `metonymy` a name that stands for a government
    keeps its country but is not located. One name is one place throughout, but where the text itself says otherwise
    ("Paris, Texas"); all names are resolved together (see `resolve`), in time that grows with their number.
    """
    report = prepare(text, toponyms)
    about = Known(resolve(list(report.groups.values()), report.outside, outlet_country), outlet_country)
    known: dict[Which, Place] = {}
    for mention, which in zip(report.mentions, report.which, strict=True):
        if which not in known:
            known[which] = _place(mention, report.groups[which], about)
    told = _told(report)
    out = []
    for mention, which in zip(report.mentions, report.which, strict=True):
        place = replace(known[which], span=mention.span)
        if place.lat is None:
            place = replace(place, name=mention.words, country=place.country or told.get(which[0]))
        out.append(_as_actor(place) if metonymy and is_actor(text, mention.span) else place)
    return out


def prepare(text: str, toponyms: Sequence[Toponym]) -> Prepared:
    """Gather the mentions of each name, with what the words around them say."""
    mentions = tuple(_mention(text, toponym) for toponym in toponyms)
    which = tuple(map(_which, mentions))
    gathered: dict[Which, list[_Mention]] = defaultdict(list)
    for mention, shared in zip(mentions, which, strict=True):
        gathered[shared].append(mention)
    groups = {shared: _group(text, members) for shared, members in gathered.items()}
    _share(groups)
    return Prepared(mentions, which, groups, tuple((entries, OUTSIDE) for entries in named(text, toponyms)))


def _mention(text: str, toponym: Toponym) -> _Mention:
    words = text[toponym.start : toponym.end]
    return _Mention(Span(*toponym), words, asked(words), within(text, *toponym))


def _which(mention: _Mention) -> Which:
    return mention.asked.numbers or mention.words, tuple(area.number for area in mention.within.areas)


def _group(text: str, members: Sequence[_Mention]) -> Group:
    first = members[0]
    candidates = first.asked.entries
    inside = tuple(e for e in candidates if any(lies_in(e, area) for area in first.within.areas))
    sure = first.within.sure and not any(entry.kind in ("country", "region") for entry in candidates)
    if sure:
        candidates = inside
    kinds = {kind for m in members for kind in (m.asked.kind, called(text, *m.span)) if kind}
    put = frozenset(e.number for e in inside)
    return Group(candidates, 1 + log(len(members)), frozenset(kinds), put, lost=sure and not inside)


def _share(groups: dict[Which, Group]) -> None:
    """Let the mentions that stand alone be what the text says of the others of their name."""
    put: dict[Name, frozenset[int]] = defaultdict(frozenset)
    lost: set[Name] = set()
    for (name, _), group in groups.items():
        put[name] |= group.put
        if group.lost:
            lost.add(name)
    for (name, _), group in groups.items():
        if not group.put and not group.lost:
            group.put = put[name]
            if name in lost and not group.put:
                group.candidates, group.lost = (), True


def _told(report: Prepared) -> dict[Name, str]:
    """For each name that is in no gazetteer, the country that the text puts it in, where it says so for certain."""
    told: dict[Name, set[str | None]] = defaultdict(set)
    for mention, which in zip(report.mentions, report.which, strict=True):
        if mention.within.sure and not report.groups[which].candidates:
            told[which[0]] |= {area.country for area in mention.within.areas}
    return {name: code for name, codes in told.items() if len(codes) == 1 and (code := next(iter(codes)))}


def _place(mention: _Mention, group: Group, about: Known) -> Place:
    """Where a group is, or why that is not known."""
    country = house(mention.words)
    if country and not group.put:
        return Place(mention.span, mention.words, 0.0, country=country, reason=HOUSE)
    if not group.candidates:
        return Place(mention.span, mention.words, 0.0, reason=unlocated(mention.asked, group))
    best = max(range(len(group.candidates)), key=group.chances.__getitem__)
    entry = group.candidates[best]
    score = round(sum(p for e, p in zip(group.candidates, group.chances, strict=True) if _beside(e, entry)), 3)
    if score < THRESHOLD:
        return Place(mention.span, mention.words, score, reason=unlocated(mention.asked, group))
    reason = located(entry, mention.asked, group, mention.within.areas, about)
    return Place(mention.span, entry.name, score, None, entry.country, entry.lat, entry.lon, reason, feature=entry.kind)


def _beside(entry: Entry, other: Entry) -> bool:
    return abs(entry.lat - other.lat) < BESIDE and abs(entry.lon - other.lon) < BESIDE


def _as_actor(place: Place) -> Place:
    return replace(place, lat=None, lon=None, feature=None, reason=ACTOR)
