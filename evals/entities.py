"""Accuracy of entities: their names in raw text, exact span and type, end to end through the engine.

    python -m evals.entities --corpus ../shared/data
    python -m evals.entities --corpus ../shared/data --check

Two corpora: the texts of the Worldwide Newswire corpus that the namer never learns from (every 20th; facilities are
places), and the held-out half of re3d's documents without the BBC's (every second, in the order of ids), as names
(`evals/re3d.py` says by what rule) and as everything that is marked there, descriptions and pronouns too. The other
half may be looked at: `--errors` shows it.

What a reading says by name are the mentions of its entities whose words are among the entity's names. They count where
they are a person, an organisation or a place; a name is right whose span, without a leading article, and type are the
annotated ones. `--check` fails where a figure is under its floor; `--pin` makes the figures the floors.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals import floors, re3d
from evals.re3d import Mention
from sayso.engine import Engine
from sayso.reading import Reading
from sayso.types import EntityType
from training.named import newswire, split

TYPES: dict[EntityType, str] = {"PERSON": "person", "ORG": "organisation", "PLACE": "place"}
"""What is compared, and what the figures call it."""
_KINDS: dict[str, EntityType] = {word: sort for sort, word in TYPES.items()}
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """The names annotated in one text, and those found. Both without articles, each once."""

    name: str
    text: str
    gold: frozenset[Mention]
    found: frozenset[Mention]


def named(reading: Reading) -> list[Mention]:
    """What a reading says by name: persons, organisations and places, entity by entity."""
    text = reading.document.text
    return [
        Mention(*span, entity.type)
        for entity in reading.entities
        if entity.type in TYPES
        for span in entity.mentions
        if " ".join(text[slice(*span)].split()) in entity.names
    ]


def case(name: str, text: str, gold: Iterable[Mention], found: Iterable[Mention]) -> Case:
    """One text with the names of both sides, articles taken off."""
    return Case(name, text, _bare(text, gold), _bare(text, found))


def _bare(text: str, mentions: Iterable[Mention]) -> frozenset[Mention]:
    return frozenset(m._replace(start=a.end()) if (a := _ARTICLE.match(text, *m[:2])) else m for m in mentions)


def figures(cases: Sequence[Case]) -> dict[str, float]:
    """F1 of exact span and type in percent, by type and together, and precision and recall of all."""
    counted = {word: _scores(cases, (sort,)) for sort, word in TYPES.items()}
    precision, recall, together = _scores(cases, tuple(TYPES))
    return {
        **{word: scores[2] for word, scores in counted.items()},
        "together": together,
        "precision": precision,
        "recall": recall,
    }


def _scores(cases: Sequence[Case], types: Sequence[EntityType]) -> tuple[float, float, float]:
    gold, found, right = (
        sum(m.type in types for side in sides for m in side)
        for sides in ([c.gold for c in cases], [c.found for c in cases], [c.gold & c.found for c in cases])
    )
    return _percent(right, found), _percent(right, gold), _percent(2 * right, gold + found)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


def clashes(cases: Sequence[Case]) -> str:
    """A line: what share of all errors are bodies that are annotated where a place of the same words is found (states
    that act), and what share are other types at the right span; each is one name missed and one too many."""
    errors = bodies = others = 0
    for c in cases:
        missed, invented = c.gold - c.found, {m[:2]: m.type for m in c.found - c.gold}
        errors += len(missed) + len(invented)
        for m in missed:
            bodies += 2 * (m.type == "ORG" and invented.get(m[:2]) == "PLACE")
            others += 2 * (m[:2] in invented and (m.type, invented[m[:2]]) != ("ORG", "PLACE"))
    return (
        f"of {errors} errors, bodies taken for places of their name {_percent(bodies, errors)} %, "
        f"other types {_percent(others, errors)} %"
    )


def errors(cases: Iterable[Case]) -> Iterator[str]:
    """A line for each name missed or invented."""
    for c in cases:
        for m in sorted(c.gold ^ c.found):
            verdict = "missed  " if m in c.gold else "invented"
            around = c.text[max(0, m.start - 30) : m.end + 30]
            yield f"    {verdict} {m.type:6s} {c.text[m.start : m.end]!r} in {around!r}"


def newswire_cases(engine: Engine, folder: Path) -> list[Case]:
    """The held-out articles."""
    held = split(newswire(folder))[1]
    readings = engine.read_many(text.text for text in held)
    return [
        case(
            text.name,
            text.text,
            [Mention(m.start, m.end, _KINDS[m.kind]) for m in text.marked if m.kind in _KINDS],
            named(reading),
        )
        for text, reading in zip(held, readings, strict=True)
    ]


def re3d_cases(engine: Engine, reports: Sequence[re3d.Report]) -> tuple[list[Case], list[Case]]:
    """The names of re3d's reports, and all that is marked in them."""
    names, everything = [], []
    for report, reading in zip(reports, engine.read_many(r.text for r in reports), strict=True):
        found = named(reading)
        everything.append(case(report.name, report.text, report.marked, found))
        names.append(case(report.name, report.text, report.names, filter(report.judges, found)))
    return names, everything


def main() -> int:
    """Run from the command line; 1 if a floor does not hold, 0 if all do or the corpora are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="the folder with worldwide-newswire-ner/ and re3d/")
    parser.add_argument("--check", action="store_true", help="fail if a figure is under its floor")
    parser.add_argument("--pin", action="store_true", help="make the figures the floors")
    parser.add_argument("--lower", action="store_true", help="with --pin: floors may go down")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of re3d's other half, or so")
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"{args.corpus}: no such corpus here, nothing measured")
        return 0
    engine = Engine()
    reports = re3d.read(args.corpus / "re3d")
    if args.errors:
        print(*itertools.islice(errors(re3d_cases(engine, reports[::2])[0]), args.errors), sep="\n")
        return 0
    names, everything = re3d_cases(engine, reports[1::2])
    failures = []
    for name, cases in (
        ("entities, newswire held out", newswire_cases(engine, args.corpus / "worldwide-newswire-ner")),
        ("entities, re3d names held out", names),
        ("entities, re3d as marked held out", everything),
    ):
        measured = figures(cases)
        print(f"{name}: {sum(len(c.gold) for c in cases)} names in {len(cases)} texts")
        print("  " + "  ".join(f"{key} {value}" for key, value in measured.items()))
        print(f"  {clashes(cases)}")
        if args.pin:
            floors.pin(name, measured, args.lower)
        failures += floors.below(name, measured) if args.check else []
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
