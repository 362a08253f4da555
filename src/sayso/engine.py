"""The main path: document → windows → scores → spans → attributions → reading."""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sayso import decode
from sayso.decode import Linked, Range
from sayso.documents import document as as_document
from sayso.encoder import Encoder
from sayso.kind import Quoted
from sayso.model import DEFAULT, Model
from sayso.quotes import quotations
from sayso.reading import Reading
from sayso.relayed import Found, with_relayed
from sayso.types import Attribution, Document, Span, Spans
from sayso.windows import Window, Windower

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


class Engine:
    """A loaded model. Making one takes a good part of a second, so keep it; it may be shared between threads."""

    def __init__(self, model: Model | str = DEFAULT, threads: int | None = None) -> None:
        """`model` is the name of shipped weights or a loaded Model; `threads` defaults to the number of cores.

        Raises MissingWeights if there is no such model.
        """
        self.model = Model.load(model) if isinstance(model, str) else model
        self.threads = threads or _cores()
        self._windower = Windower.from_file(self.model.folder / "tokenizer.json")
        self._encoder = Encoder(self.model.folder)

    def read(self, report: str | Document) -> Reading:
        """The reading of one report, given as its text or as a Document."""
        return next(self.read_many([report]))

    def read_many(self, reports: Iterable[str | Document]) -> Iterator[Reading]:
        """The readings of many reports, in their order. Reports are taken in as they are needed, windows of different
        reports are read at the same time, and memory does not grow with their number."""
        found: list[Found] = []
        with ThreadPoolExecutor(self.threads) as pool:
            for document, part in _in_order(pool, self._read_window, self._windows(reports), ahead=4 * self.threads):
                if part is None:
                    yield self._reading(document, found)
                    found = []
                else:
                    found += part

    def _windows(self, reports: Iterable[str | Document]) -> Iterator[tuple[Document, Window | None]]:
        """Each report's windows, then None to say that it is complete."""
        for report in reports:
            document = as_document(report) if isinstance(report, str) else report
            for window in self._windower.windows(document.text):
                yield document, window
            yield document, None

    def _read_window(self, job: tuple[Document, Window | None]) -> tuple[Document, list[Found] | None]:
        document, window = job
        if window is None:
            return document, None
        tagged = self._encoder.tag(window)
        cues = decode.cues(tagged.tags, self.model.settings, window.owned)
        if not cues:
            return document, []
        roles, bounds = self._encoder.link(window, tagged, cues)
        linked = (decode.link(c, r, b, self.model.settings) for c, r, b in zip(cues, roles, bounds, strict=True))
        located = (self._located(document.text, window, item) for item in linked if item is not None)
        return document, [found for found in located if found.content]

    def _located(self, text: str, window: Window, linked: Linked) -> Found:
        content = _spans(window, linked.content)
        return Found(
            _spans(window, linked.source),
            _spans(window, ((linked.cue.first, linked.cue.last),)),
            tuple(span for span in content if _says_something(text, span)),
            self.model.calibration.probability(decode.evidence(linked)),
        )

    def _reading(self, document: Document, found: list[Found]) -> Reading:
        quoted = Quoted(document.text, quotations(document.text))
        attributions = (
            Attribution(f"a{number}", f.source, f.cue, f.content, quoted.kind(f.content, f.cue), f.score)
            for number, f in enumerate(with_relayed(document.text, found), 1)
        )
        return Reading(document, self.model.name, tuple(attributions))


def _cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _spans(window: Window, runs: Iterable[Range]) -> Spans:
    units = window.units
    return tuple(Span(int(units[first, 0]), int(units[last - 1, 1])) for first, last in runs)


def _says_something(text: str, span: Span) -> bool:
    """Whether the span holds a letter or a digit: a mark left over between two holes is no content."""
    return any(map(str.isalnum, text[span.start : span.end]))


def _in_order(
    pool: ThreadPoolExecutor, function: Callable[[_Job], _Result], jobs: Iterable[_Job], ahead: int
) -> Iterator[_Result]:
    """The results of `function` on `jobs`, in order, computed in the pool, at most `ahead` jobs before their turn."""
    jobs = iter(jobs)
    waiting: deque[Future[_Result]] = deque(pool.submit(function, job) for job in itertools.islice(jobs, ahead))
    while waiting:
        result = waiting.popleft().result()
        waiting.extend(pool.submit(function, job) for job in itertools.islice(jobs, 1))
        yield result
