"""Which of the places of one name is meant: all names of a report at once, each by what the others are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log10

from sayso.grounding.places.evidence import Evidence, province_of
from sayso.grounding.places.gazetteer import Entry, Kind

ROUNDS = 4
OUTLET = 2.0
"""What the country where the outlet is at home counts for, beside a place name's 1."""
COUNTY = 0.8
"""Degrees from the middle of a county that may lie in it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for a place, in nats, chosen by `training/places.py` on the tuning half of LGL and on invented
    passages of world news.

    By itself: ten times the `population`; being a `country` or a `region`, whose people do not count; a `capital`, a
    `province` or a `county`; bearing the name only as an `alternate`. By the words around: being of the `kind` that it
    is called; lying where it is `put`. By the rest of the report, for all of it lying there: in the `same_country` or
    `same_province`, `near` (100 km) or in a `wide` ring (400 km); and `named_country` where its country is named.
    `doubt` is how many unknown places stand beside those of the report; `absent` what speaks for a place that no
    gazetteer has.
    """

    population: float = 1.5
    country: float = 10.0
    region: float = 7.0
    capital: float = 1.0
    province: float = -1.0
    county: float = -0.7
    alternate: float = -2.75
    same_country: float = 2.2
    same_province: float = 7.0
    near: float = 6.5
    wide: float = 5.5
    named_country: float = 1.0
    kind: float = 3.0
    put: float = 6.0
    doubt: float = 1.3
    absent: float = 6.0


WEIGHTS = Weights()


@dataclass(slots=True)
class Group:
    """All mentions of one name that the text puts in the same larger place, or in none.

    `weight` grows with the mentions; `kinds` is what the words around call it; `put` are the numbers of the candidates
    that lie where the text puts the name; where it does so for certain there are no others, and `lost` is set if there
    are none at all. `chances` are the probabilities of the candidates; what they lack of 1 is that of a place that no
    gazetteer has.
    """

    candidates: tuple[Entry, ...]
    weight: float
    kinds: frozenset[Kind] = frozenset()
    put: frozenset[int] = frozenset()
    lost: bool = False
    chances: tuple[float, ...] = ()


def lies_in(entry: Entry, area: Entry) -> bool:
    """Whether a place lies in a country, a province or a county, and is not that itself."""
    match area.kind:
        case "country":
            return entry.country == area.country and entry.kind != "country"
        case "county":
            beside = abs(entry.lat - area.lat) < COUNTY and abs(entry.lon - area.lon) < COUNTY
            return entry.country == area.country and beside and entry.number != area.number
        case _:
            return entry.province == area.number


def resolve(
    groups: Sequence[Group],
    named: Iterable[tuple[tuple[Entry, ...], float]],
    outlet_country: str | None = None,
    weights: Weights = WEIGHTS,
) -> frozenset[str]:
    """Give each group the chances of its candidates, in place; return the codes of the countries that the report names.

    `named` are the countries and provinces that stand outside the toponyms, with their weights. Each round weighs every
    candidate by the places that the other groups probably are (a mean field). Time grows with the number of candidates,
    not with its square.
    """
    evidence = Evidence()
    countries: set[str] = set()
    if outlet_country:
        evidence.total += OUTLET
        evidence.countries[outlet_country] += OUTLET
    for entries, weight in named:
        for entry in entries:
            evidence.add(entry, weight / len(entries))
            if len(entries) == 1:
                _note(entry, countries)
    base = [[_alone(entry, group, weights) for entry in group.candidates] for group in groups]
    for group, scores in zip(groups, base, strict=True):
        group.chances = _chances(scores, weights)
        if len(group.candidates) == 1 and group.candidates[0].kind in ("country", "province"):
            _note(group.candidates[0], countries)
        _spread(evidence, group, 1.0)
    home = countries | ({outlet_country} if outlet_country else set())
    for _ in range(ROUNDS):
        for group, scores in zip(groups, base, strict=True):
            if not group.candidates:
                continue
            _spread(evidence, group, -1.0)
            group.chances = _chances(
                [
                    score + _among(entry, evidence, home, weights)
                    for entry, score in zip(group.candidates, scores, strict=True)
                ],
                weights,
            )
            _spread(evidence, group, 1.0)
    return frozenset(countries)


def _note(entry: Entry, countries: set[str]) -> None:
    if entry.country:
        countries.add(entry.country)


def _alone(entry: Entry, group: Group, weights: Weights) -> float:
    """What speaks for a candidate without the rest of the report."""
    match entry.kind:
        case "country":
            score = weights.country
        case "region":
            score = weights.region
        case kind:
            score = weights.population * log10(entry.population + 300)
            score += {"capital": weights.capital, "province": weights.province, "county": weights.county}.get(kind, 0.0)
    if entry.alternate:
        score += weights.alternate
    if group.kinds and (entry.kind in group.kinds or (entry.kind == "capital" and "town" in group.kinds)):
        score += weights.kind
    if entry.number in group.put:
        score += weights.put
    return score


def _among(entry: Entry, evidence: Evidence, countries: set[str], weights: Weights) -> float:
    """What the rest of the report says for a candidate."""
    total = evidence.total + weights.doubt
    score = 0.0
    if entry.country:
        score += weights.same_country * evidence.countries.get(entry.country, 0.0) / total
        score += weights.named_country * (entry.country in countries)
    if (province := province_of(entry)) is not None:
        score += weights.same_province * evidence.provinces.get(province, 0.0) / total
    if entry.kind != "region":
        near, wide = evidence.near(entry)
        score += weights.near * min(1.0, 2 * near / total) + weights.wide * min(1.0, 2 * wide / total)
    return score


def _spread(evidence: Evidence, group: Group, sign: float) -> None:
    for entry, chance in zip(group.candidates, group.chances, strict=True):
        if chance > 0.01:
            evidence.add(entry, sign * chance * group.weight)


def _chances(scores: Sequence[float], weights: Weights) -> tuple[float, ...]:
    """The probabilities of candidates with these scores; what is missing to 1 is that of a place no gazetteer has."""
    most = max(scores, default=0.0)
    raised = [exp(score - most) for score in scores]
    total = sum(raised) + exp(min(700.0, weights.absent - most))
    return tuple(value / total for value in raised)
