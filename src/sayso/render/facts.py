"""What can be checked in a report, as a table: when, where, how many, on whose word, and the words themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from sayso.provenance import chain
from sayso.render.ledger import MEASURE
from sayso.render.marks import Paragraphs
from sayso.render.terminal import HOW, META, NARROWEST, TITLE, WHO, shown, uncoloured, visible, wrapped
from sayso.render.wording import HEDGED, NEGATED, OWN_VOICE, checkable, name
from sayso.types import Attribution, Place, Quantity, Time

if TYPE_CHECKING:
    from sayso.facts import Fact
    from sayso.reading import Reading

_HEADS = ("when", "where", "how many", "on whose word")
_STYLES = (HOW, HOW, HOW, WHO)
_SHARES = (0.18, 0.22, 0.28, 0.32)
_GAP = 2
_DATE = len("2031-03-12")
"""Cells that the first column needs; where the width has fewer for it, there are no columns."""
_NEAR = 30  # code points between a number and what it counts


def render(reading: Reading, console: Console) -> None:
    """Print the facts of `reading`, in colour where `console` has it."""
    for line in _lines(reading, console, min(console.width, MEASURE)):
        console.print(line, soft_wrap=True)


def plain(reading: Reading, width: int = MEASURE) -> str:
    """The facts of `reading` without colour, in lines of at most `width` cells, the last one without its newline."""
    return uncoloured(lambda console: _lines(reading, console, min(width, MEASURE)), width)


def _lines(reading: Reading, console: Console, width: int) -> Iterator[Text]:
    found = reading.facts()
    yield from wrapped(Text(shown(name(reading.document)), style=TITLE), console, width)
    own = sum(fact.attribution is None for fact in found)
    yield from wrapped(Text(checkable(len(found), own), style=META), console, width)
    if not found:
        return
    paragraphs = Paragraphs(reading.document.text)
    vouchers = Vouchers(reading)
    margin = len(str(paragraphs.number(found[-1].statement.start))) + 3
    room = width - margin - _GAP * (len(_HEADS) - 1)
    widths = [int(share * room) for share in _SHARES]
    if widths[0] < _DATE:
        widths = []
    yield Text()
    if widths:
        yield from _row("", [Text(head, style=META) for head in _HEADS], (margin, widths), console)
    yield Text("─" * width, style=META)
    for fact in found:
        cells = (*map(_listed, (when(fact.times, reading), where(fact.places), how_many(fact.quantities, reading))),
                 vouchers.on_whose_word(fact))  # fmt: skip
        texts = [Text(visible(cell), style=style) for cell, style in zip(cells, _STYLES, strict=True)]
        number = f" ¶{paragraphs.number(fact.statement.start)}"
        if widths:
            yield from _row(number, texts, (margin, widths), console)
        else:
            yield from _stacked(number, texts, margin, console, width)
        words = Text(visible(paragraphs.words((fact.statement,), "")))
        for line in wrapped(words, console, max(NARROWEST, width - margin)):
            yield Text(" " * margin).append_text(line)
        yield Text()


def _row(number: str, cells: Sequence[Text], columns: tuple[int, Sequence[int]], console: Console) -> Iterator[Text]:
    """One row of the table, of as many lines as its longest cell takes."""
    margin, widths = columns
    folded = [wrapped(cell, console, width) for cell, width in zip(cells, widths, strict=True)]
    for index, parts in enumerate(zip_longest(*folded)):
        line = Text().append(f"{number if index == 0 else '':<{margin}}", META)
        for part, width in zip(parts, widths, strict=True):
            part = part if part is not None else Text()
            line.append_text(part).append(" " * (width - part.cell_len + _GAP))
        line.rstrip()
        yield line


def _stacked(number: str, texts: Sequence[Text], margin: int, console: Console, width: int) -> Iterator[Text]:
    """What a row holds, one cell below the other, where the width does not hold four columns."""
    for head, text in zip(_HEADS, texts, strict=True):
        if text:
            cell = Text.assemble((f"{head}: ", META), text)
            for line in wrapped(cell, console, max(NARROWEST, width - margin)):
                yield Text().append(f"{number:<{margin}}", META).append_text(line)
                number = ""


def _listed(values: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(values))


def when(times: Sequence[Time], reading: Reading) -> list[str]:
    """The dates and times, as values; lengths, what recurs, and what has no year in the text's own words."""
    return [
        time.value
        if time.type in ("DATE", "TIME") and time.value and "X" not in time.value
        else f"“{shown(reading.words((time.span,)))}”"
        for time in times
    ]


def where(places: Sequence[Place]) -> list[str]:
    """The places, each with its country's code unless it is the country."""
    return [shown(f"{p.name} ({p.country})" if p.country and p.feature != "country" else p.name) for p in places]


def how_many(quantities: Sequence[Quantity], reading: Reading) -> list[str]:
    """The quantities in the text's own words, up to what is counted where that stands right behind the number."""
    return [shown(_counted(reading.document.text, quantity)) for quantity in quantities]


def _counted(text: str, quantity: Quantity) -> str:
    start, end = quantity.span
    behind = text.find(quantity.of, end, end + len(quantity.of) + _NEAR) if quantity.of else -1
    if behind >= 0 and quantity.of:
        return text[start : behind + len(quantity.of)]
    words = text[start:end]
    return words if not quantity.of or quantity.of.casefold() in words.casefold() else f"{words} ({quantity.of})"


class Vouchers:
    """Who vouches for the facts of one reading, whose names and attributions are looked up once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._names = {voice.id: voice.name for voice in reading.voices}
        self._attributions = {attribution.id: attribution for attribution in reading.attributions}

    def attribution(self, fact: Fact) -> Attribution | None:
        """The attribution that hands the fact over; None where the report says it in its own voice."""
        return self._attributions.get(fact.attribution or "")

    def on_whose_word(self, fact: Fact) -> str:
        """The chain from outlet to speaker, with what takes the statement back; the report's own voice where it is."""
        attribution = self.attribution(fact)
        if attribution is None:
            return OWN_VOICE
        names = " ← ".join(map(shown, chain(self._reading.document, self._names, attribution)))
        notes = (
            attribution.stance if attribution.stance not in (None, "asserts") else None,
            HEDGED if attribution.hedged else None,
            NEGATED if attribution.negated else None,
        )
        return " · ".join(filter(None, (names or shown(self._reading.words(attribution.source)) or OWN_VOICE, *notes)))
