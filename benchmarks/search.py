"""How long a search takes in a ledger of 10,000 reports. `python -m benchmarks.search`

The reports are made up at random, always the same: words as frequent as Zipf's law has them, 20 attributions each, 200
outlets, 3,000 voices. They are put into the ledger as readings, without reading them; that takes minutes, so
`--ledger PATH` keeps it (or uses what is there), also `postgresql://…`. Times are the processor's, so that a busy
machine tells the same, and on the clock, which for PostgreSQL alone says all.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np

from sayso.decode import Floats
from sayso.documents import document
from sayso.ledger import Ledger, store
from sayso.ledger.called import names
from sayso.ledger.filters import Filters
from sayso.ledger.meaning import alike, complete
from sayso.ledger.outlets import outlets
from sayso.ledger.passages import passages
from sayso.ledger.search import search
from sayso.ledger.sourcing import sourcing
from sayso.ledger.table import Table
from sayso.ledger.timeline import timeline
from sayso.ledger.voices import voices
from sayso.meaning import Meanings, unit
from sayso.reading import Reading
from sayso.types import Attribution, Entity, Span, Time, Voice

REPORTS, ATTRIBUTIONS, CONTENT = 10_000, 20, 22
KINDS, STANCES = ("direct", "mixed", "indirect"), ("asserts", "denies", "holds", "questions", "directs")
TYPES = ("person", "person", "organisation", "unnamed", "group")


class Words:
    """Twelve thousand made-up words, the first the commonest."""

    def __init__(self, chance: random.Random) -> None:
        parts = [first + then for first in (*"bdfgklmnprstvz", "st", "tr") for then in (*"aeiou", "ar", "en")]
        made = itertools.chain.from_iterable(itertools.product(parts, repeat=size) for size in (2, 3))
        every = ["".join(word) for word in itertools.islice(made, 60_000)]
        self.all = chance.sample(every, 12_000)
        self.names = [f"{a.title()} {b.title()}" for a, b in zip(self.all[:3000], self.all[3000:6000], strict=True)]
        self._weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(self.all))))
        self._chance = chance

    def some(self, number: int) -> str:
        """So many words."""
        return " ".join(self._chance.choices(self.all, cum_weights=self._weights, k=number))


def reports(number: int) -> Iterator[Reading]:
    """So many readings, always the same."""
    chance = random.Random(5)
    words = Words(chance)
    for at in range(number):
        yield _report(at, words, chance)


def _report(at: int, words: Words, chance: random.Random) -> Reading:
    speakers = chance.sample(words.names, 8)
    text, attributions, times = "", [], []
    mentions: dict[str, list[Span]] = {name: [] for name in speakers}
    for index in range(ATTRIBUTIONS):
        who, whom = chance.choice(speakers), chance.choice(speakers)
        content = f"{words.some(CONTENT // 2)} {whom} {words.some(CONTENT // 2)} on 7 March"
        start = len(text)
        said = start + len(who) + 1
        told = said + len("said ")
        text += f"{who} said {content}. {words.some(8)}.\n"
        mentions[who].append(Span(start, start + len(who)))
        place = told + content.index(whom)
        mentions[whom].append(Span(place, place + len(whom)))
        end = told + len(content)
        times.append(Time(Span(end - 7, end), "DATE", f"2031-03-{at % 28 + 1:02}", 0.9, attribution=f"a{index}"))
        attributions.append(
            Attribution(
                f"a{index}",
                (Span(start, start + len(who)),),
                (Span(said, said + 4),),
                (Span(told, end),),
                chance.choice(KINDS),
                0.9,
                chance.choice(STANCES),
                f"v{speakers.index(who)}",
            )
        )
    known = {"outlet": f"The {words.all[at % 200].title()} Courier", "title": words.some(8).capitalize()}
    published = f"20{31 + at % 5}-{at % 12 + 1:02}-{at % 28 + 1:02}"
    spans = {name: tuple(found) for name, found in mentions.items()}
    return Reading(
        document(text, url=f"https://example.org/{at}", published=published, **known),
        "made_up",
        tuple(attributions),
        tuple(Voice(f"v{n}", name, TYPES[n % len(TYPES)], (), spans[name], 0.9) for n, name in enumerate(speakers)),
        entities=tuple(Entity(f"e{n}", name, "PERSON", (name,), spans[name], 0.9) for n, name in enumerate(speakers)),
        times=tuple(times),
    )


def fill(ledger: Ledger, number: int) -> None:
    """Put so many readings into an empty ledger."""
    made = reports(number)
    for batch in iter(lambda: list(itertools.islice(made, 250)), []):
        with ledger.writes() as connection:
            for reading in batch:
                key = store.put_document(connection, reading.document, None, None, [])
                store.put_reading(connection, key, reading)


class Random:
    """Takes any text to mean anything: the time of an encoder is not measured here."""

    meaning = SimpleNamespace(model="random")

    def vectors(self, texts: Sequence[str]) -> Floats:
        """As many vectors as the shipped model makes, of as many numbers."""
        chance = np.random.default_rng(len(texts[0]))
        return unit(chance.standard_normal((len(texts), 256), np.float32))


def timed(name: str, calls: list[Callable[[], Table]]) -> list[float]:
    """Run each call once and say how long they took; returns the processor's seconds of each."""
    seconds, wall, found = [], [], 0
    for call in calls:
        start, started = time.process_time(), time.perf_counter()
        found += len(call()) > 0
        seconds.append(time.process_time() - start)
        wall.append(time.perf_counter() - started)
    median, late = (sorted(seconds)[int(part * (len(seconds) - 1))] * 1000 for part in (0.5, 0.95))
    print(
        f"{name:28} {len(calls):3} asked, {found:3} answered: median {median:6.1f} ms, 95 % under {late:6.1f} ms"
        f"  (on the clock: median {statistics.median(wall) * 1000:.1f} ms)",
        flush=True,
    )
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger", help="where it is kept, or is already")
    parser.add_argument("--reports", type=int, default=REPORTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Ledger(options.ledger or Path(folder) / "big.sayso") as ledger:
        if next(ledger.documents(), None) is None:
            start = time.perf_counter()
            fill(ledger, options.reports)
            print(f"{options.reports:,} reports were put there in {time.perf_counter() - start:.0f} s")
        measure(ledger)


def measure(ledger: Ledger) -> None:
    """Time searches of each sort, and print what they took."""
    chance = random.Random(7)
    words = Words(random.Random(5))

    def asking(ask: Callable[..., Table], *args: object) -> Callable[[], Table]:
        def call() -> Table:
            with ledger.reads() as connection:
                return ask(connection, *args)

        return call

    every = []
    one = [words.some(1) for _ in range(40)]
    every += timed("a word", [asking(search, word) for word in one])
    every += timed("two words", [asking(search, words.some(2)) for _ in range(40)])
    every += timed("a name, as a phrase", [asking(search, f'"{chance.choice(words.names)}"') for _ in range(40)])
    every += timed("the beginning of a word", [asking(search, word[:4] + "*") for word in one])
    every += timed(
        "a word, by stance and kind", [asking(search, w, Filters(stance="denies", kind="direct")) for w in one]
    )
    every += timed("a word, in an outlet", [asking(search, w, Filters(outlet=words.all[n])) for n, w in enumerate(one)])
    every += timed("a word, in a month", [asking(search, w, Filters(since="2032-03", until="2032-03")) for w in one])
    every += timed("a word, by a voice", [asking(search, w, Filters(voice=chance.choice(words.names))) for w in one])
    every += timed("a voice", [asking(search, "", Filters(voice=chance.choice(words.names))) for _ in one])
    every += timed("about somebody", [asking(search, "", Filters(about=chance.choice(words.names))) for _ in one])
    every += timed("a word, in whole reports", [asking(passages, word) for word in one])
    every += timed("two words, in whole reports", [asking(passages, words.some(2)) for _ in one])
    print(f"all: median {statistics.median(every) * 1000:.1f} ms")
    meanings = cast(Meanings, Random())
    with ledger.writes() as connection:
        while complete(connection, meanings, limit=5000):
            pass
    timed("by meaning", [asking(alike, word, meanings) for word in one[:5]])
    timed("by meaning, in an outlet", [asking(alike, word, meanings, Filters(outlet=word)) for word in words.all[:5]])
    timed("voices", [asking(voices)] * 3)
    timed("outlets", [asking(outlets)] * 3)
    timed("sourcing", [asking(sourcing)] * 3)
    timed("names", [asking(names, chance.choice(words.names)) for _ in range(3)])
    timed("timeline", [asking(timeline, Filters(voice=chance.choice(words.names))) for _ in range(3)])
    timed("timeline of what is told", [asking(timeline, Filters(dated="told", since="2031-03-05"))] * 3)


if __name__ == "__main__":
    main()
