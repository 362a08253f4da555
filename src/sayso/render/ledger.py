"""The ledger: a reading as the text a person reads, in a terminal or in a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from sayso.provenance import chain
from sayso.render import wording
from sayso.render.marks import Paragraphs
from sayso.render.summary import summary
from sayso.render.terminal import HOW, META, NARROWEST, TITLE, WHO, shown, uncoloured, visible, wrapped
from sayso.render.wording import (
    HEDGED,
    NEGATED,
    NO_CONTENT,
    NO_CUE,
    NO_SOURCE,
    counted,
    gives_name,
    name,
    percent,
    size,
)
from sayso.types import Attribution, Span, Spans

if TYPE_CHECKING:
    from sayso.reading import Reading

MEASURE = 100
"""The ledger is never wider, in cells: longer lines are hard to read, however wide the terminal."""


def render(reading: Reading, console: Console) -> None:
    """Print the ledger of `reading`, in colour where `console` has it."""
    for line in _lines(reading, console, min(console.width, MEASURE)):
        console.print(line, soft_wrap=True)


def plain(reading: Reading, width: int = MEASURE) -> str:
    """The ledger of `reading` without colour, in lines of at most `width` cells, the last one without its newline."""
    return uncoloured(lambda console: _lines(reading, console, min(width, MEASURE)), width)


def _lines(reading: Reading, console: Console, width: int) -> Iterator[Text]:
    paragraphs = Paragraphs(reading.document.text)
    knows_voices = bool(reading.voices or reading.narration)  # readings of the first version do not
    yield from _heading(reading, console, width)
    if knows_voices and reading.attributions:
        yield Text()
        yield from summary(reading, paragraphs, console, width)
    yield Text("─" * width, style=META)
    if not reading.attributions:
        yield Text()
        yield from wrapped(Text(f"No attributions found in {size(reading.document.text)}."), console, width)
    unsourced = reading.unsourced if knows_voices else ()
    entries = _Entries(reading, paragraphs, unsourced, console, width)
    for number, attribution in enumerate(reading.attributions, 1):
        yield Text()
        yield from entries.attribution(number, attribution)
    if unsourced:
        yield Text()
        yield from wrapped(Text(wording.unsourced(len(unsourced)), style=TITLE), console, width)
        yield Text()
        for sentence in unsourced:
            yield from entries.sentence(sentence)


def _heading(reading: Reading, console: Console, width: int) -> Iterator[Text]:
    """The report's name, and a line of what is known of it."""
    document = reading.document
    found = len(reading.attributions)
    counts = f"{counted(found, 'attribution')} in {size(document.text)}" if found else None
    known = (document.outlet, document.published, document.language, counts)
    facts = " · ".join(shown(fact) for fact in known if fact)
    yield from wrapped(Text(shown(name(document)), style=TITLE), console, width)
    for line in (facts, shown(document.url or "")):
        if line:
            yield from wrapped(Text(line, style=META), console, width)


class _Entries:
    """The entries of one ledger, its attributions and its sentences without one: they share their margin's width and
    the paragraphs they point to."""

    def __init__(
        self, reading: Reading, paragraphs: Paragraphs, sentences: Spans, console: Console, width: int
    ) -> None:
        self._document = reading.document
        self._paragraphs = paragraphs
        self._names = {voice.id: voice.name for voice in reading.voices}
        self._numbers = {attribution.id: number for number, attribution in enumerate(reading.attributions, 1)}
        starts = [attribution.start for attribution in reading.attributions] + [span.start for span in sentences]
        self._digits = len(str(len(reading.attributions)))
        self._paragraph_digits = len(str(max(map(paragraphs.number, starts), default=1)))
        self._console = console
        self._width = max(NARROWEST, width - len(self._margin("", 0)))

    def attribution(self, number: int, attribution: Attribution) -> Iterator[Text]:
        """One attribution: a line of who, how, kind and score, through whom it came, and the words below it."""
        content = self._wrapped(self._content(attribution))
        block = [*self._header(attribution), *self._chain(attribution), *content]
        return self._block(str(number), self._paragraphs.number(attribution.start), block)

    def sentence(self, sentence: Span) -> Iterator[Text]:
        """A sentence that stands on nobody."""
        words = Text(visible(self._paragraphs.words((sentence,), "")))
        return self._block("", self._paragraphs.number(sentence.start), self._wrapped(words))

    def _block(self, number: str, paragraph: int, lines: list[Text]) -> Iterator[Text]:
        margin = self._margin(number, paragraph)
        for line in lines:
            yield Text.assemble((margin, META), line)
            margin = " " * len(margin)

    def _margin(self, number: str, paragraph: int) -> str:
        return f"{number:>{self._digits + 1}}  ¶{paragraph:<{self._paragraph_digits}}  "

    def _header(self, attribution: Attribution) -> list[Text]:
        """Who and how, with the rest at the right edge: on the same line if there is room, else on its own."""
        header = Text.assemble(
            self._part(attribution.source, NO_SOURCE, WHO),
            (" · ", META),
            self._part(attribution.cue, NO_CUE, HOW),
            self._voice(attribution),
        )
        lines = self._wrapped(header)
        for meta in self._wrapped(Text(self._meta(attribution), style=META)):
            if lines[-1].cell_len + 3 + meta.cell_len > self._width:
                lines.append(Text())
            lines[-1].append(" " * (self._width - lines[-1].cell_len - meta.cell_len)).append_text(meta)
        return lines

    def _voice(self, attribution: Attribution) -> Text:
        """Whom the source means, unless its own words say so."""
        voice = self._names.get(attribution.voice or "")
        if voice is None or gives_name(self._paragraphs.words(attribution.source, " … "), voice):
            return Text()
        return Text.assemble((" → ", META), (shown(voice), WHO))

    def _chain(self, attribution: Attribution) -> list[Text]:
        """The way from the outlet to the voice, if anybody else stands on it."""
        names = chain(self._document, self._names, attribution)
        if not {*names} - {self._document.outlet, self._names.get(attribution.voice or "")}:
            return []
        return self._wrapped(Text(" ← ".join(map(shown, names)), style=META))

    def _meta(self, attribution: Attribution) -> str:
        parent = self._numbers.get(attribution.parent or "")
        notes = (
            f"inside {parent}" if parent else None,
            attribution.stance,
            HEDGED if attribution.hedged else None,
            NEGATED if attribution.negated else None,
            f"{attribution.kind} {percent(attribution.score):>4}",
        )
        return " · ".join(note for note in notes if note)

    def _part(self, spans: Spans, absent: str, style: str) -> Text:
        words = self._paragraphs.words(spans, " … ")
        return Text(visible(words), style=style) if words else Text(f"— {absent} —", style=META)

    def _content(self, attribution: Attribution) -> Text:
        words = self._paragraphs.words(attribution.content, " […] ")
        return Text(visible(words)) if words else Text(f"— {NO_CONTENT} —", style=META)

    def _wrapped(self, text: Text) -> list[Text]:
        return wrapped(text, self._console, self._width)
