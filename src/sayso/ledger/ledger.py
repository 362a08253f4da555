"""`Ledger`: what a program does with a ledger; each verb is a file of its own, loaded when it is first called, since a
question should not wait for what only an add needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Unpack

from sqlalchemy import Connection

from sayso.documents import text_id
from sayso.errors import InvalidReading, InvalidSearch, UnreadableSource, UnusableLedger
from sayso.intake.how import USUAL, How
from sayso.intake.loaded import Made, Metadata
from sayso.intake.sources import sources as found_in
from sayso.ledger import store
from sayso.ledger.database import Database
from sayso.ledger.filters import Filters, Narrowing, Published
from sayso.ledger.store import Entry
from sayso.reading import Reading

if TYPE_CHECKING:
    from sayso.corrections import Correction
    from sayso.engine import Engine
    from sayso.ledger.add import Outcome
    from sayso.ledger.called import Period
    from sayso.ledger.claim import ShownClaim
    from sayso.ledger.corrections import Corrected
    from sayso.ledger.edits import Edited
    from sayso.ledger.elsewhere import TakenBack
    from sayso.ledger.naming import Side
    from sayso.ledger.remove import Removed
    from sayso.ledger.table import Table
    from sayso.meaning import Meanings

_PAGE = 100  # documents looked up at once


@dataclass(slots=True)
class Added:
    """How many documents an add put there, linked as copies, found there, or read again; what could not be read."""

    added: int = 0
    copies: int = 0
    there: int = 0
    updated: int = 0
    unreadable: list[UnreadableSource] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        """One more."""
        self.added += outcome.what == "added"
        self.copies += outcome.what == "copy"
        self.there += outcome.what == "there"
        self.updated += outcome.what == "updated"
        if outcome.error is not None:
            self.unreadable.append(outcome.error)


class Ledger:
    """An open ledger; use it as a context, or close it. It may be shared between threads."""

    def __init__(self, address: str | os.PathLike[str], *, create: bool = True) -> None:
        """Open the ledger at `address`: the path of a file, or `postgresql://…`; one that is not there is begun, unless
        `create` says not to.

        Raises UnusableLedger with the sentence that says why it cannot be opened, MissingExtra if a library is missing.
        """
        self._database = Database(os.fspath(address), create=create)
        self._meanings: Meanings | None = None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or server."""
        self._database.close()

    def reads(self) -> AbstractContextManager[Connection]:
        """A transaction for SQL of one's own; it sees one state of the ledger throughout."""
        return self._database.reads()

    def writes(self) -> AbstractContextManager[Connection]:
        """A transaction that writes; it is kept whole or, if its block raises, not at all."""
        return self._database.writes()

    def add(
        self,
        sources: Iterable[str | os.PathLike[str]] = (),
        *,
        update: bool = False,
        jobs: int | None = None,
        engine: Engine | None = None,
        told: Callable[[Outcome], None] = lambda _: None,
        how: How = USUAL,
        **known: str | None,
    ) -> Added:
        """Read the documents of files, folders and addresses into the ledger; what is there already is passed over.

        `known` (title, outlet, author, published, url) is said of all of them; they are read as `how` says. `update`
        reads those again that an older model read, all of them if no source is given. `told` hears
        what became of each document. `engine` reads; without it one is made, with `jobs` threads, if there is something
        to read.

        Raises UnusableLedger if the ledger cannot be written, InvalidMetadata if what is known is not usable.
        """
        from sayso.ledger.add import Wanted, add
        from sayso.model import DEFAULT

        added = Added()

        def hear(outcome: Outcome) -> None:
            added.count(outcome)
            told(outcome)

        add(
            self._database,
            Wanted(list(found_in([os.fspath(source) for source in sources])), Metadata(**known), how),
            hear,
            update=update,
            model=DEFAULT if engine is None else engine.model.name,
            engine=lambda: engine or _engine(jobs),
        )
        return added

    def keep(self, reading: Reading, made: Made | None = None) -> int:
        """Put a reading there that was made elsewhere, and return its document's key; in a document that is there, it
        takes the place of what the engine said. A text that is there already is not kept twice.

        Raises InvalidReading if the document's id is not that of its text.
        """
        if reading.document.id != text_id(reading.document.text):
            raise InvalidReading("not a reading: the document's id is not that of its text")
        from sayso.ledger.copies import exact_copy, signature

        shared = signature(reading.document.text)
        with self.writes() as connection:
            key = store.known(connection, reading.document)
            if key is None:
                copy = exact_copy(connection, reading.document.id)
                key = store.put_document(connection, reading.document, made, copy, shared.bands)
            if store.read_as(connection, key) == key:
                store.put_reading(connection, key, reading)
        return key

    def correct(self, reading: Reading, *, by: str | None = None) -> int:
        """Keep what a person made of a document's reading, beside what the engine said, and return the document's key.
        Rows and `reading` show it from then on, also after the document is read again.

        Raises NotInLedger if no document has that text.
        """
        with self.writes() as connection:
            key = store.key_of(connection, reading.document.id)
            document = store.document_of(connection, key)
            if document.text != reading.document.text:
                raise InvalidReading(f"not a reading of document {key}: its text is another")
            store.put_reading(connection, key, reading, corrected=True, by=by)
        return key

    def edit(self, document: int | str, corrections: Sequence[Correction], *, by: str | None = None) -> Edited:
        """Make corrections of a document as one step, which `undo` takes back. Raises NotInLedger."""
        from sayso.ledger import edits

        with self.writes() as connection:
            return edits.edit(connection, store.key_of(connection, document), corrections, by=by)

    def undo(self, document: int | str, *, by: str | None = None) -> None:
        """Take back the last step of corrections of a document. Raises NotInLedger if there is none."""
        from sayso.ledger import edits

        with self.writes() as connection:
            edits.undo(connection, store.key_of(connection, document), by=by)

    def documents(self) -> Iterator[Entry]:
        """What is there, in the order in which it was added."""
        after = 0
        while True:
            with self.reads() as connection:
                page = store.entries(connection, after=after, limit=_PAGE)
            yield from page
            if not page:
                return
            after = page[-1].key

    def listing(self, *, limit: int = 50, **filters: Unpack[Published]) -> Table:
        """The documents as a table, those that pass the filters (`outlet`, `since`, `until`), in the order in which
        they were added; as `sayso documents` shows them. Raises InvalidSearch."""
        from sayso.ledger.listing import listing

        with self.reads() as connection:
            return listing(connection, Filters(**filters), limit)

    def search(
        self,
        words: str = "",
        *,
        like: str | None = None,
        inside: Literal["content", "text"] = "content",
        limit: int = 20,
        **filters: Unpack[Narrowing],
    ) -> Table:
        """Who said what: the attributions in whose content all the words stand, or that mean what `like` says, and that
        pass the filters of `sayso.ledger.filters.Filters` (`voice`, `outlet`, `since` …), the best first.

        `words` are words, "phrases" and beginnings*; without any, and without `like`, all that pass are given, the
        newest first. `inside="text"` looks in whole reports and gives sentences, each with on whose word it is, or that
        it is the report's own: see `sayso.ledger.passages`. The first search by meaning loads the model, and makes what
        is missing to compare. Raises InvalidSearch for what cannot be looked for.
        """
        if like is not None:
            if words or inside == "text":
                raise InvalidSearch("search by words or by what means the same, not by both")
            return self._alike(like, Filters(**filters), limit)
        from sayso.ledger.passages import passages
        from sayso.ledger.search import search

        with self.reads() as connection:
            return (passages if inside == "text" else search)(connection, words, Filters(**filters), limit)

    def voices(self, *, limit: int = 50, **filters: Unpack[Narrowing]) -> Table:
        """Who speaks most; see `sayso.ledger.voices`. Raises InvalidSearch."""
        from sayso.ledger.voices import voices

        with self.reads() as connection:
            return voices(connection, Filters(**filters), limit)

    def reuse(self, *, limit: int = 20, **filters: Unpack[Published]) -> Table:
        """Which passages were taken over from which reports; see `sayso.ledger.reused`. Raises InvalidSearch."""
        from sayso.ledger.reused import reused

        with self.reads() as connection:
            return reused(connection, Filters(**filters), limit)

    def outlets(self, *, limit: int = 50, **filters: Unpack[Published]) -> Table:
        """Who published what; see `sayso.ledger.outlets`. Raises InvalidSearch."""
        from sayso.ledger.outlets import outlets

        with self.reads() as connection:
            return outlets(connection, Filters(**filters), limit)

    def names(
        self,
        entity: str,
        *,
        voice: str | None = None,
        per: Period | None = None,
        limit: int = 50,
        **filters: Unpack[Published],
    ) -> Table:
        """Who calls somebody or something what, and which words judge; `voice` asks for those of one voice, `per`
        ("year", "month", "day") counts each apart. Raises InvalidSearch."""
        from sayso.ledger.called import names

        with self.reads() as connection:
            return names(connection, entity, Filters(voice=voice, **filters), limit, per)

    def timeline(self, *, limit: int = 50, **filters: Unpack[Narrowing]) -> Table:
        """What was said, or with `dated="told"` what is told of, in the order of time. Raises InvalidSearch."""
        from sayso.ledger.timeline import timeline

        with self.reads() as connection:
            return timeline(connection, Filters(**filters), limit)

    def sourcing(self, *, limit: int = 50, **filters: Unpack[Published]) -> Table:
        """On whom the reports of each outlet stand; see `sayso.ledger.sourcing`. Raises InvalidSearch."""
        from sayso.ledger.sourcing import sourcing

        with self.reads() as connection:
            return sourcing(connection, Filters(**filters), limit)

    def complete(self, meanings: Meanings, *, told: Callable[[], None] = lambda: None) -> None:
        """Make what a search by meaning compares where an add did not, if the ledger may be written to; `told` is
        called first if there is anything to make."""
        from sayso.ledger.meaning import complete_all

        complete_all(self._database, meanings, told)

    def compare(
        self, *, meanings: Meanings | None = None, told: Callable[[int, int], None] = lambda done, total: None
    ) -> int:
        """Compare what is new or was changed with all reports there, so that claims, origins and contradictions
        are up to date, and return how many reports that were. `meanings` makes vectors; one is loaded if it is needed.
        `told` hears how many of how many steps are done. A comparison that was stopped is completed by the next.

        Raises UnusableLedger if the ledger cannot be written.
        """
        from sayso.ledger.comparing import compare

        return compare(self._database, lambda: meanings or self._meaning(), told)

    def claims(self, *, limit: int = 20, sure: float | None = None, **filters: Unpack[Published]) -> Table:
        """What several reports say, as `sayso compare` shows it: those claims that are `sure` to be one (a share of 1;
        `sayso.ledger.claims.SURE` unless told), the best carried first. What is new is compared first. Raises
        InvalidSearch."""
        from sayso.ledger.claims import SURE, claims

        return self._of_claims(lambda c: claims(c, Filters(**filters), limit, SURE if sure is None else sure))

    def origins(self, *, limit: int = 20, sure: float | None = None, **filters: Unpack[Published]) -> Table:
        """On how few the claims stand; see `sayso.ledger.origins`. What is new is compared first. Raises
        InvalidSearch."""
        from sayso.ledger.claims import SURE
        from sayso.ledger.origins import origins

        return self._of_claims(lambda c: origins(c, Filters(**filters), limit, SURE if sure is None else sure))

    def contradictions(self, *, limit: int = 20, sure: float | None = None, **filters: Unpack[Published]) -> Table:
        """Which claims cannot both be so, are denied or follow from each other; see `sayso.ledger.contradictions`. What
        is new is compared first. Raises InvalidSearch."""
        from sayso.ledger.claims import SURE
        from sayso.ledger.contradictions import contradictions

        return self._of_claims(lambda c: contradictions(c, Filters(**filters), limit, SURE if sure is None else sure))

    def claim(self, number: int | str) -> ShownClaim:
        """One claim: its wordings, who has it from whom, what is against it. Raises NotInLedger if there is none."""
        from sayso.ledger.claim import claim

        with self.reads() as connection:
            return claim(connection, number)

    def naming(
        self,
        entity: str,
        *,
        by: Side = "outlet",
        per: Period | None = None,
        limit: int = 50,
        **filters: Unpack[Published],
    ) -> Table:
        """What each outlet, or each voice, calls somebody or something, side by side; see `sayso.ledger.naming`. Raises
        InvalidSearch."""
        from sayso.ledger.naming import naming

        with self.reads() as connection:
            return naming(connection, entity, Filters(**filters), by, per, limit)

    def _of_claims(self, ask: Callable[[Connection], Table]) -> Table:
        with suppress(UnusableLedger):  # one that may not be written to shows what was compared before
            self.compare()
        with self.reads() as connection:
            return ask(connection)

    def reading(self, document: int | str, *, corrected: bool = True) -> Reading:
        """The reading of a document, given by its key or its id: as a person corrected it, if somebody did and
        `corrected` is left so. That of a copy is its original's; where their texts are the same it is shown as its own.

        Raises NotInLedger if there is no such document.
        """
        with self.reads() as connection:
            return store.reading_of(connection, store.key_of(connection, document), corrected=corrected)

    def readings(self, *, corrected: bool = True) -> Iterator[Reading]:
        """All readings, those of copies left out, in the order in which their documents were added; few are held in
        memory at a time."""
        for entry in self.documents():
            if entry.read_as == entry.key:
                yield self.reading(entry.key, corrected=corrected)

    def export(self, form: str, path: str | os.PathLike[str], *, corrected: bool = True) -> int:
        """Write all readings at `path` in the exchange format of that name ("csv", "brat" …), and return how many they
        are; those of copies are left out.

        Raises UnwritableOutput, MissingExtra, or KeyError for a format that is none.
        """
        from sayso.ledger import elsewhere

        return elsewhere.export(self, form, Path(path), corrected=corrected)

    def take_back(
        self, path: str | os.PathLike[str], *, by: str | None = None
    ) -> Iterator[TakenBack | UnreadableSource]:
        """Make the corrections in a file or folder that came back from brat, INCEpTION or Label Studio, document by
        document, as `sayso import` does (`import` is a word of Python's own); what cannot be used is yielded as the
        error that says why."""
        from sayso.ledger import elsewhere

        return elsewhere.take_back(self, Path(path), by=by)

    def remove(self, documents: Iterable[int | str], *, dry_run: bool = False, engine: Engine | None = None) -> Removed:
        """Remove documents, given by key or id, with everything that was made from them: all or, if anything goes
        wrong, none; with `dry_run` only say what would go. Copies of them stay: see `sayso.ledger.remove`. `engine`
        reads those that lose the reading they shared; one is made if it is needed.

        Raises NotInLedger if one of them is not there.
        """
        from sayso.ledger.remove import removable, remove

        if dry_run:
            with self.reads() as connection:
                return removable(connection, documents)
        with self.writes() as connection:
            return remove(connection, documents, lambda document: (engine or _engine(None)).read(document))

    def merge(self, name: str, other: str, *, within: Iterable[int] = (), by: str | None = None) -> Corrected:
        """From now on `other` is `name`, everywhere or in the documents `within`; see `sayso.ledger.corrections`.

        Raises NotInLedger if nobody is called so, or several are, or they are one already.
        """
        from sayso.ledger import corrections

        with self.writes() as connection:
            return corrections.merge(connection, name, other, within=tuple(within), by=by)

    def split(self, name: str, *, within: Iterable[int] = (), by: str | None = None) -> Corrected:
        """From now on `name` is nobody but itself; or, with `within`, another of the same name in these documents.

        Raises NotInLedger if nobody is called so, or several are, or there is nothing to undo.
        """
        from sayso.ledger import corrections

        with self.writes() as connection:
            return corrections.split(connection, name, within=tuple(within), by=by)

    def _alike(self, like: str, filters: Filters, limit: int) -> Table:
        from sayso.ledger.meaning import alike

        meanings = self._meaning()
        self.complete(meanings)
        with self.reads() as connection:
            return alike(connection, like, meanings, filters, limit)

    def _meaning(self) -> Meanings:
        from sayso.meaning import Meanings

        if self._meanings is None:
            self._meanings = Meanings()
        return self._meanings


def _engine(jobs: int | None) -> Engine:
    from sayso.engine import Engine

    return Engine(threads=jobs)
