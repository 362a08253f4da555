"""What an archive would take, foretold from a sample: how many reports, how long, how much memory, how large."""

from __future__ import annotations

import math
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.archive import machine
from sayso.archive.making import Work
from sayso.archive.order import Order
from sayso.archive.parts import Partition, parts
from sayso.archive.processes import CONTEXT
from sayso.archive.reader import parquet
from sayso.archive.schema import SCHEMAS
from sayso.archive.sources import listed
from sayso.archive.store import Store
from sayso.intake.loaded import Loaded

SECONDS = 20.0
"""How long the input is looked through, unless somebody says otherwise."""

_SAMPLE = 48
"""Reports that each process reads, as far as there are so many."""
_TURNS = 4
"""Partitions in which it reads them."""
_GLANCE = 50
"""Reports found between two looks at the clock."""
_COPIED = 2.0
"""Rows are in memory as Arrow's columns, and once more while they are written."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be expected. `looked_at` is the share of the input that was gone through, in bytes: where it is 1,
    `found`, `read`, `skipped` and `quarantined` are counts, else estimates (copies too few: most have their originals
    in what was not looked at). `seconds` are by the clock, `memory` and `size` bytes: those that all processes together
    hold at most, and those of the archive."""

    looked_at: float
    found: int
    read: int
    skipped: Counter[str]
    quarantined: int
    jobs: int
    seconds: float
    memory: int
    size: int
    partitions: int


@dataclass(slots=True)
class _Survey:
    """What was seen of the input."""

    share: float = 0.0
    seconds: float = 0.0
    found: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    quarantined: int = 0
    kept: int = 0
    characters: int = 0
    sample: list[Loaded] = field(default_factory=list)

    def take(self, partition: Partition, most: int, chance: random.Random) -> None:
        """Count one more partition, and keep some of its documents: each seen so far with the same probability
        (reservoir sampling, Vitter's algorithm R)."""
        self.found += partition.found
        self.skipped.update(partition.skipped)
        self.quarantined += len(partition.quarantined)
        for loaded in partition.read:
            self.kept += 1
            self.characters += len(loaded.document.text)
            if len(self.sample) < most:
                self.sample.append(loaded)
            elif (at := chance.randrange(self.kept)) < most:
                self.sample[at] = loaded


class _Trial(NamedTuple):
    """How the sample was read: seconds of a process, and what one holds at most."""

    seconds: float
    characters: int
    memory: int


def forecast(inputs: Sequence[str], order: Order, *, jobs: int | None = None, seconds: float = SECONDS) -> Forecast:
    """What making this archive would take on so many cores (all, if None), by going through the input for some seconds
    and reading a sample of it.

    Raises UnreadableSource for an input that means no report, InvalidSearch for a date among the filters that is none.
    """
    here = machine.cores()
    workers = jobs or here
    trying = min(workers, here)
    survey = _surveyed(inputs, order, _SAMPLE * trying, seconds)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        trials = list(_tried(survey.sample, folder, order, trying))
        start = max(0.0, time.perf_counter() - begun - sum(t.seconds for t in trials) / trying)
        whole = 1 / survey.share if survey.share else 1.0
        kept = round(survey.kept * whole)
        partitions = max(1, math.ceil(survey.found * whole / order.partition))
        each = kept / partitions
        size, columns = _sizes(Path(folder), each)
    rate = sum(t.characters for t in trials) / max(1e-9, sum(t.seconds for t in trials))
    turns = math.ceil(partitions / workers)  # processes that have nothing to read any more wait for the others
    reading = survey.characters * whole / max(1.0, rate) / partitions * turns
    opening = survey.seconds * whole
    passed = max(reading, opening) if workers < here else reading + opening / workers
    process = max((t.memory for t in trials), default=0) + round(columns * _COPIED)
    waiting = (workers + 1) * each * survey.characters / max(1, survey.kept)
    return Forecast(
        looked_at=survey.share,
        found=round(survey.found * whole),
        read=kept,
        skipped=Counter({name: round(count * whole) for name, count in survey.skipped.items()}),
        quarantined=round(survey.quarantined * whole),
        jobs=workers,
        seconds=start + passed,
        memory=_peak() + round(waiting) + workers * process,
        size=round(size * partitions),
        partitions=partitions,
    )


def _surveyed(inputs: Sequence[str], order: Order, most: int, seconds: float) -> _Survey:
    """What is in the parts of the input, opened in any order, as far as one comes."""
    survey, chance = _Survey(), random.Random(1)
    planned = list(parts(listed(inputs), order.partition))
    chance.shuffle(planned)
    work = Work(tuple(planned), replace(order, partition=_GLANCE), {})
    begun = time.perf_counter()
    for partition in work.partitions():
        survey.take(partition, most, chance)
        if time.perf_counter() - begun > seconds:
            survey.share = work.share()
            break
    else:
        survey.share = 1.0
    survey.seconds = time.perf_counter() - begun
    return survey


def _tried(sample: list[Loaded], folder: str, order: Order, jobs: int) -> Iterator[_Trial]:
    """Read the sample into an archive of its own, in processes as they would read all."""
    if not sample:
        return
    turns = min(len(sample), _TURNS * jobs)
    partitions = [Partition(0, number, read=sample[number::turns]) for number in range(turns)]
    with ProcessPoolExecutor(jobs, CONTEXT, machine.begin, (Store(folder), order)) as pool:
        list(pool.map(_warmed, [Partition(1, number, read=sample[:2]) for number in range(jobs)]))
        yield from pool.map(_timed, partitions)


def _warmed(partition: Partition) -> None:
    """The first reports take longer. Each process waits for the others, so that all of them get some."""
    machine.work(partition)
    time.sleep(0.2)


def _timed(partition: Partition) -> _Trial:
    begun = time.perf_counter()
    machine.work(partition)
    characters = sum(len(loaded.document.text) for loaded in partition.read)
    return _Trial(time.perf_counter() - begun, characters, _peak())


def _sizes(folder: Path, each: float) -> tuple[float, float]:
    """The bytes of a partition of so many documents, on disk and in memory, by what the sample takes."""
    size = columns = 0.0
    for name, schema in SCHEMAS.items():
        files = sorted((folder / name).glob("part-000000-*.parquet"))
        tables = [pq.read_table(file, schema=schema) for file in files]
        if not tables:
            continue
        count = sum(pq.read_metadata(folder / "documents" / file.name).num_rows for file in files)
        whole, half = pa.concat_tables(tables), pa.concat_tables(tables[: (len(tables) + 1) // 2])
        size += _grown(len(parquet(schema.empty_table())), len(parquet(half)), len(parquet(whole)), each / count)
        columns += whole.nbytes * each / count
    return size, columns


def _grown(empty: int, half: int, whole: int, times: float) -> float:
    """The bytes of a file of so many times what is in one of `whole` bytes, by what was added from its half to it: the
    more there is, the more of it has been there already, so files grow by a power of what is in them."""
    if half <= empty or whole <= half:
        return empty + (whole - empty) * times
    power = min(1.0, math.log2((whole - empty) / (half - empty)))
    return float(empty + (whole - empty) * times ** max(0.5, power))


def _peak() -> int:
    """The bytes that this process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
