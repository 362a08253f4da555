"""Checks the incidents and counts what is in them.

python -m evals.incidents
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from evals.incidents import SPLITS, Incident, incidents, pairs
from evals.incidents.check import problems


def counts(incident: Incident) -> dict[str, int]:
    """How much of everything an incident has."""
    related = Counter(relation.relation for relation in incident.relations)
    return {
        "reports": len(incident.reports),
        "words": sum(len(report.text.split()) for report in incident.reports.values()),
        "claims": len(incident.claims),
        "links": len(incident.links),
        "same": sum(kind == "same" for *_, kind in pairs(incident)),
        "copies": len(incident.copies),
        "passages": len(incident.passages),
        "contra": related["contradiction"],
        "updates": related["update"],
        "compatible": related["compatible"],
        "arguable": related["arguable"],
        "circular": sum(bool(claim.circular) for claim in incident.claims.values()),
        "labels": len(incident.labels),
    }


def guesses(chosen: Sequence[Incident]) -> dict[str, float]:
    """How often, in percent, the number of a claim's origins is right if it is always taken to be one, the number of
    outlets that affirm it, or the number of voices that do (each known perfectly)."""
    right: Counter[str] = Counter()
    claims = [(incident, claim) for incident in chosen for claim in incident.claims.values()]
    for incident, claim in claims:
        links = [link for link in incident.links if link.claim == claim.id and link.polarity == "affirms"]
        right["one"] += len(claim.origins) == 1
        right["outlets"] += len(claim.origins) == len({incident.reports[link.report].outlet for link in links})
        right["voices"] += len(claim.origins) == len({link.voice for link in links} - {None})
    return {name: 100 * n / len(claims) for name, n in right.items()}


def main() -> int:
    """Prints the counts, then what is wrong; 1 if anything is."""
    found = incidents()
    total: Counter[str] = Counter()
    for number, incident in enumerate(found):
        row = counts(incident)
        if not number:
            print(f"{'incident':22s}" + "".join(f"{name:>11s}" for name in row))
        print(f"{incident.name:18s}{incident.split[:4]}" + "".join(f"{n:11d}" for n in row.values()))
        total.update(row)
    print(f"{'all':22s}" + "".join(f"{n:11d}" for n in total.values()))
    for split in SPLITS:
        chosen = [incident for incident in found if incident.split == split]
        shares = ", ".join(f"{name} {share:.0f} %" for name, share in guesses(chosen).items())
        print(f"{split}: number of origins right if taken to be the number of: {shares}")
    wrong = [problem for incident in found for problem in problems(incident)]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
