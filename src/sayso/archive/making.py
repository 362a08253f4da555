"""Making an archive: what is planned, what is done of it already, and all the rest, here or on many machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.archive import machine, manifest
from sayso.archive.filters import Screen
from sayso.archive.manifest import Totals
from sayso.archive.order import Order
from sayso.archive.parts import Part, Partition, partitions, parts
from sayso.archive.reader import Done
from sayso.archive.schema import SCHEMAS
from sayso.archive.sources import Source, listed
from sayso.archive.store import Store
from sayso.intake.opened import Intake


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
) -> Totals:
    """Read all that `inputs` mean into the archive at `output`, and return the counts.

    What an earlier run with the same inputs and order has done is not done again. `told` hears after every partition.
    `jobs` are the cores to use, all if it is None.

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
    for done in _read(work, store, jobs):
        totals.add(done)
        told(Progress(totals, work.expected(totals.found), before))
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
        self._behind = 0

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
                start, size = self._behind, sum(map(_size, part.sources))
                if part.number in left:
                    for partition in partitions(part, intake, screen, self.order.partition):
                        self._behind = start + min(size, intake.offset if len(part.sources) == 1 else 0)
                        if partition.name not in self.done:
                            yield partition
                self._behind = start + size

    def expected(self, found: int) -> int | None:
        """How many reports there seem to be, by the bytes that lie behind and what was found in them."""
        return round(found * self._bytes / self._behind) if self._behind else None


def _read(work: Work, store: Store, jobs: int | None) -> Iterator[Done]:
    if not work.left() or all(map(work.is_complete, work.parts)):
        return iter(())
    return machine.read(work.partitions(), store, work.order, jobs or machine.cores())


def _complete(store: Store, totals: Totals) -> None:
    """Where nothing was read, tables without rows: whoever opens the archive finds all of them."""
    from sayso.archive.reader import parquet

    if not totals.read:
        for table, schema in SCHEMAS.items():
            store.put(f"{table}/none.parquet", parquet(schema.empty_table()))


def _size(source: Source) -> int:
    return source.size or 0
