"""Parts opened in processes beside those that read: taking pages apart is half as much work as reading them.

Partitions come in the order of the input, whoever opened them; each process is one ahead.
"""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pickle import UnpicklingError

from sayso.archive.filters import Screen
from sayso.archive.order import Order
from sayso.archive.parts import Part, Partition, partitions
from sayso.archive.processes import CONTEXT, end_with_parent
from sayso.errors import UnusableArchive
from sayso.intake.opened import Intake

_TRIES = 3


def opened(parts: Sequence[Part], order: Order, processes: int) -> Iterator[Partition]:
    """The partitions of the parts, in order, signed if copies are to be found; opened in so many processes, or in this
    one for none. Raises UnusableArchive if they are killed again and again."""
    if not processes:
        with Intake(order.how) as intake:
            yield from _opened(parts, order, intake)
        return
    openers = [_Opener(parts[number::processes], order) for number in range(processes)]
    try:
        for number in range(len(parts)):
            yield from openers[number % processes].next_part()
    finally:
        for opener in openers:
            opener.stop()


def _opened(parts: Sequence[Part], order: Order, intake: Intake) -> Iterator[Partition]:
    screen = Screen(order.filters)
    for part in parts:
        for partition in partitions(part, intake, screen, order.partition):
            if not order.filters.copies:
                partition.sign()
            yield partition


class _Opener:
    """A process that opens some parts; started anew where it left off if it is killed."""

    def __init__(self, parts: Sequence[Part], order: Order) -> None:
        self._parts = list(parts)
        self._order = order
        self._taken = 0  # partitions of the first of its parts
        self._killed = 0
        self._start()

    def next_part(self) -> Iterator[Partition]:
        """The partitions of its next part."""
        last = False
        while not last:
            partition = self._next()
            if partition.number < self._taken:  # it was taken before the process was killed
                continue
            last = partition.last
            self._taken = 0 if last else self._taken + 1
            if last:
                del self._parts[0]
            yield partition

    def stop(self) -> None:
        """Whatever it is doing."""
        self._process.terminate()
        self._process.join()
        self._pipe.close()

    def _start(self) -> None:
        # A pipe holds little, so a process waits with one partition in hand until it is wanted.
        self._pipe, end = CONTEXT.Pipe(duplex=False)
        self._process = CONTEXT.Process(target=_open, args=(self._parts, self._order, end), daemon=True)
        self._process.start()
        end.close()  # so that the death of the process is the end of the pipe

    def _next(self) -> Partition:
        while True:
            try:
                found = self._pipe.recv()
            except (EOFError, OSError, UnpicklingError):
                self._again()
                continue
            if isinstance(found, Partition):
                return found
            raise RuntimeError(found)

    def _again(self) -> None:
        self._killed += 1
        if self._killed == _TRIES:
            sources = self._parts[0].sources
            raise UnusableArchive(sources[0].name, f"processes that open it were killed {_TRIES} times")
        self.stop()
        self._start()


def _open(parts: Sequence[Part], order: Order, pipe: Connection) -> None:
    """What the process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        with Intake(order.how) as intake:
            for partition in _opened(parts, order, intake):
                pipe.send(partition)
    except Exception:
        pipe.send(traceback.format_exc())
