"""A table of answers → what a page shows of it: texts, marks, and where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sayso.ledger.counted import UNNAMED
from sayso.ledger.passages import HEADLINE
from sayso.ledger.table import Column, Table
from sayso.render.calls import ITSELF
from sayso.render.wording import NOBODY, OWN_VOICE

_LONGEST, _BEFORE = 600, 200
"""So many code points of a text are shown, so many of them before the first hit."""
_RIGHT = frozenset({"number", "score", "share"})
_LEADS = {
    "voice": ("/voice", "name"),
    "outlet": ("/outlet", "name"),
    "original_outlet": ("/outlet", "name"),
    "entity": ("/naming", "of"),
    "by": ("/voice", "name"),
    "giver": ("/voice", "name"),
}
"""Columns whose values have a page of their own, and its address."""
_NOBODYS = frozenset({NOBODY, OWN_VOICE, ITSELF, HEADLINE, UNNAMED})
"""What stands where nobody does who has a page."""


class Cell(NamedTuple):
    """What stands in a cell, where it leads, and whether it is a number."""

    text: str
    href: str | None = None
    right: bool = False


class Piece(NamedTuple):
    """A piece of a text, and whether it is one of the words looked for."""

    text: str
    hit: bool = False


class Finding(NamedTuple):
    """A statement that was found: when and where, by whom through whom, how, its words, and where it stands."""

    date: str
    outlet: str | None
    chain: tuple[Cell, ...]
    how: str
    pieces: tuple[Piece, ...]
    title: str
    href: str
    copies: int


class Grid(NamedTuple):
    """A table on a page: its heads, each with whether it is of numbers, and its rows."""

    heads: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]


def share(value: float | None) -> str:
    """A share of 1 in percent."""
    if value is None:
        return "–"
    return "under 1 %" if 0 < value < 0.005 else f"{100 * value:.0f} %"


def grid(table: Table, leave_out: frozenset[str] = frozenset()) -> Grid:
    """The columns that people see, with those that are empty in all rows left out."""
    at = [
        (number, column)
        for number, column in enumerate(table.columns)
        if column.where in ("beside", "wide")
        and column.name not in leave_out
        and any(row[number] not in (None, "", ()) for row in table.rows)
    ]
    documents = _documents(table)
    rows = tuple(
        tuple(_cell(column, row[number], document) for number, column in at)
        for row, document in zip(table.rows, documents, strict=True)
    )
    heads = tuple((column.head or column.name.replace("_", " "), column.what in _RIGHT) for _, column in at)
    return Grid(heads, rows)


def findings(table: Table) -> tuple[Finding, ...]:
    """The rows of a search, a timeline or a list of passages, each as a statement."""
    return tuple(_finding(record) for record in table.records())


def _finding(record: dict[str, Any]) -> Finding:
    content = next(record[name] for name in ("content", "passage", "statement", "wording") if name in record)
    outlet = record.get("outlet")
    place = record.get("attribution")
    anchor = f"#{place}" if place else ""
    how = " · ".join(filter(None, (record.get("stance"), record.get("kind"), record.get("part"))))
    return Finding(
        date=str(record.get("day") or record.get("published") or "")[:10],
        outlet=outlet,
        chain=tuple(_link(name) for name in record.get("chain") or ()),
        how=how,
        pieces=tuple(_pieces(content or "", record.get("hits") or ())),
        title=record.get("title") or record.get("path") or "the report",
        href=f"/documents/{record['document']}{anchor}",
        copies=record.get("copies") or 0,
    )


def _link(name: str) -> Cell:
    return Cell(name, None if name in _NOBODYS else f"/voice?{urlencode({'name': name})}")


def _documents(table: Table) -> list[int | None]:
    if not any(column.name == "document" for column in table.columns):
        return [None] * len(table.rows)
    return list(table.column("document"))


def _cell(column: Column, value: Any, document: int | None) -> Cell:
    right = column.what in _RIGHT
    text = _text(column, value)
    if value in (None, ""):
        return Cell(text, None, right)
    if column.name == "title" and document is not None:
        return Cell(text, f"/documents/{document}", right)
    if column.name in _LEADS and value not in _NOBODYS:
        path, parameter = _LEADS[column.name]
        return Cell(text, f"{path}?{urlencode({parameter: value})}", right)
    return Cell(text, None, right)


def _text(column: Column, value: Any) -> str:
    if column.what == "flag":
        return "judges" if value else ""
    if value in (None, "", ()):
        return "–"
    if column.what == "share":
        return share(value)
    if column.what == "number":
        return f"{value:,}"
    if column.what == "score":
        return f"{value:.2f}"
    if column.what == "date":
        return str(value)[:10]
    return " ← ".join(value) if column.what == "names" else str(value)


def _pieces(content: str, hits: Any) -> Iterator[Piece]:
    """The words, those looked for apart; of a long text the part with the first of them."""
    first = 0
    if len(content) > _LONGEST and hits:
        first = max(0, hits[0][0] - _BEFORE)
        first = content.find(" ", first) + 1 if first else 0
    last = min(len(content), first + _LONGEST)
    if first:
        yield Piece("… ")
    at = first
    for start, end in hits:
        if at <= start and end <= last:
            yield Piece(content[at:start])
            yield Piece(content[start:end], True)
            at = end
    yield Piece(content[at:last] + (" …" if last < len(content) else ""))
