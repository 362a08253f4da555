"""A reading as lines that a person can compare: one attribution a line, its words and its kind, no scores."""

from __future__ import annotations

from pathlib import Path

from sayso.reading import Reading

FOLDER = Path(__file__).parent
EXAMPLES = FOLDER.parents[1] / "examples"


def lines(reading: Reading) -> list[str]:
    """`source | cue | content | kind` of each attribution, in order."""
    return [
        " | ".join((reading.words(a.source), reading.words(a.cue), reading.words(a.content).replace("\n", "¶"), a.kind))
        for a in reading.attributions
    ]
