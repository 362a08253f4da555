"""Reports for benchmarks: the sentences of others in new company, so that none is a copy of another."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from sayso.narration import sentences

WORDS = 600
"""Words of a report, about."""


def reports(folder: Path, count: int, seed: int = 1) -> Iterator[str]:
    """So many reports out of the texts in a folder, three sentences to a paragraph; the same seed gives the same."""
    rng = random.Random(seed)
    texts = (path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))
    pool = [text[start:end] for text in texts for start, end in sentences(text)]
    for number in range(count):
        paragraphs, words = [f"Report {number} of {count}."], 0
        while words < WORDS:
            paragraphs.append(" ".join(rng.choices(pool, k=3)))
            words += len(paragraphs[-1].split())
        yield "\n\n".join(paragraphs)
