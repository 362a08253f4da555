"""Taking a ledger to other tools, and taking back what people corrected there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from sayso.corrections import Correction, apply, returned
from sayso.errors import NotInLedger, UnreadableSource
from sayso.exchange import EXCHANGES, write_graph
from sayso.ledger import store, tables
from sayso.reading import Reading
from sayso.types import Voice

if TYPE_CHECKING:
    from sayso.ledger.ledger import Ledger

_FEWEST = len("sha256:") + 12  # letters of an id that still tell a document


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What came back for one document: its key, how many corrections were made, and which fitted nowhere."""

    document: int
    corrections: int
    unfitting: tuple[Correction, ...] = ()


def export(ledger: Ledger, form: str, path: Path, *, corrected: bool = True) -> int:
    """Write all readings at `path` in the exchange format of that name, and return how many they are; those of copies
    are left out. In a graph, voices are one that are one in the ledger.

    Raises UnwritableOutput or MissingExtra, and KeyError for a format that is none.
    """
    readings = _Counted(ledger.readings(corrected=corrected))
    if form == "graphml":
        with ledger.reads() as connection:
            write_graph(readings, path, _Known(connection).key)
    else:
        EXCHANGES[form].write(readings, path)
    return readings.count


def take_back(ledger: Ledger, path: Path, *, by: str | None = None) -> Iterator[TakenBack | UnreadableSource]:
    """Make the corrections in `path`, a file or folder that came back from brat, INCEpTION or Label Studio, document by
    document; what cannot be used is yielded as the error that says why, and the rest goes on. What is as the file says
    already is no correction, so taking back the same file again changes nothing.

    Raises MissingExtra where a library is not installed, UnusableLedger if the ledger cannot be written.
    """
    for items in returned(path, lambda name: _went_out(ledger, name), who=by):
        yield from (item for item in items if isinstance(item, UnreadableSource))
        made = [item for item in items if isinstance(item, Correction)]
        if made:
            yield _corrected(ledger, made)


def _corrected(ledger: Ledger, made: list[Correction]) -> TakenBack:
    """Make corrections of one document, in one transaction."""
    with ledger.writes() as connection:
        key = store.read_as(connection, store.key_of(connection, made[0].document))
        done = apply(store.reading_of(connection, key), made)
        if len(done.unfitting) < len(made):
            store.put_reading(connection, key, done.reading, corrected=True, by=made[-1].who)
    return TakenBack(key, len(made) - len(done.unfitting), done.unfitting)


class _Counted:
    """Readings, which are counted as they pass."""

    def __init__(self, readings: Iterator[Reading]) -> None:
        self._readings = readings
        self.count = 0

    def __iter__(self) -> Iterator[Reading]:
        for reading in self._readings:
            self.count += 1
            yield reading


def _went_out(ledger: Ledger, name: str) -> Reading | None:
    """The reading of a document, by its id or the beginning of one that only one has."""
    with ledger.reads() as connection:
        found = _named(connection, name)
    if found is None:
        return None
    try:
        return ledger.reading(found)
    except NotInLedger:
        return None


def _named(connection: Connection, name: str) -> str | None:
    ids = tables.documents.c.id
    if len(name) < _FEWEST:
        return None
    among = select(ids).where(ids.startswith(name, autoescape=True)).distinct().limit(2)
    found = connection.execute(among).scalars().all()
    return found[0] if len(found) == 1 else None


class _Known:
    """Says by what the voices of a reading are told in the graph, asking the ledger once for each reading."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._document = ""
        self._speakers: dict[str, int] = {}

    def key(self, reading: Reading, voice: Voice) -> str:
        """Whom the ledger knows the voice to be, or else nobody's but this document's."""
        if reading.document.id != self._document:
            self._document, self._speakers = reading.document.id, _speakers(self._connection, reading.document.id)
        speaker = self._speakers.get(voice.id)
        return f"speaker {speaker}" if speaker is not None else f"{reading.document.id} {voice.id}"


def _speakers(connection: Connection, document: str) -> dict[str, int]:
    """The keys of those whom the voices of a document are known to be, by the voices' ids."""
    voices, documents = tables.voices, tables.documents
    here = (documents.c.id == document) & (documents.c.read_as == documents.c.key) & voices.c.speaker.is_not(None)
    found = select(voices.c.id, voices.c.speaker).join(documents, documents.c.key == voices.c.document).where(here)
    return {row.id: row.speaker for row in connection.execute(found)}
