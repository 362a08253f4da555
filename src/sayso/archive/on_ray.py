"""Partitions read on many machines, by Ray Data: parts are opened in tasks, and each worker that reads has an engine.

Which machine does what, what is done again when a worker dies, and how much is held in memory is Ray's. Input and
output must be where every machine sees them. Copies are found in a pass before: tasks send the signatures of what they
find, and who is a copy is decided here, in the order of the input, as one machine would.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from sayso.archive.filters import Screen
from sayso.archive.order import Order
from sayso.archive.parts import Part, partitions
from sayso.archive.reader import Done, Reader
from sayso.archive.seen import Seen
from sayso.archive.store import Store
from sayso.extras import need
from sayso.intake.opened import Intake

Batch = dict[str, Any]
"""Columns of one row each: what Ray Data hands from one step to the next. Values are pickled."""

_OPENING = 0.25
"""The share of a core that opening a part is given: most of the time it waits for somebody to read."""


def read(left: Sequence[Part], done: frozenset[str], store: Store, order: Order, jobs: int | None) -> Iterator[Done]:
    """Read the partitions of the parts that are `left`, but those that are `done`, with so many workers, and yield what
    became of each, as it comes.

    The cluster is the one that RAY_ADDRESS names, or a new one on this machine. Raises MissingExtra.
    """
    ray, data = need("ray", "ray", "reading on Ray"), need("ray.data", "ray", "reading on Ray")
    if not ray.is_initialized():
        ray.init(log_to_driver=False, logging_level=logging.ERROR)
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    data.DataContext.get_current().enable_progress_bars = False
    here = os.getcwd()
    copies = {} if order.filters.copies else _copies(data, left, order, here)
    workers = jobs or max(1, int(ray.cluster_resources().get("CPU", 1)))
    parts = [{"part": pickle.dumps((part, copies.get(part.number, frozenset())))} for part in left]
    read = (
        data.from_items(parts, override_num_blocks=len(parts))
        .map_batches(_Cut(order, done, here), batch_size=1, num_cpus=_OPENING)
        .map_batches(
            _Read,
            fn_constructor_args=(store, order, here),
            batch_size=1,
            num_cpus=1,
            compute=data.ActorPoolStrategy(min_size=1, max_size=workers, max_tasks_in_flight_per_actor=2),
        )
    )
    for row in read.iter_rows():
        yield pickle.loads(row["done"])


def _copies(data: Any, left: Sequence[Part], order: Order, here: str) -> dict[int, frozenset[int]]:
    """By the number of a part, which of its documents that no other filter keeps out are copies, counted from 0."""
    seen = Seen()
    parts = [{"part": pickle.dumps((part, frozenset()))} for part in left]
    found: dict[int, bytes] = {}  # pickled, which takes a fifth of what the numbers do
    signed = data.from_items(parts, override_num_blocks=len(parts)).map_batches(_Signed(order, here), batch_size=1)
    for row in signed.iter_rows():
        found[row["part"]] = row["bands"]
    return {
        number: frozenset(at for at, each in enumerate(pickle.loads(found.pop(number))) if seen.is_copy(each))
        for number in sorted(found)
    }


class _Signed:
    """A part → the bands of its documents."""

    def __init__(self, order: Order, here: str) -> None:
        self._order = order
        self._here = here

    def __call__(self, batch: Batch) -> Batch:
        _go(self._here)
        part, _ = pickle.loads(batch["part"][0])
        found: list[list[int]] = []
        with Intake(self._order.how) as intake:
            for partition in partitions(part, intake, Screen(self._order.filters), self._order.partition):
                partition.sign()
                found += partition.bands
        return {"part": [part.number], "bands": [pickle.dumps(found)]}


class _Cut:
    """A part → its partitions that are not done."""

    def __init__(self, order: Order, done: frozenset[str], here: str) -> None:
        self._order = order
        self._done = done
        self._here = here

    def __call__(self, batch: Batch) -> Iterator[Batch]:
        _go(self._here)
        part, copies = pickle.loads(batch["part"][0])
        screen, number = Screen(self._order.filters), 0
        with Intake(self._order.how) as intake:
            for partition in partitions(part, intake, screen, self._order.partition):
                count = len(partition.read)
                partition.drop([at in copies for at in range(number, number + count)])
                number += count
                if partition.name not in self._done:
                    yield {"partition": [pickle.dumps(partition)]}


class _Read:
    """A partition → what became of it. One a worker."""

    def __init__(self, store: Store, order: Order, here: str) -> None:
        _go(here)
        self._reader = Reader(store, order)

    def __call__(self, batch: Batch) -> Batch:
        return {"done": [pickle.dumps(self._reader.read(pickle.loads(batch["partition"][0])))]}


def _go(here: str) -> None:
    """Paths mean the same as where the command was given, if there is such a folder."""
    with suppress(OSError):
        os.chdir(here)
