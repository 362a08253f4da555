"""How well claims, their origins and contradictions are found across reports, on the invented incidents:

    python -m evals.compare
    python -m evals.compare --split development --details
    python -m evals.compare --check

The reports of each incident are read and compared from raw text. *Claim links*: pairs of annotated places in different
reports that carry the same claim, found if both are in one claim; only annotated places count. *Origins*: claims of two
reports and more whose number of independent origins is exactly right, of those that were found and of all, beside what
"always one" would score. *Contradictions*: pairs of claims that cannot both be so, and claims that are denied; updates
are none. *Copies*: pairs of places of one passage in two reports. The decision was learnt on the development half.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from evals import floors
from evals.incidents import Incident, Link, incidents
from sayso.compare import compared
from sayso.compare.pairs import Compared
from sayso.compare.statements import statements
from sayso.compare.types import Comparison, Statement
from sayso.documents import document
from sayso.engine import Engine
from sayso.meaning import Meanings
from sayso.reading import Reading

COVERED = 0.5
"""A statement carries a link if it holds so much of its words."""


@dataclass(frozen=True, slots=True)
class Body:
    """The reports of one incident, ready to be compared: its statements, and the claims that each carries by the
    annotation; `about` is the question that each claim is on."""

    incident: Incident
    readings: tuple[Reading, ...]
    compared: Compared
    links: tuple[tuple[Link, ...], ...]
    about: Mapping[str, str]

    @property
    def claims(self) -> list[set[str]]:
        """Of each statement."""
        return [{link.claim for link in there} for there in self.links]


def bodies(split: str) -> Iterator[Body]:
    """The incidents of a split, read and prepared."""
    engine, meanings = Engine(), Meanings()
    for incident in incidents(split):
        readings = tuple(_read(engine, incident))
        found = [s for index, reading in enumerate(readings) for s in statements(reading, index)]
        ids = list(incident.reports)
        links = tuple(tuple(_carried(s, ids[s.report], incident)) for s in found)
        about = {claim.id: claim.about for claim in incident.claims.values()}
        yield Body(incident, readings, Compared(found, meanings.vectors([s.text for s in found])), links, about)


def _read(engine: Engine, incident: Incident) -> Iterator[Reading]:
    reports = (
        document(
            report.text,
            title=report.title,
            outlet=incident.outlets[report.outlet].name,
            author=report.author,
            published=report.published[:10],
            url=report.url,
        )
        for report in incident.reports.values()
    )
    return engine.read_many(reports)


def _carried(statement: Statement, report: str, incident: Incident) -> Iterator[Link]:
    for link in incident.links:
        if link.report == report:
            shared = sum(max(0, min(b, d) - max(a, c)) for a, b in statement.spans for c, d in link.content)
            if shared >= COVERED * sum(end - start for start, end in link.content):
                yield link


@dataclass(slots=True)
class Score:
    """Right, found and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: set[object], wanted: set[object]) -> None:
        """Count two sets against each other."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def figures(self) -> tuple[float, float, float]:
        """F1, precision and recall in percent."""
        both = self.found + self.wanted
        return (
            round(200 * self.right / max(1, both), 1),
            round(100 * self.right / max(1, self.found), 1),
            round(100 * self.right / max(1, self.wanted), 1),
        )


@dataclass(slots=True)
class Figures:
    """All of a split."""

    links: Score
    contradictions: Score
    passages: Score
    documents: Score
    origins: Counter[str]


def measure(split: str, details: bool = False) -> Figures:
    """Compare the reports of each incident of the split."""
    figures = Figures(Score(), Score(), Score(), Score(), Counter())
    for body in bodies(split):
        comparison = compared(body.readings, body.compared)
        _links(body, comparison, figures.links)
        _copies(body, comparison, figures)
        gold = _matched(body, comparison)
        _origins(body, comparison, gold, figures.origins, details)
        _contradictions(body, comparison, gold, figures.contradictions, details)
    return figures


def _links(body: Body, comparison: Comparison, score: Score) -> None:
    claims_of: dict[int, set[int]] = {}
    for number, claim in enumerate(comparison.claims):
        for member in claim.statements:
            for link in body.links[member]:
                claims_of.setdefault(id(link), set()).add(number)
    found: set[object] = set()
    wanted: set[object] = set()
    for one, other in combinations(body.incident.links, 2):
        if one.report != other.report:
            pair = id(one), id(other)
            if claims_of.get(id(one), set()) & claims_of.get(id(other), set()):
                found.add(pair)
            if one.claim == other.claim:
                wanted.add(pair)
    score.add(found, wanted)


def _matched(body: Body, comparison: Comparison) -> dict[int, str]:
    """The annotated claim that most statements of each claim carry."""
    gold = {}
    for number, claim in enumerate(comparison.claims):
        counted = Counter(c for member in claim.statements for c in sorted(body.claims[member]))
        if counted:
            gold[number] = counted.most_common(1)[0][0]
    return gold


def _origins(body: Body, comparison: Comparison, gold: Mapping[int, str], counts: Counter[str], details: bool) -> None:
    largest: dict[str, int] = {}
    for number, name in gold.items():
        best = largest.get(name)
        if best is None or len(comparison.claims[number].statements) > len(comparison.claims[best].statements):
            largest[name] = number
    for name, known in body.incident.claims.items():
        if len({link.report for link in body.incident.links if link.claim == name and link.polarity == "affirms"}) < 2:
            continue
        counts["all"] += 1
        counts["always one"] += len(known.origins) == 1
        if name in largest:
            found = comparison.claims[largest[name]].origins
            right = found.most == len(known.origins)
            counts["found"] += 1
            counts["one of found"] += len(known.origins) == 1
            counts["right"] += right
            counts["in range"] += found.least <= len(known.origins) <= found.most
            if details and not right:
                print(f"{body.incident.name}/{name}: {sorted(known.origins)}, found {found.ends}")


def _contradictions(body: Body, comparison: Comparison, gold: Mapping[int, str], score: Score, details: bool) -> None:
    unclear = (r.claims for r in body.incident.relations if r.relation == "arguable")
    arguable = {frozenset(pair) for claims in unclear for pair in combinations(claims, 2)}
    wanted: set[object] = set()
    for relation in body.incident.contradictions():
        several = len(relation.claims) > 1
        pairs: Iterable[tuple[str, ...]] = combinations(relation.claims, 2) if several else [relation.claims]
        wanted |= {frozenset(pair) for pair in pairs}
    found: set[object] = set()
    for contradiction in comparison.contradictions:
        ends = gold.get(contradiction.one), gold.get(contradiction.other)
        if None in ends or contradiction.update:
            continue
        pair = frozenset(ends)
        if pair not in arguable and (contradiction.difference == "denial" or len(pair) > 1):
            found.add(pair)
            if details and pair not in wanted:
                print(f"{body.incident.name}: no contradiction {sorted(map(str, pair))}: {contradiction.reason}")
    score.add(found, wanted - arguable)


def _copies(body: Body, comparison: Comparison, figures: Figures) -> None:
    ids = list(body.incident.reports)
    found_documents: set[object] = {frozenset((ids[r.report], ids[r.original])) for r in comparison.reuses}
    wanted_documents: set[object] = {
        frozenset(pair) for passage in body.incident.passages for pair in combinations(passage.places, 2)
    }
    figures.documents.add(found_documents, wanted_documents)
    wanted: set[object] = set()
    found: set[object] = set()
    for passage in body.incident.passages:
        for (one, span), (other, other_span) in combinations(passage.places.items(), 2):
            wanted.add((passage.id, one, other))
            if any(
                {ids[r.report]: r.span, ids[r.original]: r.original_span}.keys() == {one, other}
                and _half({ids[r.report]: r.span, ids[r.original]: r.original_span}[one], span)
                and _half({ids[r.report]: r.span, ids[r.original]: r.original_span}[other], other_span)
                for r in comparison.reuses
            ):
                found.add((passage.id, one, other))
    stray = {
        r
        for r in comparison.reuses
        if not any({ids[r.report], ids[r.original]} <= passage.places.keys() for passage in body.incident.passages)
    }
    figures.passages.add(found | stray, wanted)


def _half(span: tuple[int, int], place: tuple[int, int]) -> bool:
    return 2 * (min(span[1], place[1]) - max(span[0], place[0])) >= place[1] - place[0]


def _share(counts: Counter[str], part: str, whole: str) -> str:
    return f"{100 * counts[part] / max(1, counts[whole]):.1f} %"


def main() -> int:
    """Print the figures; 1 if one is under its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("development", "test"), default="test")
    parser.add_argument("--details", action="store_true", help="show what went wrong")
    parser.add_argument("--check", action="store_true", help="fail where a figure is under its floor")
    parser.add_argument("--pin", action="store_true", help="make the figures the floors")
    parser.add_argument("--lower", action="store_true", help="allow floors to go down")
    args = parser.parse_args()
    figures = measure(args.split, args.details)
    for label, score in (
        ("claim links", figures.links),
        ("contradictions", figures.contradictions),
        ("copied passages", figures.passages),
        ("copied documents", figures.documents),
    ):
        f1, precision, recall = score.figures
        print(f"{label}: F1 {f1}, precision {precision}, recall {recall} ({score.wanted} annotated)")
    o = figures.origins
    print(
        f"origins: of {o['found']} claims found {_share(o, 'right', 'found')} exactly right "
        f"(always one: {_share(o, 'one of found', 'found')}), {_share(o, 'in range', 'found')} within the range told; "
        f"of all {o['all']} {_share(o, 'right', 'all')} (always one: {_share(o, 'always one', 'all')})"
    )
    shown = {
        "links": figures.links.figures[0],
        "links precision": figures.links.figures[1],
        "contradictions": figures.contradictions.figures[0],
        "contradictions precision": figures.contradictions.figures[1],
        "copies": figures.passages.figures[0],
        "origins of found": round(100 * o["right"] / max(1, o["found"]), 1),
    }
    name = f"compare, {args.split}"
    if args.pin:
        floors.pin(name, shown, args.lower)
    failures = floors.below(name, shown) if args.check else []
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
