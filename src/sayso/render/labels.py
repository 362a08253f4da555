"""The table of labels: what each voice, and the report itself, calls whom, with where in the text it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from sayso.render.calls import ITSELF, TYPES, Use, Who, differs, ranked, uses_of
from sayso.render.ledger import MEASURE
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
    for entity in differing:
        yield Text()
        yield from _entity(entity, uses[entity.id], voices, console, width)
    left = len(reading.entities) - len(differing)
    if left:
        yield Text()
        more = f"and {left:,} more" if differing else _entities(left)
        yield from wrapped(Text(f"{more}, called by one name throughout", style=META), console, width)


def _entities(number: int) -> str:
    return "1 entity" if number == 1 else f"{number:,} entities"


def _entity(
    entity: Entity, uses: dict[Who, dict[str, Use]], voices: dict[str, str], console: Console, width: int
) -> Iterator[Text]:
    """One entity: its name and type, then a row for each voice, the report's own words first."""
    heading = Text.assemble((shown(entity.name), TITLE), (f" · {TYPES[entity.type]}", META))
    yield from wrapped(heading, console, width)
    rows = sorted(uses.items(), key=lambda row: (row[0][0], -sum(len(use.paragraphs) for use in row[1].values())))
    names = [_caller(who, voices) for who, _ in rows]
    column = max(_NARROWEST, min(_WIDEST, width // 3, max((Text(n).cell_len for n in names), default=0)))
    for caller, (_, called) in zip(names, rows, strict=True):
        who = wrapped(Text(caller, style=WHO), console, column)
        what = wrapped(_called(called), console, max(_NARROWEST, width - column - 4))
        for index in range(max(len(who), len(what))):
            left = who[index] if index < len(who) else Text()
            right = what[index] if index < len(what) else Text()
            yield Text.assemble("  ", left, " " * (column - left.cell_len + 2 if right else 0), right)


def _caller(who: Who, voices: dict[str, str]) -> str:
    says, voice = who
    return ITSELF if not says else voices.get(voice or "", NOBODY)


def _called(called: dict[str, Use]) -> Text:
    """All that one voice calls an entity, the commonest first."""
    line = Text()
    for use in sorted(called.values(), key=lambda use: -len(use.paragraphs)):
        if line:
            line.append(" · ", META)
        words = shown(use.words)
        line.append(f"{words}{MARK}" if use.loaded else words, LOADED if use.loaded else "")
        if len(use.paragraphs) > 1:
            line.append(f" {len(use.paragraphs)}×", META)
        places = list(dict.fromkeys(use.paragraphs))
        line.append(f" ¶{','.join(map(str, places[:_MOST_PLACES]))}{'…' * (len(places) > _MOST_PLACES)}", META)
    return line
