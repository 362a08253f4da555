"""Making an archive: what is planned, what is done of it already, and all the rest, here or on many machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.archive import machine, manifest, opening
from sayso.archive.filters import Screen
from sayso.archive.manifest import Totals
from sayso.archive.order import Order
from sayso.archive.parts import Part, Partition, parts
from sayso.archive.reader import Done
from sayso.archive.schema import SCHEMAS
from sayso.archive.seen import Seen
from sayso.archive.sources import Source, listed
from sayso.archive.store import Store

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

    Raises UnusableArchive, UnreadableSource for an input that means no report, InvalidSearch for a date among the
    filters that is none, MissingExtra.
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
        self._complete = frozenset(part.number for part in planned if self._is_complete(part))

    def left(self) -> list[Part]:
        """The parts that are to be opened: those not complete; all of them if copies are to be found."""
        return [part for part in self.parts if not (self.order.filters.copies and part.number in self._complete)]

    def is_complete(self) -> bool:
        """Whether nothing is left to be read."""
        return len(self._complete) == len(self.parts)

    def _is_complete(self, part: Part) -> bool:
        number = 0
        while (done := self.done.get(Partition(part.number, number).name)) is not None:
            if done.last:
                return True
            number += 1
        return False

    def partitions(self, openers: int = 0) -> Iterator[Partition]:
        """The partitions that are not done, in order; opened in so many processes beside this one, or in this one."""
        seen, left = Seen(), self.left()
        sizes = {part.number: sum(map(_size, part.sources)) for part in self.parts}
        opened = sum(sizes[part.number] for part in left)
        start = self._bytes - opened  # what is complete and stays closed
        for partition in opening.opened(left, self.order, openers):
            self._found += partition.found
            self._behind = start + sizes[partition.part] * partition.share
            if partition.last:
                start += sizes[partition.part]
            if not self.order.filters.copies:
                partition.drop([seen.is_copy(each) for each in partition.bands])
            if partition.name not in self.done:
                yield partition

    def share(self) -> float:
        """How much of the input lies behind, in bytes; 0 where nobody knows."""
        return self._behind / self._bytes if self._bytes else 0.0

    def expected(self) -> int | None:
        """How many reports there seem to be, by the bytes that lie behind and what was found in them."""
        skipped = sum(done.found for done in self.done.values() if int(done.name.split("-")[1]) in self._closed())
        share = self.share()
        return round((self._found + skipped) / share) if share and self._found else None

    def _closed(self) -> frozenset[int]:
        """The parts that are complete and not opened again."""
        return self._complete if self.order.filters.copies else frozenset()


def _read(work: Work, store: Store, jobs: int | None, on: On) -> Iterator[Done]:
    if work.is_complete():
        return iter(())
    if on == "ray":
        from sayso.archive import on_ray

        return on_ray.read(work.left(), frozenset(work.done), store, work.order, jobs)
    workers = jobs or machine.cores()
    openers = min(len(work.left()), (workers + 1) // 2) if workers > 1 else 0
    return machine.read(work.partitions(openers), store, work.order, workers)


def _complete(store: Store, totals: Totals) -> None:
    """Where nothing was read, tables without rows: whoever opens the archive finds all of them."""
    from sayso.archive.reader import parquet

    if not totals.read:
        for table, schema in SCHEMAS.items():
            store.put(f"{table}/none.parquet", parquet(schema.empty_table()))


def _size(source: Source) -> int:
    return source.size or 0
