"""Whether an incident's annotation agrees with its texts and with itself."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator

from evals.incidents import SPLITS, Incident, Outlet, Voice
from evals.incidents.origins import chains

KINDS = ("number", "date", "place", "actor", "denial")
POLARITIES = ("affirms", "denies", "leaves open")
STANCES = ("asserts", "denies", "questions", "directs", "holds", "quotes", "other")
COMMON = 0.55  # of a copied passage's words, those that stand in the other report in the same order

_WORD = re.compile(r"\w+")


def problems(incident: Incident) -> list[str]:
    """Everything that is wrong with an incident, a sentence each; nothing if all is well."""
    found = [*_shape(incident), *_known(incident), *_claims(incident), *_relations(incident), *_copies(incident)]
    return [f"{incident.name}: {problem}" for problem in found]


def _shape(incident: Incident) -> Iterator[str]:
    if incident.split not in SPLITS:
        yield f"{incident.split!r} is no split"
    if not 8 <= len(incident.reports) <= 15:
        yield f"{len(incident.reports)} reports"
    for report in incident.reports.values():
        words = len(report.text.split())
        if not 80 <= words <= 380:
            yield f"{report.id} has {words} words"
        if report.text.split("\n", 1)[0] != report.title:
            yield f"{report.id} does not begin with its title"
        if not any(link.report == report.id for link in incident.links):
            yield f"{report.id} carries no claim"


def _known(incident: Incident) -> Iterator[str]:
    people = incident.voices.keys() | incident.outlets.keys()
    if both := incident.voices.keys() & incident.outlets.keys():
        yield f"{sorted(both)} are voices and outlets"
    for link in incident.links:
        for node in (*link.via, link.voice, link.source):
            if node is not None and node not in people:
                yield f"{link.report}: nobody is called {node!r}"
        if link.claim not in incident.claims:
            yield f"{link.report}: no claim {link.claim!r}"
        if link.polarity not in POLARITIES or link.stance not in STANCES:
            yield f"{link.report}: {link.claim}: {link.polarity}, {link.stance}"
        if link.voice is not None and link.source is not None:
            yield f"{link.report}: {link.claim}: a silent source beside a named voice"
    for label in incident.labels:
        if label.entity not in incident.entities or (label.voice is not None and label.voice not in people):
            yield f"{label.report}: label of {label.entity!r} by {label.voice!r}"
    speakers: list[Voice | Outlet] = [*incident.voices.values(), *incident.outlets.values()]
    for voice in speakers:
        if voice.of is not None and voice.of not in people:
            yield f"{voice.id} speaks for {voice.of!r}"


def _claims(incident: Incident) -> Iterator[str]:
    for claim in incident.claims.values():
        carried = [link for link in incident.links if link.claim == claim.id]
        if not carried:
            yield f"no report carries {claim.id}"
        if not claim.origins and not claim.circular:
            yield f"{claim.id} comes from nowhere"
        affirmed = chains(incident, claim.id)
        denied = chains(incident, claim.id, "denies")
        for what, told, followed in (
            ("origins", claim.origins, affirmed.ends),
            ("circular", claim.circular, affirmed.circular),
            ("deniers", claim.deniers, denied.ends),
        ):
            if told != followed:
                yield f"{claim.id}: {what} are {sorted(told)}, the chains lead to {sorted(followed)}"
        if not claim.at_least <= len(claim.origins) <= claim.at_most:
            yield f"{claim.id}: {len(claim.origins)} origins are not in {claim.at_least}–{claim.at_most}"


def _relations(incident: Incident) -> Iterator[str]:
    contested = {c.claims[0] for c in incident.contradictions() if len(c.claims) == 1}
    for claim in incident.claims.values():
        if bool(claim.origins and claim.deniers) != (claim.id in contested):
            yield f"{claim.id}: its denial and its list of contradictions disagree"
    for relation in incident.relations:
        if relation.kind not in KINDS or not relation.claims:
            yield f"{relation.relation} of {relation.claims}: kind {relation.kind!r}"
        if unknown := [claim for claim in relation.claims if claim not in incident.claims]:
            yield f"{relation.relation}: no claims {unknown}"
        elif len({incident.claims[claim].about for claim in relation.claims}) > 1:
            yield f"{relation.relation} of {relation.claims}, which are about different things"
    related = {frozenset(pair) for r in incident.relations for pair in itertools.combinations(r.claims, 2)}
    for one, other in itertools.combinations(incident.claims.values(), 2):
        comparable = one.value and other.value and one.value["kind"] == other.value["kind"]
        if one.about == other.about and comparable and frozenset((one.id, other.id)) not in related:
            yield f"{one.id} and {other.id} have different values and no relation"


def _copies(incident: Incident) -> Iterator[str]:
    for copy in incident.copies:
        shared = [p for p in incident.passages if copy.report in p.places]
        if copy.original in incident.reports:
            shared = [p for p in shared if copy.original in p.places]
        elif copy.original not in incident.voices:
            yield f"{copy.report} copies {copy.original!r}, which is neither report nor voice"
        if not shared:
            yield f"{copy.report} shares no passage with {copy.original}"
    for passage in incident.passages:
        texts = {r: incident.reports[r].text[start:end] for r, (start, end) in passage.places.items()}
        if len(texts) < 2:
            yield f"passage {passage.id} stands in one report only"
        first, *others = texts.values()
        for other in others:
            if common(first, other) < COMMON:
                yield f"passage {passage.id}: only {common(first, other):.0%} of the words are common"


def common(one: str, other: str) -> float:
    """Which share of the longer text's words stands in both, in the same order."""
    words, others = (_WORD.findall(text.casefold()) for text in (one, other))
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(len(words), len(others), 1)
