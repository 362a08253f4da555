"""Making an archive: what is planned, what is done of it already, and all the rest, here or on many machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.archive import machine, manifest
from sayso.archive.filters import Screen
from sayso.archive.manifest import Totals
from sayso.archive.order import Order
from sayso.archive.parts import Part, Partition, partitions, parts
from sayso.archive.reader import Done
from sayso.archive.schema import SCHEMAS
from sayso.archive.sources import Source, listed, rows
from sayso.archive.store import Store
from sayso.intake.opened import Intake

On = Literal["machine", "ray"]
"""Where partitions are read."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come: what became of all so far; how many reports there seem to be in all, None if nobody knows;
    how many of those so far were done by an earlier run."""

    totals: Totals
    expected: int | None
    before: int


Told = Callable[[Progress], None]


def make(
    inputs: Sequence[str],
    output: str,
    order: Order,
    told: Told,
    *,
    jobs: int | None = None,
    on: On = "machine",
) -> Totals:
    """Read all that `inputs` mean into the archive at `output`, and return the counts.

    What an earlier run with the same inputs and order has done is not done again. `told` hears after every partition.
    `jobs` are the cores, or the workers on Ray, to use: all if it is None.

    Raises UnusableArchive, InvalidSearch for a date among the filters that is none, MissingExtra.
    """
    Screen(order.filters)
    store = Store(output)
    sources = tuple(listed(inputs))
    wanted = manifest.plan(sources, order)
    manifest.begin(store, wanted)
    store.tidy()
    work = Work(tuple(parts(sources, order.partition)), order, manifest.done(store))
    totals = Totals()
    for done in work.done.values():
        totals.add(done)
    before = totals.found
    told(Progress(totals, None, before))
    for done in _read(work, store, jobs, on):
        totals.add(done)
        told(Progress(totals, work.expected(), before))
    store.tidy()
    _complete(store, totals)
    manifest.finish(store, wanted, totals)
    return totals


class Work:
    """The parts of an archive, with what is done of them."""

    def __init__(self, planned: tuple[Part, ...], order: Order, done: Mapping[str, Done]) -> None:
        self.parts = planned
        self.order = order
        self.done = done
        self._bytes = sum(_size(source) for part in planned for source in part.sources)
        self._behind, self._found = 0.0, 0

    def left(self) -> list[Part]:
        """The parts that are to be opened: those not complete; all of them if copies are to be found."""
        return [part for part in self.parts if not (self.order.filters.copies and self.is_complete(part))]

    def is_complete(self, part: Part) -> bool:
        """Whether all partitions of a part are done."""
        number = 0
        while (done := self.done.get(Partition(part.number, number).name)) is not None:
            if done.last:
                return True
            number += 1
        return False

    def partitions(self) -> Iterator[Partition]:
        """The partitions that are not done, in order."""
        screen = Screen(self.order.filters)
        left = {part.number for part in self.left()}
        with Intake(self.order.how) as intake:
            for part in self.parts:
                start = self._behind
                for partition in self._of(part, intake, screen) if part.number in left else ():
                    if partition.name not in self.done:
                        yield partition
                self._behind = start + sum(map(_size, part.sources))

    def _of(self, part: Part, intake: Intake, screen: Screen) -> Iterator[Partition]:
        """All partitions of a part; how far that is is kept for `expected`."""
        start, before, size = self._behind, self._found, sum(map(_size, part.sources))
        one = part.sources[0] if len(part.sources) == 1 else None
        count = rows(one) if one else None
        for partition in partitions(part, intake, screen, self.order.partition):
            self._found += partition.found
            share = (self._found - before) / count if count else intake.offset / max(1, size) if one else 0
            self._behind = start + size * min(1, share)
            yield partition

    def share(self) -> float:
        """How much of the input lies behind, in bytes; 0 where nobody knows."""
        return self._behind / self._bytes if self._bytes else 0.0

    def expected(self) -> int | None:
        """How many reports there seem to be, by the bytes that lie behind and what was found in them."""
        share = self.share()
        return round(self._found / share) if share and self._found else None


def _read(work: Work, store: Store, jobs: int | None, on: On) -> Iterator[Done]:
    if not work.left() or all(map(work.is_complete, work.parts)):
        return iter(())
    if on == "ray":
        from sayso.archive import on_ray

        return on_ray.read(work.left(), frozenset(work.done), store, work.order, jobs)
    return machine.read(work.partitions(), store, work.order, jobs or machine.cores())


def _complete(store: Store, totals: Totals) -> None:
    """Where nothing was read, tables without rows: whoever opens the archive finds all of them."""
    from sayso.archive.reader import parquet

    if not totals.read:
        for table, schema in SCHEMAS.items():
            store.put(f"{table}/none.parquet", parquet(schema.empty_table()))


def _size(source: Source) -> int:
    return source.size or 0
