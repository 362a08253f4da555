"""The table of labels: what each voice, and the report itself, calls whom, with where in the text it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from sayso.render.calls import ITSELF, TYPES, Use, Who, differs, ranked, uses_of
from sayso.render.ledger import MEASURE
from sayso.render.marks import Paragraphs
from sayso.render.terminal import META, TITLE, WHO, shown, uncoloured, wrapped
from sayso.render.wording import NOBODY, counted, name
from sayso.types import Entity

if TYPE_CHECKING:
    from sayso.reading import Reading

LOADED, MARK = "bold magenta", "◆"
"""The style of words that judge, and what marks them where there is no colour."""
_MOST_PLACES = 6
_WIDEST, _NARROWEST = 26, 10
"""Cells for the names of voices."""


def render(reading: Reading, console: Console) -> None:
    """Print the table of `reading`, in colour where `console` has it."""
    for line in _lines(reading, console, min(console.width, MEASURE)):
        console.print(line, soft_wrap=True)


def plain(reading: Reading, width: int = MEASURE) -> str:
    """The table of `reading` without colour, in lines of at most `width` cells, the last one without its newline."""
    return uncoloured(lambda console: _lines(reading, console, min(width, MEASURE)), width)


def _lines(reading: Reading, console: Console, width: int) -> Iterator[Text]:
    loaded = sum(label.loaded for label in reading.labels)
    facts = f"{counted(len(reading.labels), 'label')} for {_entities(len(reading.entities))}"
    facts += f" · {loaded:,} {'judges' if loaded == 1 else 'judge'} {MARK}" if loaded else ""
    yield from wrapped(Text(shown(name(reading.document)), style=TITLE), console, width)
    yield from wrapped(Text(facts, style=META), console, width)
    yield Text("─" * width, style=META)
    uses = uses_of(reading)
    labelled = {label.entity for label in reading.labels}
    differing = [e for e in ranked(reading) if e.id in labelled and differs(uses[e.id])]
    voices = {voice.id: shown(voice.name) for voice in reading.voices}
    table = _Table(Paragraphs(reading.document.text), voices, width)
    for entity in differing:
        yield Text()
        yield from table.entity(entity, uses[entity.id], console)
    left = len(reading.entities) - len(differing)
    if left:
        yield Text()
        more = f"and {left:,} more" if differing else _entities(left)
        yield from wrapped(Text(f"{more}, called by one name throughout", style=META), console, width)


def _entities(number: int) -> str:
    return "1 entity" if number == 1 else f"{number:,} entities"


class _Table:
    """Writes the entities of one reading, in so many cells. `voices` are the names of its voices, by their ids."""

    def __init__(self, paragraphs: Paragraphs, voices: dict[str, str], width: int) -> None:
        self._paragraphs, self._voices, self._width = paragraphs, voices, width

    def entity(self, entity: Entity, uses: dict[Who, dict[str, Use]], console: Console) -> Iterator[Text]:
        """One entity: its name and type, then a row for each voice, the report's own words first."""
        heading = Text.assemble((shown(entity.name), TITLE), (f" · {TYPES[entity.type]}", META))
        yield from wrapped(heading, console, self._width)
        rows = sorted(uses.items(), key=lambda row: (row[0][0], -sum(len(use.spans) for use in row[1].values())))
        names = [self._caller(who) for who, _ in rows]
        longest = max((Text(name).cell_len for name in names), default=0)
        column = max(_NARROWEST, min(_WIDEST, self._width // 3, longest))
        for caller, (_, called) in zip(names, rows, strict=True):
            who = wrapped(Text(caller, style=WHO), console, column)
            what = wrapped(self._called(called), console, max(_NARROWEST, self._width - column - 4))
            for index in range(max(len(who), len(what))):
                left = who[index] if index < len(who) else Text()
                right = what[index] if index < len(what) else Text()
                yield Text.assemble("  ", left, " " * (column - left.cell_len + 2 if right else 0), right)

    def _caller(self, who: Who) -> str:
        says, voice = who
        return ITSELF if not says else self._voices.get(voice or "", NOBODY)

    def _called(self, called: dict[str, Use]) -> Text:
        """All that one voice calls an entity, the commonest first."""
        line = Text()
        for use in sorted(called.values(), key=lambda use: -len(use.spans)):
            if line:
                line.append(" · ", META)
            words = shown(use.words)
            line.append(f"{words}{MARK}" if use.loaded else words, LOADED if use.loaded else "")
            if len(use.spans) > 1:
                line.append(f" {len(use.spans)}×", META)
            places = list(dict.fromkeys(self._paragraphs.number(span.start) for span in use.spans))
            line.append(f" ¶{','.join(map(str, places[:_MOST_PLACES]))}{'…' * (len(places) > _MOST_PLACES)}", META)
        return line
