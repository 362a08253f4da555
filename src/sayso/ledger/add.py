"""Adding: sources → documents → readings → the ledger, each document wholly or not at all.

What is there already is passed over, a copy that says nothing new is linked and not read, all else is read. Each
document is one transaction, so an add that was killed is completed by adding again.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from sqlalchemy import Connection

from sayso.errors import UnreadableSource
from sayso.intake.how import USUAL, How
from sayso.intake.loaded import Loaded, Metadata
from sayso.intake.opened import Intake
from sayso.ledger import store
from sayso.ledger.copies import Copy, Signature, exact_copy, near_copy, signature
from sayso.ledger.database import Database
from sayso.model import DEFAULT
from sayso.reading import Reading
from sayso.types import Document

if TYPE_CHECKING:
    from sayso.decode import Floats
    from sayso.engine import Engine

_PAGE = 100  # entries looked through at once


What = Literal["added", "copy", "there", "updated", "unreadable"]


class Outcome(NamedTuple):
    """What became of one document, or of a source that could not be read.

    `added`: it is there now, with its reading. `copy`: it is there, linked to what it copies, whose reading is its own.
    `there`: it was before. `updated`: it has a new reading. `source` is how many of the `sources` came before its own.
    """

    what: What
    source: int
    sources: int
    key: int | None = None
    notes: tuple[str, ...] = ()
    document: Document | None = None
    error: UnreadableSource | None = None


Told = Callable[[Outcome], None]


class Wanted(NamedTuple):
    """What is to be added: sources, what is known of all their documents, how they are read."""

    sources: Sequence[str | UnreadableSource]
    known: Metadata = Metadata()
    how: How = USUAL


def add(
    database: Database,
    wanted: Wanted,
    told: Told,
    *,
    update: bool = False,
    model: str = DEFAULT,
    engine: Callable[[], Engine],
) -> None:
    """Add all documents that are wanted, and tell what became of each as soon as that is sure: of one that need not be
    read that is sooner than of those before it that are still being read.

    With `update`, a document that is there and was read by another model is read again, and what is said of it now
    replaces what was known; without any sources, that is done for all documents. The old reading is kept until the new
    one takes its place. `engine`, whose model is `model`, is called when there is something to read.

    Raises UnusableLedger if the ledger cannot be written; what was told as done is kept.
    """
    adding = _Adding(database, told, update, model, len(wanted.sources))
    with Intake(wanted.how) as intake:
        documents = adding.documents(wanted, intake) if wanted.sources or not update else adding.outdated()
        first = next(documents, None)
        if first is not None:
            reads = engine()
            for reading, meant in _read(reads, itertools.chain([first], documents)):
                adding.keep(reading, meant)


def _read(engine: Engine, documents: Iterator[Document]) -> Iterator[tuple[Reading, Floats | None]]:
    """The readings, each with what its contents mean, if the model knows that."""
    if engine.knows_meaning:
        return iter(engine.read_meant(documents))
    return ((reading, None) for reading in engine.read_many(documents))


class _Taken(NamedTuple):
    """A document that is being read."""

    loaded: Loaded
    source: int
    shared: Signature
    replaces: int | None = None
    """The key of the document that is there already and is to get a new reading."""

    def copy(self, connection: Connection) -> Copy | None:
        """What it is a copy of, if of anything."""
        document = self.loaded.document
        return exact_copy(connection, document.id) or near_copy(connection, document.text, self.shared)


@dataclass(slots=True)
class _Adding:
    database: Database
    told: Told
    update: bool
    model: str
    sources: int
    taken: deque[_Taken] = field(default_factory=deque)

    def documents(self, wanted: Wanted, intake: Intake) -> Iterator[Document]:
        """Those that are to be read; what becomes of all others is settled on the way."""
        for number, source in enumerate(wanted.sources):
            for found in [source] if isinstance(source, UnreadableSource) else intake.loaded(source, wanted.known):
                if isinstance(found, UnreadableSource):
                    self.told(Outcome("unreadable", number, self.sources, error=found))
                elif (taken := self._taken(found, number)) is not None:
                    self.taken.append(taken)
                    yield taken.loaded.document

    def outdated(self) -> Iterator[Document]:
        """All that are there and were read by another model."""
        after = 0
        while True:
            with self.database.reads() as connection:
                page = store.entries(connection, after=after, limit=_PAGE)
                old = [entry.key for entry in page if entry.read_as == entry.key and entry.model != self.model]
                documents = [(key, store.document_of(connection, key)) for key in old]
            for key, document in documents:
                self.taken.append(_Taken(Loaded(document), 0, signature(""), key))
                yield document
            if not page:
                return
            after = page[-1].key

    def keep(self, reading: Reading, meant: Floats | None) -> None:
        """Put the reading of the document that was taken first into the ledger, with what its contents mean."""
        taken = self.taken.popleft()
        with self.database.writes() as connection:
            outcome = self._kept(connection, taken, reading)
            if meant is not None and outcome.what in ("added", "updated"):
                self._keep_meant(connection, outcome.key, reading, meant)
        self.told(outcome)

    def _keep_meant(self, connection: Connection, key: int | None, reading: Reading, meant: Floats) -> None:
        from sayso.ledger import meaning  # loads onnxruntime

        if key is not None and not store.is_corrected(connection, key):  # else the rows are a person's
            meaning.keep(connection, key, meant, reading.model)

    def _kept(self, connection: Connection, taken: _Taken, reading: Reading) -> Outcome:
        document, made = taken.loaded.document, taken.loaded.made
        if taken.replaces is not None:
            if document != store.document_of(connection, taken.replaces):
                store.restate(connection, taken.replaces, document, made)
            store.put_reading(connection, taken.replaces, reading)
            return self._outcome("updated", taken, taken.replaces)
        # Somebody else, or we ourselves, may have added it or its like while it was read.
        key = store.known(connection, document)
        if key is not None:
            return self._outcome("there", taken, key)
        copy = taken.copy(connection)
        key = store.put_document(connection, document, made, copy, taken.shared.bands)
        if copy is not None and copy.says_nothing_new:
            return self._outcome("copy", taken, key)
        store.put_reading(connection, key, reading)
        return self._outcome("added", taken, key)

    def _taken(self, found: Loaded, source: int) -> _Taken | None:
        """What there is to read of a loaded document; None, and what became of it is told, if it need not be read."""
        taken = _Taken(found, source, signature(found.document.text))
        with self.database.reads() as connection:
            outdated = self._outdated(connection, taken) if self.update else None
            if outdated is not None:
                return outdated
            key = store.known(connection, found.document)
            copy = None if key is not None else taken.copy(connection)
        if key is not None:
            self.told(self._outcome("there", taken, key))
            return None
        if copy is None or not copy.says_nothing_new:
            return taken
        with self.database.writes() as connection:
            key = store.known(connection, found.document)
            what: What = "there" if key is not None else "copy"
            if key is None:
                key = store.put_document(connection, found.document, found.made, copy, taken.shared.bands)
        self.told(self._outcome(what, taken, key))
        return None

    def _outcome(self, what: What, taken: _Taken, key: int) -> Outcome:
        return Outcome(what, taken.source, self.sources, key, taken.loaded.notes, taken.loaded.document)

    def _outdated(self, connection: Connection, taken: _Taken) -> _Taken | None:
        """The document that is to be read again, if this one is there: by an older model, or with less known of it."""
        new = taken.loaded.document
        key = store.known(connection, new) or store.same_place(connection, new)
        if key is None:
            return None
        entry = store.entry(connection, key)
        old = store.document_of(connection, entry.read_as)
        changed = entry.read_as == key and new != old
        if entry.model == self.model and not changed:
            return None
        loaded = taken.loaded if changed else replace(taken.loaded, document=old)
        return _Taken(loaded, taken.source, taken.shared, entry.read_as)
