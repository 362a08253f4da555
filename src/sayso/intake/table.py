"""Rows of a table → documents, whatever kind of file the table is: one row, one report."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.errors import UnreadableSource
from sayso.intake.columns import Columns, guessed, told, with_longest
from sayso.intake.dates import day_first, iso
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.making import by_sayso, loaded, named

MAX_ROW = 16 * 1024 * 1024
"""The longest row, in bytes or characters: no report has it, and it is held in memory whole."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands ("line 17"), its values by column, the bytes it was read from."""

    place: str
    values: Mapping[str, object]
    data: bytes


Rows = Callable[[Sequence[str] | None], Iterator[Row | UnreadableSource]]
"""Reads the table from its beginning, each time it is called: the columns named (more may come), or all for None."""

_OWN = (
    frozenset({"source", "cue", "content", "stance"}),
    frozenset({"statement", "on_whose_word", "stance"}),
    frozenset({"document", "copy_of", "attributions"}),
)
"""Columns that only Sayso's own tables have together: attributions and what a search found, facts, documents."""
_SAMPLE = 100
_SHOWN = 12


def documents(
    rows: Rows, original: Original, media_type: str, known: Metadata, given: Columns
) -> Iterator[Loaded | UnreadableSource]:
    """One document a row; what was guessed of the columns is a note of the first.

    The table is read up to three times, since a date like 3/4/2031 may be settled by a row far below it. A row without
    text is yielded as the error that says so.
    """
    names, lengths = _sampled(rows)
    if given.text is None and any(own <= set(names) for own in _OWN):
        yield UnreadableSource(original.name, "it is a table that Sayso wrote of reports, and holds none")
        return
    missing = [name for name in given.names() if name not in names]
    columns = with_longest(guessed(names, given), lengths)
    if not names:
        problems = (row for row in rows(None) if isinstance(row, UnreadableSource))
        yield next(problems, UnreadableSource(original.name, "there is no row in it"))
        yield from problems
        return
    if missing or columns.text is None:
        yield UnreadableSource(original.name, _unusable(missing, names))
        return
    first = day_first(_column(rows, columns.published)) if columns.published else None
    table = _Table(columns, first, original, media_type, known)
    notes = tuple(f"{original.name}: {note}" for note in (told(columns, given),) if note)
    for row in rows(columns.names()):
        if isinstance(row, UnreadableSource):
            yield row
            continue
        try:
            yield table.document(row, notes)
            notes = ()
        except UnreadableSource as error:
            yield error


@dataclass(frozen=True, slots=True)
class _Table:
    columns: Columns
    day_first: bool | None
    original: Original
    media_type: str
    known: Metadata

    def document(self, row: Row, notes: tuple[str, ...]) -> Loaded:
        text = row.values.get(self.columns.text or "")
        if not isinstance(text, str):
            reason = "it holds no text" if text is None else "what should be its text is none"
            raise UnreadableSource(named(self.original, row.place), reason)
        given = row.values.get(self.columns.published or "")
        published = iso(given, self.day_first)
        if published is None and words(given) is not None and self.known.published is None:
            notes += (f"{named(self.original, row.place)}: the date “{words(given)}” {_undated(given)}; left out",)
        found = Metadata(
            title=words(row.values.get(self.columns.title or "")),
            outlet=words(row.values.get(self.columns.outlet or "")),
            author=words(row.values.get(self.columns.author or "")),
            published=published,
            url=words(row.values.get(self.columns.url or "")),
        )
        made = by_sayso(row.data, self.media_type, row.place, self._options())
        return loaded(text, found, self.known, self.original, made, notes)

    def _options(self) -> tuple[tuple[str, str], ...]:
        used = [("columns." + what, name) for what in _FIELDS if (name := getattr(self.columns, what)) is not None]
        if self.day_first is not None:
            used.append(("dates", "day first" if self.day_first else "month first"))
        return tuple(used)


_FIELDS = ("text", "title", "outlet", "author", "published", "url")


def words(value: object) -> str | None:
    """A value of a table as words: a text, a number, a list of names; None for what is none of them, or empty."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, (list, tuple)):
        return ", ".join(item.strip() for item in value[:100] if isinstance(item, str) and item.strip()) or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return None


def _undated(given: object) -> str:
    either = isinstance(given, str) and iso(given, True) and iso(given, False)
    return "could be two, and no other date of the column settles it" if either else "is none that Sayso reads"


def _sampled(rows: Rows) -> tuple[list[str], dict[str, int]]:
    """The columns that the first rows have, and how long their values are on average."""
    total: dict[str, int] = {}
    count = 0
    for row in itertools.islice((row for row in rows(None) if isinstance(row, Row)), _SAMPLE):
        count += 1
        for name, value in row.values.items():
            total[name] = total.get(name, 0) + (len(value) if isinstance(value, str) else 0)
    return list(total), {name: length // count for name, length in total.items()}


def _column(rows: Rows, name: str) -> Iterator[object]:
    return (row.values.get(name) for row in rows([name]) if isinstance(row, Row))


def _unusable(missing: list[str], names: list[str]) -> str:
    shown = ", ".join(f"“{name[:40]}”" for name in names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    if missing:
        return f"it has no column “{missing[0][:40]}”; it has {shown}"
    return f"none of its columns is known to hold a text, name the one that does (--columns text=NAME); it has {shown}"
