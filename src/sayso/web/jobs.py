"""Adding reports while the reading room goes on: one add at a time, in the order in which they were asked for."""

from __future__ import annotations

import itertools
import logging
import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import SaysoError
from sayso.intake.loaded import Metadata
from sayso.ledger import Ledger
from sayso.render.wording import counted

if TYPE_CHECKING:
    from sayso.engine import Engine
    from sayso.ledger.add import Outcome

_log = logging.getLogger(__name__)

MOST_WAITING = 8
"""So many adds may wait."""
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Wanted:
    """A source to be added, what a person calls it, and what is known of it."""

    source: str
    name: str
    known: Metadata


@dataclass(slots=True)
class Told:
    """What became of one document or source: `what` as `sayso.ledger.add` says it, its key, a sentence where needed."""

    what: str
    name: str
    key: int | None = None
    title: str = ""
    said: str = ""


@dataclass(slots=True)
class Job:
    """An add, or a comparison: what is wanted, what became of it so far, how many of its steps are finished, whether it
    is done."""

    number: int
    wanted: Sequence[Wanted]
    folder: Path | None
    told: list[Told] = field(default_factory=list)
    finished: int = 0
    steps: int = 0
    done: bool = False


class TooMany(SaysoError):
    """There are as many adds waiting as may."""


class Jobs:
    """The adds of a reading room. Close it when the room closes."""

    def __init__(self, ledger: Ledger, changed: Callable[[], None]) -> None:
        """`changed` is called when one has changed the ledger."""
        self._ledger, self._changed = ledger, changed
        self._engine: Engine | None = None
        self._jobs: dict[int, Job] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="sayso-add")

    def close(self) -> None:
        """Let what is being added be finished, and begin nothing more."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def add(self, wanted: Sequence[Wanted], folder: Path | None = None) -> Job:
        """Add these sources as soon as it is their turn; `folder` holds files that are removed afterwards.

        Raises TooMany.
        """
        return self._begun(wanted, folder, self._run)

    def compare(self) -> Job:
        """Compare what is new with what is there, when it is its turn. Raises TooMany."""
        return self._begun([], None, self._compare)

    def job(self, number: int) -> Job | None:
        """The add of that number, if it is remembered."""
        with self._lock:
            return self._jobs.get(number)

    def _begun(self, wanted: Sequence[Wanted], folder: Path | None, run: Callable[[Job], None]) -> Job:
        with self._lock:
            if sum(not job.done for job in self._jobs.values()) >= MOST_WAITING:
                raise TooMany("enough is being done at the moment: wait until some of it is")
            job = Job(next(self._numbers), wanted, folder, steps=len(wanted))
            self._jobs[job.number] = job
            for old in [number for number, known in self._jobs.items() if known.done][:-_REMEMBERED]:
                del self._jobs[old]
        self._worker.submit(run, job)
        return job

    def _compare(self, job: Job) -> None:
        def hear(finished: int, steps: int) -> None:
            job.finished, job.steps = finished, steps

        try:
            number = self._ledger.compare(told=hear)
            job.told.append(Told("compared", counted(number, "report")))
        except SaysoError as error:
            job.told.append(Told("unreadable", "the ledger", said=str(error)))
        finally:
            self._end(job)

    def _run(self, job: Job) -> None:
        try:
            for wanted in job.wanted:
                self._add(job, wanted)
                job.finished += 1
        finally:
            self._end(job)
            if job.folder is not None:
                shutil.rmtree(job.folder, ignore_errors=True)

    def _end(self, job: Job) -> None:
        self._changed()
        job.done = True

    def _add(self, job: Job, wanted: Wanted) -> None:
        def hear(outcome: Outcome) -> None:
            document = outcome.document
            title = (document.title or wanted.name) if document is not None else ""
            said = str(outcome.error or "; ".join(outcome.notes)).replace(wanted.source, wanted.name)
            job.told.append(Told(outcome.what, wanted.name, outcome.key, title, said))

        try:
            self._ledger.add([wanted.source], told=hear, engine=self._loaded(), **asdict(wanted.known))
        except SaysoError as error:
            job.told.append(Told("unreadable", wanted.name, said=str(error).replace(wanted.source, wanted.name)))
        except Exception:  # a defect of ours stops neither the room nor what else is to be added
            _log.exception("%s could not be added", wanted.name)
            job.told.append(Told("unreadable", wanted.name, said="it could not be read, by a fault of Sayso’s"))

    def _loaded(self) -> Engine:
        if self._engine is None:
            from sayso.engine import Engine

            self._engine = Engine()
        return self._engine
