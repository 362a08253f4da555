"""From whom a claim comes: the graph of who has it from whom, followed to its ends."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evals.incidents import Copy, Incident, Link, Passage

Edges = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Chains:
    """Who has a claim from whom, and what follows. `edges` leads from whoever has it to those who gave it; `ends` are
    the independent origins; `circular` those who only have it from each other."""

    edges: Edges
    ends: frozenset[str]
    circular: frozenset[str]


def chains(incident: Incident, claim: str, polarity: str = "affirms") -> Chains:
    """The chains of those links of a claim that affirm (or deny) it, over all reports.

    What one report of an outlet knows, all of them know: who is behind "fourteen dead" in its headline is said below
    or on another day. A copied passage comes from the outlet it was copied from, whomever it names. A spokesman and
    those he speaks for are one.
    """
    givers: dict[str, set[str]] = defaultdict(set)
    for link in incident.links:
        if link.claim == claim and link.polarity == polarity:
            for taker, giver in _steps(incident, link):
                givers[taker].add(giver)
                givers.setdefault(giver, set())
    edges = {node: frozenset(found) for node, found in givers.items()}
    return Chains(edges, *_ends(edges))


def _steps(incident: Incident, link: Link) -> Iterator[tuple[str, str]]:
    """Who has it from whom by this one link; an outlet that vouches for it itself has it from itself."""
    outlet = incident.reports[link.report].outlet
    copied = copied_from(incident, link)
    chain = [copied] if copied else [*link.via, *filter(None, (link.voice, link.source))]
    people = [principal(incident, node) for node in [outlet, *(chain or [outlet])]]
    yield from itertools.pairwise(people)


def copied_from(incident: Incident, link: Link) -> str | None:
    """The outlet, or the document outside the corpus, from which the text of this link was copied.

    None where it was not, or where the copy says something else there than the original.
    """
    start, end = link.content[0]
    for passage in incident.passages:
        first, last = passage.places.get(link.report, (0, 0))
        if not first <= start < end <= last:
            continue
        for copy in incident.copies:
            if copy.report == link.report and (giver := _giver(incident, copy, passage, link.claim)):
                return giver
    return None


def _giver(incident: Incident, copy: Copy, passage: Passage, claim: str) -> str | None:
    original = incident.reports.get(copy.original)
    if original is None:
        return copy.original if passage.id.startswith(copy.original) else None
    elsewhere = original.outlet != incident.reports[copy.report].outlet
    carries = any(link.claim == claim and link.report == original.id for link in incident.links)
    return original.outlet if elsewhere and carries and original.id in passage.places else None


def principal(incident: Incident, node: str) -> str:
    """Whom a voice or an outlet speaks for in the end; mostly itself."""
    known = incident.voices.get(node) or incident.outlets.get(node)
    return principal(incident, known.of) if known is not None and known.of is not None else node


def _ends(edges: Edges) -> tuple[frozenset[str], frozenset[str]]:
    ends: set[str] = set()
    circular: set[str] = set()
    for node in edges:
        upstream = _upstream(edges, node)
        if not upstream <= _downstream(edges, node) | {node}:
            continue  # somebody above it does not have it from it
        if node in edges[node] or not upstream:
            ends.add(node)
        elif not any(other in edges[other] for other in upstream):
            circular.add(node)
    return frozenset(ends), frozenset(circular)


def _upstream(edges: Edges, node: str) -> set[str]:
    return _reached(node, edges)


def _downstream(edges: Edges, node: str) -> set[str]:
    takers: dict[str, set[str]] = defaultdict(set)
    for taker, givers in edges.items():
        for giver in givers:
            takers[giver].add(taker)
    return _reached(node, takers)


def _reached(node: str, steps: Mapping[str, Iterable[str]]) -> set[str]:
    """All that can be reached from a node; itself only over a way that leads back."""
    found: set[str] = set()
    waiting = list(steps.get(node, ()))
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(steps.get(current, ()))
    return found
