"""The table of labels: what each voice, and the report itself, calls whom, with where in the text it does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from sayso.innermost import innermost
from sayso.render.ledger import MEASURE
from sayso.render.marks import Paragraphs, one_line
from sayso.render.terminal import META, TITLE, WHO, shown, uncoloured, wrapped
from sayso.render.wording import NOBODY, counted, name
from sayso.types import Entity, EntityType, Span

if TYPE_CHECKING:
    from sayso.reading import Reading

LOADED, MARK = "bold magenta", "◆"
"""The style of words that judge, and what marks them where there is no colour."""
ITSELF = "the report itself"
_TYPES: dict[EntityType, str] = {
    "PERSON": "person", "ORG": "organisation", "PLACE": "place", "PEOPLE": "people", "EVENT": "event", "WORK": "work",
    "THING": "thing", "GROUP": "group",
}  # fmt: skip
_MOST_PLACES = 6
_WIDEST, _NARROWEST = 26, 10
"""Cells for the names of voices."""

_Who = tuple[bool, str | None]
"""Whether somebody says it, and the id of whose voice that is."""


@dataclass(slots=True)
class _Use:
    """One way in which a voice calls an entity: its words as they first stand, the paragraphs, whether they judge."""

    words: str
    loaded: bool
    paragraphs: list[int] = field(default_factory=list)


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
    uses = _uses(reading)
    labelled = {label.entity for label in reading.labels}
    differing = [e for e in _ranked(reading) if e.id in labelled and _differs(uses[e.id])]
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


def _differs(uses: dict[_Who, dict[str, _Use]]) -> bool:
    """Whether an entity is called by more than one word, or by one that judges."""
    every = {use.words.casefold(): use.loaded for called in uses.values() for use in called.values()}
    return len(every) > 1 or any(every.values())


def _ranked(reading: Reading) -> list[Entity]:
    """The entities that are called by words that judge first, then those that are called most things."""
    judged: defaultdict[str, int] = defaultdict(int)
    called: defaultdict[str, int] = defaultdict(int)
    for label in reading.labels:
        judged[label.entity] += label.loaded
        called[label.entity] += 1
    return sorted(reading.entities, key=lambda e: (-judged[e.id], -called[e.id], -len(e.mentions)))


def _uses(reading: Reading) -> dict[str, dict[_Who, dict[str, _Use]]]:
    """For each entity, whoever calls it anything, and what: labels, and names where they stand alone."""
    text = reading.document.text
    paragraphs = Paragraphs(text)
    calls: list[tuple[str, Span, bool, _Who | None]] = []
    covered: defaultdict[str, set[int]] = defaultdict(set)
    for label in reading.labels:
        calls.append((label.entity, label.span, label.loaded, (label.attribution is not None, label.voice)))
        covered[label.entity].update(label.span, range(*label.span))
    for entity in reading.entities:
        names = set(entity.names)
        for span in entity.mentions:
            if span.start not in covered[entity.id] and one_line(text[slice(*span)]) in names:
                calls.append((entity.id, span, False, None))
    bare = [index for index, call in enumerate(calls) if call[3] is None]
    holders = dict(zip(bare, innermost(reading.attributions, [calls[i][1] for i in bare]), strict=True))
    found: dict[str, dict[_Who, dict[str, _Use]]] = {entity.id: {} for entity in reading.entities}
    for index in sorted(range(len(calls)), key=lambda i: calls[i][1]):
        entity_id, span, loaded, who = calls[index]
        if who is None:
            holder = holders[index]
            who = (holder is not None, None if holder is None else reading.attributions[holder].voice)
        words = shown(text[slice(*span)])
        use = found[entity_id].setdefault(who, {}).setdefault(words.casefold(), _Use(words, loaded))
        use.loaded = use.loaded or loaded
        use.paragraphs.append(paragraphs.number(span.start))
    return found


def _entity(
    entity: Entity, uses: dict[_Who, dict[str, _Use]], voices: dict[str, str], console: Console, width: int
) -> Iterator[Text]:
    """One entity: its name and type, then a row for each voice, the report's own words first."""
    heading = Text.assemble((shown(entity.name), TITLE), (f" · {_TYPES[entity.type]}", META))
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


def _caller(who: _Who, voices: dict[str, str]) -> str:
    says, voice = who
    return ITSELF if not says else voices.get(voice or "", NOBODY)


def _called(called: dict[str, _Use]) -> Text:
    """All that one voice calls an entity, the commonest first."""
    line = Text()
    for use in sorted(called.values(), key=lambda use: -len(use.paragraphs)):
        if line:
            line.append(" · ", META)
        line.append(f"{use.words}{MARK}" if use.loaded else use.words, LOADED if use.loaded else "")
        if len(use.paragraphs) > 1:
            line.append(f" {len(use.paragraphs)}×", META)
        places = list(dict.fromkeys(use.paragraphs))
        line.append(f" ¶{','.join(map(str, places[:_MOST_PLACES]))}{'…' * (len(places) > _MOST_PLACES)}", META)
    return line
