"""Sayso as a component of a spaCy pipeline: `nlp.add_pipe("sayso")`.

    >>> nlp = spacy.blank("en")
    >>> nlp.add_pipe("sayso")
    >>> doc = nlp("The dam will hold, the mayor said.")
    >>> [(doc.text[a.cue[0].start : a.cue[0].end], a.stance) for a in doc._.attributions]
    [('said', 'asserts')]

`doc._.reading` is the whole reading, `doc._.attributions` and `doc._.voices` are its own; their offsets are code points
of `doc.text`, exact. `doc.spans` gets the groups "sayso.sources", "sayso.cues" and "sayso.contents": spans of tokens,
widened to whole tokens where an offset lies inside one, each with its attribution's id as label. What is known of a
report may be said before it is read: `doc._.report = {"published": "2031-03-07"}`, with the names of `sayso.read`.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso import schema
from sayso.documents import document
from sayso.engine import Engine
from sayso.extras import need
from sayso.model import DEFAULT
from sayso.reading import Reading
from sayso.types import Attribution, Document, Voice

spacy = need("spacy", "spacy", "sayso.spacy")
_language = need("spacy.language", "spacy", "sayso.spacy")
_tokens = need("spacy.tokens", "spacy", "sayso.spacy")

GROUPS = {"sayso.sources": "source", "sayso.cues": "cue", "sayso.contents": "content"}
"""The groups of spans, and which part of an attribution is in them."""

_KEPT = "sayso"
_SETTINGS = "settings.json"


class Component:
    """Reads docs. The engine is loaded where it is first needed, once a process."""

    def __init__(self, model: str = DEFAULT, threads: int | None = None) -> None:
        self._model = model
        self._threads = threads
        self._engine: Engine | None = None
        self._loaded_by: int | None = None

    def __call__(self, doc: Any) -> Any:
        """The doc, read."""
        return _with(doc, self._own().read(_document(doc)))

    def pipe(self, stream: Iterable[Any], *, batch_size: int = 128) -> Iterator[Any]:
        """The docs, read; windows of different docs are read at the same time, on all threads."""
        waiting: list[Any] = []

        def documents() -> Iterator[Document]:
            for doc in stream:
                waiting.append(doc)
                yield _document(doc)

        for reading in self._own().read_many(documents()):
            yield _with(waiting.pop(0), reading)

    def to_bytes(self, **_: Any) -> bytes:
        """The settings: the model itself is in the package."""
        return json.dumps({"model": self._model, "threads": self._threads}).encode()

    def from_bytes(self, data: bytes, **_: Any) -> Component:
        """Take over settings; gives itself back."""
        said = json.loads(data)
        self._model, self._threads, self._engine = said["model"], said["threads"], None
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write the settings into the folder `path`, which is made."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _SETTINGS).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> Component:
        """Take over the settings in the folder `path`; gives itself back."""
        return self.from_bytes((Path(path) / _SETTINGS).read_bytes())

    def __getstate__(self) -> dict[str, Any]:
        return {"_model": self._model, "_threads": self._threads, "_engine": None, "_loaded_by": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def _own(self) -> Engine:
        """The engine of this process: sessions of onnxruntime do not outlive a fork. One of several processes
        (`nlp.pipe(…, n_process=4)`) reads on one thread, unless `threads` says otherwise."""
        if self._engine is None or self._loaded_by != os.getpid():
            alone = multiprocessing.parent_process() is None
            self._engine = Engine(self._model, self._threads or (None if alone else 1))
            self._loaded_by = os.getpid()
        return self._engine


def make(nlp: Any, name: str, model: str, threads: int | None) -> Component:
    """The component, as spaCy asks for it. `threads` None is all cores."""
    return Component(model, threads)


_language.Language.factory("sayso", default_config={"model": DEFAULT, "threads": None}, func=make)


def _document(doc: Any) -> Document:
    known = doc._.report or {}
    return document(doc.text, **known)


def _with(doc: Any, reading: Reading) -> Any:
    """The doc with its reading: as plain values, which spaCy can send between processes and write to disk."""
    data = schema.to_dict(reading)
    data["document"]["text"] = ""
    doc.user_data[_KEPT] = json.dumps(data)
    for group, part in GROUPS.items():
        doc.spans[group] = [
            span
            for attribution in reading.attributions
            for start, end in getattr(attribution, part)
            if (span := doc.char_span(start, end, label=attribution.id, alignment_mode="expand")) is not None
        ]
    return doc


def _reading(doc: Any) -> Reading | None:
    kept = doc.user_data.get(_KEPT)
    if kept is None:
        return None
    data = json.loads(kept)
    data["document"]["text"] = doc.text
    return Reading.from_dict(data)


def _attributions(doc: Any) -> tuple[Attribution, ...]:
    reading = _reading(doc)
    return () if reading is None else reading.attributions


def _voices(doc: Any) -> tuple[Voice, ...]:
    reading = _reading(doc)
    return () if reading is None else reading.voices


def _extend(name: str, **how: Callable[[Any], Any] | None) -> None:
    if not _tokens.Doc.has_extension(name):
        _tokens.Doc.set_extension(name, **how)


_extend("report", default=None)
_extend("reading", getter=_reading)
_extend("attributions", getter=_attributions)
_extend("voices", getter=_voices)
