"""The ledger: a reading as the text a person reads, in a terminal or in a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from sayso.render.marks import Paragraphs, one_line
from sayso.render.wording import NO_CONTENT, NO_CUE, NO_SOURCE, counted, name, percent, size
from sayso.types import Attribution, Spans

if TYPE_CHECKING:
    from sayso.reading import Reading

MEASURE = 100
"""The ledger is never wider, in cells: longer lines are hard to read, however wide the terminal."""

_TITLE, _WHO, _HOW, _META = "bold", "bold cyan", "yellow", "dim"
_NARROWEST = 12  # cells for the words beside the margin, whatever the width asked for

# What a terminal would obey instead of showing: control characters, and the marks that reorder what follows them. The
# letters of right-to-left scripts, and the joiners they and emoji need, are no such thing.
_VISIBLE = (
    {code: 0x2400 + code for code in range(0x20)}
    | {0x7F: "␡", 0x2028: "␤", 0x2029: "␤"}
    | dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x2070)), "␦")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)


def render(reading: Reading, console: Console) -> None:
    """Print the ledger of `reading`, in colour where `console` has it."""
    for line in _lines(reading, console, min(console.width, MEASURE)):
        console.print(line, soft_wrap=True)


def plain(reading: Reading, width: int = MEASURE) -> str:
    """The ledger of `reading` without colour, in lines of at most `width` cells, the last one without its newline."""
    console = Console(file=io.StringIO(), width=width, force_jupyter=False)
    return "\n".join(line.plain for line in _lines(reading, console, min(width, MEASURE)))


def visible(text: str) -> str:
    """`text` made safe for a terminal, character for character: escapes, control characters and the marks that reverse
    reading order become symbols (␛ for escape)."""
    return text.translate(_VISIBLE)


def _lines(reading: Reading, console: Console, width: int) -> Iterator[Text]:
    yield from _heading(reading, console, width)
    yield Text("─" * width, style=_META)
    if not reading.attributions:
        yield Text()
        yield from _wrapped(Text(f"No attributions found in {size(reading.document.text)}."), console, width)
        return
    entries = _Entries(reading, console, width)
    for number, attribution in enumerate(reading.attributions, 1):
        yield Text()
        yield from entries.lines(number, attribution)


def _heading(reading: Reading, console: Console, width: int) -> Iterator[Text]:
    """The report's name, and a line of what is known of it."""
    document = reading.document
    found = len(reading.attributions)
    counts = f"{counted(found, 'attribution')} in {size(document.text)}" if found else None
    known = (document.outlet, document.published, document.language, counts)
    facts = " · ".join(_line(fact) for fact in known if fact)
    yield from _wrapped(Text(_line(name(document)), style=_TITLE), console, width)
    for line in (facts, _line(document.url or "")):
        if line:
            yield from _wrapped(Text(line, style=_META), console, width)


class _Entries:
    """The entries of one ledger: they share their margin's width and the paragraphs they point to."""

    def __init__(self, reading: Reading, console: Console, width: int) -> None:
        self._paragraphs = Paragraphs(reading.document.text)
        self._numbers = {attribution.id: number for number, attribution in enumerate(reading.attributions, 1)}
        last = max(self._paragraphs.number(attribution.start) for attribution in reading.attributions)
        self._digits = len(str(len(reading.attributions)))
        self._paragraph_digits = len(str(last))
        self._console = console
        self._width = max(_NARROWEST, width - len(self._margin(0, 0)))

    def lines(self, number: int, attribution: Attribution) -> Iterator[Text]:
        """One attribution: a line of who, how, kind and score, and the words below it."""
        margin = self._margin(number, self._paragraphs.number(attribution.start))
        block = [*self._header(attribution), *_wrapped(self._content(attribution), self._console, self._width)]
        for line in block:
            yield Text.assemble((margin, _META), line)
            margin = " " * len(margin)

    def _margin(self, number: int, paragraph: int) -> str:
        return f"{number:>{self._digits + 1}}  ¶{paragraph:<{self._paragraph_digits}}  "

    def _header(self, attribution: Attribution) -> list[Text]:
        """Who and how, with the rest at the right edge: on the same line if there is room, else on its own."""
        header = Text.assemble(
            self._part(attribution.source, NO_SOURCE, _WHO), (" · ", _META), self._part(attribution.cue, NO_CUE, _HOW)
        )
        lines = _wrapped(header, self._console, self._width)
        for meta in _wrapped(Text(self._meta(attribution), style=_META), self._console, self._width):
            if lines[-1].cell_len + 3 + meta.cell_len > self._width:
                lines.append(Text())
            lines[-1].append(" " * (self._width - lines[-1].cell_len - meta.cell_len)).append_text(meta)
        return lines

    def _meta(self, attribution: Attribution) -> str:
        parent = self._numbers.get(attribution.parent or "")
        within = f"inside {parent}" if parent else None
        notes = (within, attribution.stance, f"{attribution.kind} {percent(attribution.score):>4}")
        return " · ".join(note for note in notes if note)

    def _part(self, spans: Spans, absent: str, style: str) -> Text:
        words = self._paragraphs.words(spans, " … ")
        return Text(visible(words), style=style) if words else Text(f"— {absent} —", style=_META)

    def _content(self, attribution: Attribution) -> Text:
        words = self._paragraphs.words(attribution.content, " […] ")
        return Text(visible(words)) if words else Text(f"— {NO_CONTENT} —", style=_META)


def _line(text: str) -> str:
    return visible(one_line(text))


def _wrapped(text: Text, console: Console, width: int) -> list[Text]:
    """`text` in lines of at most `width` cells, words unbroken unless one is wider than that."""
    lines = list(text.wrap(console, width, overflow="fold"))
    for line in lines:
        line.rstrip()
    return lines
