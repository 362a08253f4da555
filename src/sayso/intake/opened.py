"""A source → the documents in it, whatever its format, with what stands beside it."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from sayso.documents import checked_date
from sayso.errors import InvalidMetadata, MissingExtra, UnreadableSource
from sayso.intake import exports, feed
from sayso.intake.columns import Columns
from sayso.intake.followed import followed
from sayso.intake.formats import HEAD, Format, recognised
from sayso.intake.how import USUAL, How
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.sources import STDIN, reason
from sayso.intake.web import Web, is_address

if TYPE_CHECKING:
    from sayso.intake.web.network import Network

MAX_PIPED = 4 * 1024 * 1024 * 1024
"""How many bytes are taken from standard input or a pipe."""

_IN_MEMORY = 32 * 1024 * 1024
_CHUNK = 1024 * 1024


class Intake:
    """Opens sources one after another, as `how` says; use it as a context, one for all sources, so that sites are asked
    politely. Not to be shared between threads."""

    def __init__(self, how: How = USUAL, network: Network | None = None) -> None:
        self._how = how
        self._network = network
        self._visit: Web | None = None
        self._at: Original | None = None

    def __enter__(self) -> Intake:
        return self

    def __exit__(self, *_: object) -> None:
        if self._visit is not None:
            self._visit.close()

    def loaded(self, source: str, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
        """The documents that a file, an address or standard input (`-`) holds, one by one; what cannot be read is
        yielded as the error that says why, and the rest goes on.

        What `NAME.json` beside a file says goes before what the file says of itself, `known` before both. Raises
        InvalidMetadata if `known` is not usable.
        """
        if known.published is not None:
            checked_date(known.published)
        name = "standard input" if source == STDIN else source
        try:
            if is_address(source):
                original = self._web().fetch(source)
                with original.stream:
                    yield from self._documents(original, known)
                return
            with _opened(source, name) as stream:
                beside, notes = _beside(source)
                said = {key: value for key, value in asdict(known).items() if value is not None}
                original = self._at = Original(name, stream, None if source == STDIN else source)
                for report in self._documents(original, Metadata(**{**beside, **said})):
                    if isinstance(report, Loaded) and notes:
                        report, notes = replace(report, notes=(*report.notes, *notes)), ()
                    yield report
        except UnreadableSource as error:
            yield error
        except MissingExtra as error:
            yield UnreadableSource(name, str(error))
        except OSError as error:
            yield UnreadableSource(name, reason(error))

    def within(self, original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
        """The documents in an original that is open already, as `loaded` gives them; nothing stands beside it."""
        self._at = original
        try:
            yield from self._documents(original, known)
        except UnreadableSource as error:
            yield error
        except MissingExtra as error:
            yield UnreadableSource(original.name, str(error))

    @property
    def offset(self) -> int:
        """How many bytes of what is being read lie behind, as far as the stream tells."""
        try:
            return 0 if self._at is None else self._at.stream.tell()
        except (OSError, ValueError):  # it is closed
            return 0

    def _documents(self, original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
        """Those of an original that is open; of a feed those of its pages, if they are to be followed."""
        form = _format(original)
        if self._how.follow and form.name == feed.NAME:
            return followed(original, known, self._web(), self._of_itself)
        return self._of_itself(original, known)

    def _of_itself(self, original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
        """The reports of a file; where a database exported several in one document, each of them."""
        form = _format(original)
        columns = self._how.columns
        if form.rows is not None and columns != Columns():
            yield from form.rows(original, known, columns)
            return
        for report in form.reports(original, known):
            if isinstance(report, UnreadableSource) or form.of_many:
                yield report
            else:
                yield from exports.unfolded(report, original, known)

    def _web(self) -> Web:
        if self._visit is None:
            self._visit = Web(self._how.limits, self._network)
        return self._visit


def loaded(source: str, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """The documents of one source, as `Intake.loaded` gives them."""
    with Intake() as intake:
        yield from intake.loaded(source, known)


def _format(original: Original) -> Format:
    head = original.stream.read(HEAD)
    original.stream.seek(0)
    path = original.address.partition("://")[2].partition("/")[2] if original.address else original.path
    return recognised(head, path or "", original.media_type)


@contextmanager
def _opened(source: str, name: str) -> Iterator[BinaryIO]:
    """The bytes of a source, in which one can go back: what comes through a pipe is kept, on disk if it is much."""
    if source == STDIN:
        if sys.stdin is None:
            raise UnreadableSource(name, "it is closed")
        with _kept(sys.stdin.buffer, name) as kept:
            yield kept
        return
    with open(source, "rb") as stream:
        if stream.seekable():
            yield stream
            return
        with _kept(stream, name) as kept:
            yield kept


@contextmanager
def _kept(stream: BinaryIO, name: str) -> Iterator[BinaryIO]:
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept:
        total = 0
        while chunk := stream.read(_CHUNK):
            total += len(chunk)
            if total > MAX_PIPED:
                raise UnreadableSource(name, f"more than {MAX_PIPED // 2**30} GB come out of it")
            kept.write(chunk)
        kept.seek(0)
        yield cast("BinaryIO", kept)


def _beside(source: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """What `NAME.json` beside `NAME.txt` says of the report, and a note for what of it cannot be used."""
    path = Path(source).with_suffix(".json")
    if source == STDIN or path == Path(source) or not path.is_file():
        return {}, ()
    try:
        data: Any = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        return {}, (f"{path}: not used, it is no readable JSON ({error})",)
    if not isinstance(data, dict):
        return {}, (f"{path}: not used, it is no JSON object",)
    given = {name: data[name] for name in asdict(Metadata()) if data.get(name) is not None}
    notes = [f"{path}: {name} not used, it is no text" for name in given if not isinstance(given[name], str)]
    used = {name: value for name, value in given.items() if isinstance(value, str) and value}
    try:
        if "published" in used:
            checked_date(used["published"])
    except InvalidMetadata as error:
        notes.append(f"{source}: {error}; left out")
        del used["published"]
    return used, tuple(notes)
