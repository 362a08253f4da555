"""Sources → parts, the units that can be opened side by side → partitions, the units that are read and written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from sayso.archive.filters import Screen
from sayso.archive.seen import bands
from sayso.archive.sources import Source, documents, rows
from sayso.errors import UnreadableSource
from sayso.intake.formats import may_hold_many
from sayso.intake.loaded import Loaded
from sayso.intake.opened import Intake

MOST_CHARACTERS = 16_000_000
"""A partition of that many code points is full, however few its reports."""


class Part(NamedTuple):
    """Consecutive sources: one that may hold many reports, or as many that hold one as make a partition."""

    number: int
    sources: tuple[Source, ...]


class Fault(NamedTuple):
    """A report that was found and could not be read, by what a person calls it, and why."""

    source: str
    reason: str


@dataclass(slots=True)
class Partition:
    """Some reports of a part, in order, sorted into what is to be read, what a filter keeps out (a count by filter) and
    what cannot be read. `last` if the part has no more; `share` is how much of the part lies behind then. `bands` are
    those of what is to be read, if copies are to be found."""

    part: int
    number: int
    read: list[Loaded] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    quarantined: list[Fault] = field(default_factory=list)
    last: bool = False
    share: float = 0.0
    bands: list[list[int]] = field(default_factory=list)
    characters: int = 0

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"part-{self.part:06}-{self.number:05}"

    @property
    def found(self) -> int:
        """How many reports it has in all."""
        return len(self.read) + self.skipped.total() + len(self.quarantined)

    def take(self, found: Loaded | UnreadableSource, screen: Screen) -> None:
        """Put one more where it belongs."""
        if isinstance(found, UnreadableSource):
            self.quarantined.append(Fault(found.source, found.reason))
        elif (fault := screen.fault(found.document)) is not None:
            self.skipped[fault] += 1
        else:
            self.read.append(found)
            self.characters += len(found.document.text)

    def sign(self) -> None:
        """Work out by what copies of its documents are found."""
        self.bands = [bands(loaded.document) for loaded in self.read]

    def drop(self, copies: Sequence[bool]) -> None:
        """Skip the documents that are copies, which is said for each."""
        self.read = [loaded for loaded, copy in zip(self.read, copies, strict=True) if not copy]
        if any(copies):
            self.skipped["copy"] += sum(copies)


def parts(sources: Iterable[Source], size: int) -> Iterator[Part]:
    """The parts that the sources make, whose number tells their order. `size` is that of a partition."""
    number = 0
    for many, group in groupby(sources, key=lambda source: source.fault is None and may_hold_many(source.name)):
        gathered: list[Source] = []
        for source in group:
            gathered.append(source)
            if many or len(gathered) == size:
                yield Part(number, tuple(gathered))
                number, gathered = number + 1, []
        if gathered:
            yield Part(number, tuple(gathered))
            number += 1


def partitions(part: Part, intake: Intake, screen: Screen, size: int) -> Iterator[Partition]:
    """The partitions of a part, of `size` reports each, the last one fewer."""
    gathered = Partition(part.number, 0)
    found, count = 0, rows(part.sources[0]) if len(part.sources) == 1 else None
    for at, source in enumerate(part.sources):
        for item in documents(source, intake):
            if gathered.found >= size or gathered.characters >= MOST_CHARACTERS:
                found += gathered.found
                inside = found / count if count else intake.offset / source.size if source.size else 0.0
                gathered.share = (at + min(1.0, inside)) / len(part.sources)
                yield gathered
                gathered = Partition(part.number, gathered.number + 1)
            gathered.take(item, screen)
    gathered.last, gathered.share = True, 1.0
    yield gathered
