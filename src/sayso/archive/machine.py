"""Partitions read on this machine: a process a core, each with an engine of one thread.

Windows run in onnxruntime, which lets go of Python's lock, but what is made of them is Python, so processes read more
than threads of one process (docs/archive.md has the figures). What a process cannot take (it is killed for the memory
it asks) is tried again in a new one.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from sayso.archive.order import Order
from sayso.archive.parts import Partition
from sayso.archive.processes import CONTEXT, end_with_parent
from sayso.archive.reader import Done, Reader
from sayso.archive.store import Store
from sayso.errors import UnusableArchive

_AHEAD = 1
"""Partitions that wait for a free process."""
_TRIES = 3

_reader: Reader | None = None


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read(partitions: Iterable[Partition], store: Store, order: Order, jobs: int) -> Iterator[Done]:
    """Read partitions in so many processes, and yield what became of each, in order; with one job, in this process.

    Partitions are taken as processes get free, so memory does not grow with their number. Raises UnusableArchive.
    """
    if jobs == 1:
        reader = Reader(store, order)
        for partition in partitions:
            yield reader.read(partition)
        return
    with _Workers(store, order, jobs) as workers:
        yield from workers.read(iter(partitions))


class _Workers:
    """The processes. If one is killed they are started anew, and what they had in hand is done again."""

    def __init__(self, store: Store, order: Order, jobs: int) -> None:
        self._begun = (store, order)
        self._jobs = jobs
        self._pool = self._started()
        self._failed = 0

    def __enter__(self) -> _Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def read(self, partitions: Iterator[Partition]) -> Iterator[Done]:
        waiting: deque[tuple[Partition, Future[Done]]] = deque()
        for partition in islice(partitions, self._jobs + _AHEAD):
            waiting.append((partition, self._pool.submit(work, partition)))
        while waiting:
            partition, future = waiting[0]
            try:
                done = future.result()
            except BrokenProcessPool:
                self._again(partition, waiting)
                continue
            waiting.popleft()
            self._failed = 0
            yield done
            for fresh in islice(partitions, 1):
                try:
                    waiting.append((fresh, self._pool.submit(work, fresh)))
                except BrokenProcessPool:
                    broken: Future[Done] = Future()
                    broken.set_exception(BrokenProcessPool())
                    waiting.append((fresh, broken))

    def _again(self, partition: Partition, waiting: deque[tuple[Partition, Future[Done]]]) -> None:
        self._failed += 1
        if self._failed == _TRIES:
            address = self._begun[0].address
            raise UnusableArchive(address, f"{partition.name}: processes that read it were killed {_TRIES} times")
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._started()
        for _ in range(len(waiting)):
            mine, future = waiting.popleft()
            if not future.done() or future.cancelled() or future.exception() is not None:
                future = self._pool.submit(work, mine)
            waiting.append((mine, future))

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._jobs, CONTEXT, begin, self._begun)


def begin(store: Store, order: Order) -> None:
    """What a process does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the first process's, which tells the others
    threading.Thread(target=end_with_parent, daemon=True).start()
    global _reader
    _reader = Reader(store, order)


def work(partition: Partition) -> Done:
    """Read a partition in a process that was begun."""
    assert _reader is not None
    return _reader.read(partition)
