"""Invented incidents, each told by many invented outlets: who told whom is known, and so are copies and contradictions.

README.md describes the files. `incidents()` loads them, `evals.incidents.origins` follows a claim to where it comes
from, `python -m evals.incidents` checks that the annotation agrees with the texts and with itself.
"""

from __future__ import annotations

import itertools
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SPLITS = ("development", "test")

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes reports. `kind` is what it is (agency, broadcaster, tabloid …), `leaning` whose side it takes, if
    any. `of` is the voice that it belongs to: both are one origin."""

    id: str
    name: str
    kind: str
    leaning: str | None
    of: str | None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in the reports, under one id throughout an incident; `type` as in the voices guide. `of` is the voice
    that it speaks for: both are one origin."""

    id: str
    name: str
    type: str
    of: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A content that reports hand over.

    `about` groups claims on one question; `value` is what claims on it may have different (number, date, place, actor).
    `origins` and `deniers` are the independent ends of all chains, of those who affirm and of those who deny;
    `circular` the outlets that have it from each other only. A careful reader of the reports alone can be sure of
    `at_least` and at most `at_most` origins. `slip`: nobody meant to say it.
    """

    id: str
    about: str
    gist: str
    value: Mapping[str, Any] | None
    origins: frozenset[str]
    deniers: frozenset[str]
    circular: frozenset[str]
    at_least: int
    at_most: int
    slip: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """How claims on one question stand to each other.

    `relation` is "contradiction", "update" (oldest first), "compatible" (looks like a contradiction and is none) or
    "arguable" (count it neither as right nor as wrong); `kind` is number, date, place, actor or denial. A denial of a
    claim that others affirm names one claim.
    """

    relation: str
    kind: str
    claims: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that outlets label differently."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """One place at which a report carries a claim. `voice` is who says it there, None where the report says it itself;
    `via` whom the report names in between, outermost first. `source` is whom the report has it from without saying so.
    `polarity` is "affirms", "denies" or "leaves open"; `stance` what the cue does, as in the voices guide."""

    report: str
    claim: str
    content: Spans
    voice: str | None
    via: tuple[str, ...]
    source: str | None
    polarity: str
    stance: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a report (`voice` None) or a voice in it calls an entity at one place."""

    report: str
    entity: str
    span: tuple[int, int]
    voice: str | None


@dataclass(frozen=True, slots=True)
class Copy:
    """A report that took text from another report, or from a document outside the corpus (then `original` is a voice).
    `kind`: "whole" (word for word), "edited" (all of it, with changes), "partial" (some passages)."""

    report: str
    original: str
    kind: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The same passage, give or take some words, at one place in each of several reports."""

    id: str
    places: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Report:
    """`published` is ISO 8601, local time."""

    id: str
    outlet: str
    title: str
    author: str | None
    published: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident, all of it; reports in the order in which they were published."""

    name: str
    split: str
    summary: str
    outlets: Mapping[str, Outlet]
    voices: Mapping[str, Voice]
    claims: Mapping[str, Claim]
    entities: Mapping[str, Entity]
    relations: tuple[Relation, ...]
    reports: Mapping[str, Report]
    links: tuple[Link, ...]
    labels: tuple[Label, ...]
    copies: tuple[Copy, ...]
    passages: tuple[Passage, ...]

    def contradictions(self) -> tuple[Relation, ...]:
        """Those relations that are contradictions."""
        return tuple(r for r in self.relations if r.relation == "contradiction")


def incidents(split: str | None = None, folder: Path = FOLDER) -> list[Incident]:
    """The incidents of a split ("development" or "test"), or all, by name."""
    found = [load(path.parent) for path in sorted(folder.glob("*/scenario.toml"))]
    return [incident for incident in found if split in (None, incident.split)]


def load(folder: Path) -> Incident:
    """One incident. Raises ValueError where annotated words are not in their report, or more than once and no `nth`
    says which is meant."""
    scenario = tomllib.loads((folder / "scenario.toml").read_text("utf-8"))
    outlets = {row["id"]: _outlet(row) for row in scenario["outlet"]}
    reports = {report.id: report for report in _reports(folder, outlets)}
    return Incident(
        name=folder.name,
        split=scenario["split"],
        summary=scenario["summary"],
        outlets=outlets,
        voices={r["id"]: Voice(r["id"], r["name"], r["type"], r.get("of")) for r in scenario["voice"]},
        claims={row["id"]: _claim(row) for row in scenario["claim"]},
        entities={r["id"]: Entity(r["id"], r["name"]) for r in scenario.get("entity", ())},
        relations=tuple(_relations(scenario)),
        reports=reports,
        links=tuple(_link(row, reports) for row in _rows(folder / "links.jsonl")),
        labels=tuple(
            Label(row["report"], row["entity"], _span(row, reports[row["report"]]), row["voice"])
            for row in _rows(folder / "labels.jsonl")
        ),
        copies=tuple(Copy(r["report"], r["original"], r["kind"]) for r in scenario.get("copy", ())),
        passages=tuple(_passages(folder / "passages.jsonl", reports)),
    )


def pairs(incident: Incident) -> Iterator[tuple[Link, Link, str]]:
    """All pairs of links of different reports, in order, and what they are to each other: "same" (the same content),
    "opposed" (the same content, affirmed and denied), "other value" (claims that contradict or update each
    other, or might), "related" (otherwise on the same question), "unrelated"."""
    differing = {
        frozenset(pair)
        for relation in incident.relations
        if relation.relation != "compatible"
        for pair in itertools.combinations(relation.claims, 2)
    }
    for one, other in itertools.combinations(incident.links, 2):
        if one.report != other.report:
            yield one, other, _pair(incident, one, other, differing)


def _pair(incident: Incident, one: Link, other: Link, differing: set[frozenset[str]]) -> str:
    if one.claim == other.claim:
        return "opposed" if {one.polarity, other.polarity} == {"affirms", "denies"} else "same"
    if frozenset((one.claim, other.claim)) in differing:
        return "other value"
    about = {incident.claims[link.claim].about for link in (one, other)}
    return "related" if len(about) == 1 else "unrelated"


def _reports(folder: Path, outlets: Mapping[str, Outlet]) -> list[Report]:
    ids = {outlet.name: outlet.id for outlet in outlets.values()}
    found = []
    for path in (folder / "reports").glob("*.json"):
        known = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8")
        outlet = ids[known["outlet"]]
        found.append(
            Report(path.stem, outlet, known["title"], known.get("author"), known["published"], known["url"], text)
        )
    return sorted(found, key=lambda report: (report.published, report.id))


def _outlet(row: Mapping[str, Any]) -> Outlet:
    return Outlet(row["id"], row["name"], row["kind"], row.get("leaning"), row.get("of"))


def _claim(row: Mapping[str, Any]) -> Claim:
    origins = frozenset(row["origins"])
    return Claim(
        id=row["id"],
        about=row["about"],
        gist=row["gist"],
        value=row.get("value"),
        origins=origins,
        deniers=frozenset(row.get("deniers", ())),
        circular=frozenset(row.get("circular", ())),
        at_least=row.get("at_least", len(origins)),
        at_most=row.get("at_most", len(origins)),
        slip=row.get("slip", False),
    )


def _relations(scenario: Mapping[str, Any]) -> Iterator[Relation]:
    for name in ("contradiction", "update", "compatible", "arguable"):
        for row in scenario.get(name, ()):
            yield Relation(name, row["kind"], tuple(row["claims"]), row.get("why", ""))


def _link(row: Mapping[str, Any], reports: Mapping[str, Report]) -> Link:
    text = reports[row["report"]].text
    nths = row.get("nth", [None] * len(row["content"]))
    return Link(
        report=row["report"],
        claim=row["claim"],
        content=tuple(find(text, words, nth) for words, nth in zip(row["content"], nths, strict=True)),
        voice=row["voice"],
        via=tuple(row["via"]),
        source=row.get("source"),
        polarity=row["polarity"],
        stance=row["stance"],
    )


def _passages(path: Path, reports: Mapping[str, Report]) -> Iterator[Passage]:
    places: dict[str, dict[str, tuple[int, int]]] = {}
    for row in _rows(path):
        places.setdefault(row["passage"], {})[row["report"]] = _span(row, reports[row["report"]])
    return (Passage(name, spans) for name, spans in places.items())


def _span(row: Mapping[str, Any], report: Report) -> tuple[int, int]:
    return find(report.text, row["words"], row.get("nth"))


def find(text: str, words: str, nth: int | None = None) -> tuple[int, int]:
    """Where the words stand in the text: their only occurrence, or the `nth`, counted from 1.

    Raises ValueError if there is no such occurrence, or several and no `nth`.
    """
    starts = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]
    if not words or len(starts) < (nth or 1) or (nth is None and len(starts) > 1):
        raise ValueError(f"{words!r} occurs {len(starts)} times, wanted: {nth or 'exactly one'}")
    start = starts[(nth or 1) - 1]
    return start, start + len(words)


def _rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
