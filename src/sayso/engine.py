"""The main path: document → windows → scores → spans → attributions → voices → reading."""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

import numpy as np

from sayso import decode
from sayso.chain import Placed
from sayso.decode import Floats, Linked, Range
from sayso.documents import document as as_document
from sayso.encoder import Encoder, Runs, Tagged
from sayso.grounding.ground import grounded
from sayso.kind import Quoted
from sayso.meaning import UNITS, Meaning, in_window
from sayso.model import DEFAULT, Model
from sayso.names import NAME_KINDS, PHRASE_KINDS, Named, Phrases, named, tidied
from sayso.narration import narration
from sayso.nested import inner_texts, is_inner
from sayso.quotes import quotations
from sayso.reading import Reading
from sayso.relayed import Found, with_relayed
from sayso.stance import circumstances, hedged, negated, stance
from sayso.types import Attribution, Document, Span, Spans
from sayso.veil import windower_of
from sayso.voices.lexicon import nations, stops
from sayso.voices.marks import Marks
from sayso.voices.scorer import Scorers
from sayso.voices.voiced import Given, voiced
from sayso.windows import Window

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(slots=True)
class _Part:
    """What was found in some windows of one document, in text order."""

    found: list[Found] = field(default_factory=list)
    names: list[Named] = field(default_factory=list)
    phrases: Phrases = field(default_factory=Phrases)
    meant: dict[Spans, Floats] = field(default_factory=dict)  # what the encoder made of the contents, where they stand

    def add(self, other: _Part) -> None:
        self.found += other.found
        self.names += other.names
        self.phrases.extend(other.phrases)
        self.meant |= other.meant


class _Job(NamedTuple):
    """One window of a document to read, or None to say that the document is complete; and all attributions given for
    the document, if they are not to be found."""

    document: Document
    window: Window | None
    given: Sequence[Placed] | None


class Engine:
    """A loaded model. Making one takes a good part of a second, so keep it; it may be shared between threads."""

    def __init__(self, model: Model | str = DEFAULT, threads: int | None = None) -> None:
        """`model` is the name of shipped weights or a loaded Model; `threads` defaults to the number of cores.

        Raises MissingWeights if there is no such model.
        """
        self.model = Model.load(model) if isinstance(model, str) else model
        self.threads = threads or _cores()
        self._windower = windower_of(self.model.folder)
        self._encoder = Encoder(self.model.folder)
        self._scorers = Scorers.load(self.model.folder)

    def read(self, report: str | Document) -> Reading:
        """The reading of one report, given as its text or as a Document."""
        return next(self.read_many([report]))

    def read_given(self, report: str | Document, attributions: Sequence[Placed]) -> Reading:
        """The reading of a report whose attributions are known (marked by hand, or by another tool): kind, stance,
        voice and chain are found for them, in their order.

        Raises ValueError for an attribution with neither cue nor content.
        """
        if any(not (a.cue or a.content) for a in attributions):
            raise ValueError("an attribution needs a cue or a content")
        return next(self._read([(report, attributions)]))

    def read_many(self, reports: Iterable[str | Document]) -> Iterator[Reading]:
        """The readings of many reports, in their order. Reports are taken in as they are needed, windows of different
        reports are read at the same time, and memory does not grow with their number."""
        return self._read((report, None) for report in reports)

    @property
    def knows_meaning(self) -> bool:
        """Whether the model has a part that makes vectors of what is said."""
        return Meaning.is_part_of(self.model)

    def read_meant(self, reports: Iterable[str | Document]) -> Iterator[tuple[Reading, Floats]]:
        """The readings of many reports, in their order, each with what the contents of its attributions mean: vectors
        (A, D) of length 1, float32, as `sayso.meaning` makes them, at hardly any cost.

        Raises MissingWeights if the model has no part for that.
        """
        meaning = Meaning.load(self.model)
        for reading, part in self._parts((report, None) for report in reports):
            contexts = [part.meant.get(a.content) for a in reading.attributions]
            known = [np.zeros(UNITS, np.float32) if context is None else context for context in contexts]
            contents = [reading.words(a.content) for a in reading.attributions]
            yield reading, meaning.join(np.array(known, np.float32).reshape(len(known), UNITS), contents)

    def _read(self, reports: Iterable[tuple[str | Document, Sequence[Placed] | None]]) -> Iterator[Reading]:
        return (reading for reading, _ in self._parts(reports))

    def _parts(
        self, reports: Iterable[tuple[str | Document, Sequence[Placed] | None]]
    ) -> Iterator[tuple[Reading, _Part]]:
        whole = _Part()
        with ThreadPoolExecutor(self.threads) as pool:
            for job, part in _in_order(pool, self._read_window, self._jobs(reports), ahead=4 * self.threads):
                whole.add(part)
                if job.window is None:
                    yield self._reading(job, whole), whole
                    whole = _Part()

    def _jobs(self, reports: Iterable[tuple[str | Document, Sequence[Placed] | None]]) -> Iterator[_Job]:
        """Each report's windows, then its end."""
        for report, given in reports:
            document = as_document(report) if isinstance(report, str) else report
            for window in self._windower.windows(document.text):
                yield _Job(document, window, given)
            yield _Job(document, None, given)

    def _read_window(self, job: _Job) -> tuple[_Job, _Part]:
        if job.window is None:
            return job, _Part()
        text, window = job.document.text, job.window
        tagged = self._encoder.tag(window)
        names, phrases = self._encoder.name(tagged)
        if job.given is None:
            found = self._find(text, window, tagged)
        else:
            mine = (a for a in job.given if window.run(a.cue or a.content) is not None)
            found = [Found(a.source, a.cue, a.content, 1.0) for a in mine]
        found = self._judged(text, window, tagged, found)
        meant = {f.content: m for f in found if (m := in_window(window, tagged, f.content)) is not None}
        if job.given is None:
            inner, inner_meant = self._inner(text, found)
            found += inner
            meant |= inner_meant
        seen = Phrases(named(phrases, PHRASE_KINDS, window))
        return job, _Part(found, named(names, NAME_KINDS, window), seen, meant)

    def _find(self, text: str, window: Window, tagged: Tagged) -> list[Found]:
        cues = decode.cues(tagged.tags, self.model.settings, window.owned)
        if not cues:
            return []
        roles, bounds = self._encoder.link(window, tagged, cues)
        linked = (decode.link(c, r, b, self.model.settings) for c, r, b in zip(cues, roles, bounds, strict=True))
        located = (self._located(text, window, item) for item in linked if item is not None)
        return [found for found in located if found.content]

    def _inner(self, text: str, found: list[Found]) -> tuple[list[Found], dict[Spans, Floats]]:
        """What is said inside the contents of a window's attributions, and what the encoder makes of that."""
        inner: list[Found] = []
        meant: dict[Spans, Floats] = {}
        for outer, span in inner_texts(text, found):
            for window in self._windower.windows(text[slice(*span)]):
                window = replace(window, units=window.units + span.start)
                tagged = self._encoder.tag(window)
                fresh = [f for f in self._find(text, window, tagged) if is_inner(text, f, outer, found + inner)]
                meant |= {f.content: m for f in fresh if (m := in_window(window, tagged, f.content)) is not None}
                inner += self._judged(text, window, tagged, fresh)
        return inner, meant

    def _located(self, text: str, window: Window, linked: Linked) -> Found:
        content = _spans(window, linked.content)
        return Found(
            _spans(window, linked.source),
            _spans(window, ((linked.cue.first, linked.cue.last),)),
            tuple(span for span in content if _says_something(text, span)),
            self.model.calibration.probability(decode.evidence(linked)),
        )

    def _judged(self, text: str, window: Window, tagged: Tagged, found: list[Found]) -> list[Found]:
        """The same with what the judge says of their cues and sources, as far as they lie in the window."""
        runs = [(window.run(f.cue or f.content), window.run(f.source) if f.source else None) for f in found]
        placed = [(f, cue, source or cue) for f, (cue, source) in zip(found, runs, strict=True) if cue is not None]
        if not placed:
            return found
        stances, sorts = self._encoder.judge(
            tagged,
            Runs(
                np.array([cue for _, cue, _ in placed], np.int64),
                np.array([source for _, _, source in placed], np.int64),
                np.array([circumstances(text, f.source, f.cue, f.content) for f, _, _ in placed], np.float32),
            ),
        )
        judged = {
            id(f): replace(f, stances=tuple(stance.tolist()), sorts=tuple(sort.tolist()))
            for (f, _, _), stance, sort in zip(placed, stances, sorts, strict=True)
        }
        return [judged.get(id(f), f) for f in found]

    def _reading(self, job: _Job, part: _Part) -> Reading:
        """The reading of a document of which everything is found. Lets go of it on the way: a report may be a million
        words long."""
        document, text = job.document, job.document.text
        quoted = Quoted(text, quotations(text))
        marks = Marks(text, tidied(text, sorted(part.names), stops(), nations()), part.phrases)
        part.names.clear()
        found = _whole(job, part)
        part.found.clear()
        given, voices, company = voiced(text, marks, quoted, found, self._scorers)
        attributions = tuple(
            _attribution(text, quoted, number, f, g) for number, (f, g) in enumerate(zip(found, given, strict=True), 1)
        )
        del found, given
        found_beside = grounded(document, marks, company, voices, attributions)
        return Reading(
            document=document,
            model=self.model.name,
            attributions=attributions,
            voices=voices,
            narration=narration(text, attributions),
            entities=found_beside.entities,
            labels=found_beside.labels,
            times=found_beside.times,
            places=found_beside.places,
            quantities=found_beside.quantities,
        )


def _whole(job: _Job, part: _Part) -> list[Found]:
    """The attributions of the whole document: those found in it, or those given."""
    if job.given is None:
        return with_relayed(job.document.text, part.found)
    seen = {(f.source, f.cue, f.content): f for f in part.found}
    unseen = (Found(a.source, a.cue, a.content, 1.0) for a in job.given)
    return [seen.get((f.source, f.cue, f.content), f) for f in unseen]


def _attribution(text: str, quoted: Quoted, number: int, found: Found, given: Given) -> Attribution:
    return Attribution(
        id=f"a{number}",
        source=found.source,
        cue=found.cue,
        content=found.content,
        kind=quoted.kind(found.content, found.cue),
        score=found.score,
        stance=stance(found.stances),
        voice=None if given.voice is None else f"v{given.voice + 1}",
        voice_score=given.score,
        voice_reason=given.reason,
        via=tuple(f"v{voice + 1}" for voice in given.via),
        parent=None if given.parent is None else f"a{given.parent + 1}",
        hedged=hedged(text, found.source, found.cue, found.content),
        negated=negated(text, found.source, found.cue),
    )


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
    pool: ThreadPoolExecutor, function: Callable[[_Item], _Result], jobs: Iterable[_Item], ahead: int
) -> Iterator[_Result]:
    """The results of `function` on `jobs`, in order, computed in the pool, at most `ahead` jobs before their turn."""
    jobs = iter(jobs)
    waiting: deque[Future[_Result]] = deque(pool.submit(function, job) for job in itertools.islice(jobs, ahead))
    while waiting:
        result = waiting.popleft().result()
        waiting.extend(pool.submit(function, job) for job in itertools.islice(jobs, 1))
        yield result
