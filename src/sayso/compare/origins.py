"""Where a claim comes from: who has it from whom by what the reports say, followed to the far ends.

What one report of an outlet knows, all of its reports know. An outlet that says a claim in its own voice is an origin
only if none of its statements of the claim names anybody; a passage that was taken over comes from the outlet it was
taken from, whomever it names. Unnamed voices of different reports may be one: they are counted as one at least, and as
many at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from sayso.compare.types import Origins, Reuse, Statement, Step
from sayso.reading import Reading

_UNNAMED = ("unnamed", "group")


def origins(
    indices: Iterable[int], statements: Sequence[Statement], readings: Sequence[Reading], reuses: Reused
) -> Origins:
    """The origins of the statements at those places."""
    chains = [chain(statements[index], readings, reuses) for index in indices]
    told = {names[0] for names in chains if len(names) > 1}
    steps: dict[tuple[str, str], bool] = {}
    loose: set[str] = set()
    for names, index in zip(chains, indices, strict=True):
        if statements[index].voice_type in _UNNAMED:
            loose.add(names[-1])
        if len(names) == 1 and names[0] not in told:
            steps[names[0], names[0]] = True
        for taker, giver in pairwise(names):
            steps[taker, giver] = statements[index].voice_type not in _UNNAMED
    givers: defaultdict[str, set[str]] = defaultdict(set)
    for taker, giver in steps:
        givers[taker].add(giver)
        givers.setdefault(giver, set())
    ends, circular = _ends(givers)
    certain = [end for end in ends if end not in loose]
    least = len(certain) + bool(len(ends) - len(certain))
    return Origins(
        tuple(Step(taker, giver, sure) for (taker, giver), sure in sorted(steps.items()) if taker != giver),
        tuple(sorted(ends)),
        least if certain or ends else 0,
        len(ends),
        tuple(sorted(circular)),
    )


class Reused:
    """Which statements stand in passages that were taken from elsewhere."""

    def __init__(self, reuses: Iterable[Reuse]) -> None:
        self._by_report: defaultdict[int, list[Reuse]] = defaultdict(list)
        for reuse in reuses:
            self._by_report[reuse.report].append(reuse)

    def original(self, statement: Statement, readings: Sequence[Reading]) -> int | None:
        """The report that the statement's passage was taken from first of all, if it was. Where it names another voice
        than that report, or another number, it only sounds alike."""
        start, end = statement.spans[0].start, statement.spans[-1].end
        found = [
            r.original
            for r in self._by_report[statement.report]
            if r.span.start <= start and end <= r.span.end and _is_told_in(statement, r, readings)
        ]
        return min(found, default=None)


def _is_told_in(statement: Statement, reuse: Reuse, readings: Sequence[Reading]) -> bool:
    """Whether the passage's original has the statement's voice, by the last word of its name, and its numbers."""
    own, original = readings[statement.report].document.text, readings[reuse.original].document.text
    passage = original[slice(*reuse.original_span)]
    voice = statement.voice if statement.voice_type not in _UNNAMED else None
    if voice is not None and voice.split()[-1].casefold() not in original.casefold():
        return False
    return all(own[slice(*q.span)].casefold() in passage.casefold() for q in statement.quantities)


def chain(statement: Statement, readings: Sequence[Reading], reuses: Reused) -> tuple[str, ...]:
    """The names from the outlet to the far end, by this one statement."""
    outlet = outlet_of(readings[statement.report], statement.report)
    original = reuses.original(statement, readings)
    if original is not None and outlet_of(readings[original], original) != outlet:
        return outlet, outlet_of(readings[original], original)
    names = (outlet, *statement.via, *((statement.voice,) if statement.voice else ()))
    return tuple(dict.fromkeys(names))


def outlet_of(reading: Reading, report: int) -> str:
    """What the report's outlet is called; the report itself where it is not known."""
    return reading.document.outlet or reading.document.title or reading.document.path or f"report {report + 1}"


def _ends(givers: Mapping[str, set[str]]) -> tuple[set[str], set[str]]:
    """Those who have it from nobody, or from themselves; and those who have it from each other only."""
    ends: set[str] = set()
    circular: set[str] = set()
    for node in givers:
        above = set(_reached(node, givers))
        below_too = {other for other in above if node in set(_reached(other, givers)) or other == node}
        if above - below_too:
            continue
        if not above or node in givers[node]:
            ends.add(node)
        elif not any(other in givers[other] for other in above):
            circular.add(node)
    return ends, circular


def _reached(node: str, givers: Mapping[str, set[str]]) -> Iterator[str]:
    seen: set[str] = set()
    waiting = list(givers.get(node, ()))
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            yield here
            waiting += givers.get(here, ())
