"""A table of answers in lines for a terminal: columns as wide as they need, what was found below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from sayso.render.labels import MARK as JUDGES
from sayso.render.terminal import META, NARROWEST, TITLE, shown, uncoloured, visible, wrapped
from sayso.render.wording import share

if TYPE_CHECKING:
    from sayso.ledger.table import Column, Table

MEASURE = 120
"""A table is never wider, in cells."""
HIT = "bold underline"
MARK = "*"
"""The style of words that were looked for, and what stands around them where there is no colour."""

_GAP = 2
_EASE, _LEAST = 16, 8
"""Cells that a column of texts should have, if it wants them, and must have; where the width has fewer, rows are
lists."""
_RIGHT = frozenset({"number", "score", "share"})
"""What is set to the right."""
_FIRM = _RIGHT | {"date", "flag"}
"""What is never broken."""
_ABSENT = "–"
_LONGEST, _BEFORE = 600, 200
"""So many code points of a text are shown, so many of them before the first hit."""
_BREAK = re.compile(r"[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]")


def render(table: Table, console: Console) -> None:
    """Print the table, in colour where `console` has it."""
    for line in _lines(table, console, min(console.width, MEASURE), marks=console.no_color or not console.is_terminal):
        console.print(line, soft_wrap=True)


def plain(table: Table, width: int = MEASURE) -> str:
    """The table without colour, in lines of at most `width` cells, the last one without its newline."""
    return uncoloured(lambda console: _lines(table, console, min(width, MEASURE), marks=True), width)


def _lines(table: Table, console: Console, width: int, *, marks: bool) -> Iterator[Text]:
    for number, words in enumerate(table.above):
        yield from wrapped(Text(visible(words), style="" if number else TITLE), console, width)
    if table.above:
        yield Text()
    if table.rows:
        grid = _Grid(table, console, width, marks=marks)
        yield from grid.head()
        for number, row in enumerate(table.rows):
            if number and grid.tall:
                yield Text()
            yield from grid.row(number, row)
    if table.note:
        if table.rows:
            yield Text()
        yield from wrapped(Text(table.note, style=META), console, width)


class _Grid:
    """The columns of one table, in a width. If it is `tall`, there are lines below the rows, which are numbered."""

    def __init__(self, table: Table, console: Console, width: int, *, marks: bool) -> None:
        self._console = console
        self._width = width
        self._marks = marks
        self._at = {column.name: at for at, column in enumerate(table.columns)}
        self._below = [column for column in table.columns if column.where == "below"]
        self._under = [column for column in table.columns if column.where == "under"]
        self.tall = bool(self._below or self._under)
        self._numbers = next((column for column in table.columns if column.where == "margin"), None)
        self._margin = self._margin_width(table.rows) + 3 if self.tall else 0
        # A column of which every cell is empty says nothing.
        beside = [c for c in table.columns if c.where in ("beside", "wide") and self._says(c, table.rows)]
        self._beside, self._widths = self._fitted(beside, table.rows, _EASE)
        while any(column.where == "wide" for column in beside) and not self._widths:
            beside.remove([column for column in beside if column.where == "wide"][-1])
            self._beside, self._widths = self._fitted(beside, table.rows, _EASE)
        if not self._widths:
            self._beside, self._widths = self._fitted(beside, table.rows, _LEAST)

    def head(self) -> Iterator[Text]:
        """The names of the columns, above a line."""
        if self._widths:
            heads = [Text(_name(column), style=META) for column in self._beside]
            named = f"{_name(self._numbers):>{self._margin - 2}}  " if self._numbers and self.tall else ""
            yield from self._across(named.ljust(self._margin), heads)
        grid = sum(self._widths) + _GAP * (len(self._widths) - 1)
        yield Text("─" * (grid if self._widths and not self.tall else self._width), style=META)

    def row(self, number: int, row: Sequence[Any]) -> Iterator[Text]:
        """A row, and what stands below it."""
        values = {name: row[at] for name, at in self._at.items()}
        its = number + 1 if self._numbers is None else values[self._numbers.name]
        margin = f"{its:>{self._margin - 2}}  " if self.tall else ""
        cells = [Text(_cell(column, values[column.name]), style=column.style) for column in self._beside]
        yield from self._across(margin, cells) if self._widths else self._listed(margin, cells)
        for column in self._below:
            yield from self._inset(self._content(values[column.name] or "", values.get("hits") or ()))
        under = " · ".join(filter(None, (_added(column, values[column.name]) for column in self._under)))
        yield from self._inset(Text(under, style=META))

    def _margin_width(self, rows: Sequence[Sequence[Any]]) -> int:
        """Cells for what stands before the rows."""
        if self._numbers is None:
            return len(str(len(rows)))
        at = self._at[self._numbers.name]
        return max([len(_name(self._numbers)), *(len(str(row[at])) for row in rows)])

    def _says(self, column: Column, rows: Sequence[Sequence[Any]]) -> bool:
        return any(row[self._at[column.name]] not in (None, (), "") for row in rows)

    def _fitted(
        self, columns: Sequence[Column], rows: Sequence[Sequence[Any]], least: int
    ) -> tuple[list[Column], list[int]]:
        """The columns with the width of each; no widths if there is no room for them beside each other."""
        wanted = [
            max([cell_len(_name(column)), *(cell_len(_cell(column, row[self._at[column.name]])) for row in rows)])
            for column in columns
        ]
        firm = sum(width for width, column in zip(wanted, columns, strict=True) if column.what in _FIRM)
        soft = sorted(width for width, column in zip(wanted, columns, strict=True) if column.what not in _FIRM)
        most = _share(soft, self._width - self._margin - _GAP * (len(columns) - 1) - firm)
        if (soft and most < min(least, soft[-1])) or (not soft and most < 0):
            return list(columns), []
        widths = [w if c.what in _FIRM else min(w, most) for w, c in zip(wanted, columns, strict=True)]
        return list(columns), widths

    def _across(self, margin: str, cells: Sequence[Text]) -> Iterator[Text]:
        """Cells side by side, in as many lines as the longest takes."""
        folded = [
            wrapped(cell, self._console, width) or [Text()] for cell, width in zip(cells, self._widths, strict=True)
        ]
        for index, parts in enumerate(zip_longest(*folded)):
            line = Text(margin if index == 0 else " " * self._margin, style=META)
            line = Text.assemble(line)
            for part, width, column in zip(parts, self._widths, self._beside, strict=True):
                part = part if part is not None else Text()
                space = " " * (width - part.cell_len)
                line.append_text(Text.assemble(space, part) if column.what in _RIGHT else Text.assemble(part, space))
                line.append(" " * _GAP)
            line.rstrip()
            yield line

    def _listed(self, margin: str, cells: Sequence[Text]) -> Iterator[Text]:
        """Cells one below the other, where the width does not hold them."""
        for column, cell in zip(self._beside, cells, strict=True):
            if cell.plain != _ABSENT:
                line = Text.assemble((f"{_name(column)}: ", META), cell)
                for part in wrapped(line, self._console, max(NARROWEST, self._width - self._margin)):
                    yield Text.assemble((margin.ljust(self._margin), META), part)
                    margin = ""
        if not self.tall:
            yield Text()

    def _inset(self, text: Text) -> Iterator[Text]:
        if text:
            for line in wrapped(text, self._console, max(NARROWEST, self._width - self._margin)):
                yield Text.assemble(" " * self._margin, line)

    def _content(self, content: str, hits: Sequence[tuple[int, int]]) -> Text:
        """The words that were found, those looked for marked; of a long text the part with the first of them."""
        first, last = _excerpt(content, hits)
        mark = MARK if self._marks else ""
        text, at = Text("… " if first else ""), first
        for start, end in hits:
            if first <= start and end <= last:
                text.append(_flat(content[at:start]))
                text.append(f"{mark}{_flat(content[start:end])}{mark}", HIT)
                at = end
        text.append(_flat(content[at:last]))
        return text.append(" …") if last < len(content) else text


def _share(wanted: list[int], room: int) -> int:
    """The width that none may be wider than, so that all have room: those that want less leave it to the others."""
    for at, width in enumerate(wanted):
        most = room // (len(wanted) - at)
        if width > most:
            return most
        room -= width
    return room if not wanted else wanted[-1]


def _excerpt(content: str, hits: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """What to show of a text: it begins a little before the first hit, with a word."""
    if len(content) <= _LONGEST:
        return 0, len(content)
    first = max(0, (hits[0][0] if hits else 0) - _BEFORE)
    first = content.find(" ", first) + 1 if first else 0
    last = max(content.rfind(" ", first, first + _LONGEST), *(end for _, end in hits[:1]), first + _LONGEST // 2)
    return first, min(last, len(content))


def _cell(column: Column, value: Any) -> str:
    """A value as people read it."""
    if column.what == "flag":
        return JUDGES if value else ""
    if value is None or value in ("", ()):
        return _ABSENT
    if column.what == "number":
        return f"{value:,}"
    if column.what == "score":
        return f"{value:.2f}"
    if column.what == "share":
        return share(value)
    if column.what == "date":
        return shown(str(value)[: len("2031-03-12")])
    joins = {"names": " ← ", "list": ", "}
    return shown(joins[column.what].join(value) if column.what in joins else str(value))


def _added(column: Column, value: Any) -> str:
    """A value as it is said under a row; empty if there is nothing to say."""
    if not value:
        return ""
    if column.what == "copies":
        return "also in 1 copy" if value == 1 else f"also in {value:,} copies"
    return f"{column.head}: {_cell(column, value)}" if column.head else _cell(column, value)


def _name(column: Column) -> str:
    return column.head or column.name.replace("_", " ")


def _flat(text: str) -> str:
    """The text on one line, made visible, character for character."""
    return visible(_BREAK.sub(" ", text))
