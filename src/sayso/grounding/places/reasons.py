"""Why a place is where it is said to be, in words that a person can check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.grounding.places.asked import Asked
from sayso.grounding.places.gazetteer import Entry, gazetteer
from sayso.grounding.places.resolve import Group, lies_in


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a report: the codes of the countries that it names, and of the one its outlet is at home in."""

    countries: frozenset[str]
    outlet: str | None = None


def located(entry: Entry, wanted: Asked, group: Group, areas: Sequence[Entry], known: Known) -> str:
    """What spoke for a place: how it stands among those of its name, and what of the report points to it. `areas` are
    the larger places that the text puts it in."""
    return "; ".join(filter(None, (_rank(entry, wanted.entries), _context(entry, group, areas, known))))


def unlocated(wanted: Asked, group: Group) -> str:
    """Why a name has no place on the map."""
    if wanted.elsewhere:
        return "a river, base or other place that no gazetteer of towns has"
    if not wanted.entries:
        return "no gazetteer has it"
    if group.lost:
        return "no gazetteer has one of that name where the report puts it"
    if len(group.candidates) == 1:
        return "a gazetteer has one place of that name, which nothing in the report points to"
    return f"{len(group.candidates)} places of that name; the report does not tell which"


def _rank(entry: Entry, candidates: Sequence[Entry]) -> str:
    kind = {"country": "country", "province": "province", "county": "county", "region": "region"}.get(entry.kind)
    if len(candidates) == 1:
        return f"the only place of that name, a {kind}" if kind else "the only place of that name"
    if kind:
        return f"a {kind}, of {len(candidates)} places of that name"
    larger = sum(other.population > entry.population for other in candidates if other.kind in ("town", "capital"))
    return f"{'largest' if not larger else 'one'} of {len(candidates)} places of that name"


def _context(entry: Entry, group: Group, areas: Sequence[Entry], known: Known) -> str:
    own = next((area for area in areas if lies_in(entry, area)), None)
    if own:
        return f"the report puts it in {own.name}"
    if entry.number in group.put:
        return "the report says where it is elsewhere"
    if entry.country in known.countries and entry.kind != "country":
        return f"{_country(entry)} is named in the report"
    if entry.country == known.outlet and known.outlet:
        return f"the outlet is at home in {_country(entry)}"
    return ""


def _country(entry: Entry) -> str:
    numbers = gazetteer().countries.get(entry.country or "", ())
    return gazetteer().entry(numbers[0]).name if numbers else entry.country or ""
