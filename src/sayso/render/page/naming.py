"""Who calls whom what, on the page: for each entity a row for the report itself and for each voice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sayso.render.calls import ITSELF, TYPES, Use, Who, differs, ranked, uses_of
from sayso.render.marks import one_line
from sayso.render.page.at import at
from sayso.render.page.markup import escape, excerpt
from sayso.render.wording import NOBODY, counted
from sayso.types import Entity

if TYPE_CHECKING:
    from sayso.reading import Reading

_JUDGES = '<span class="judges" title="judges whom it names">◆</span>'
_LONGEST = 90  # characters of one way of calling somebody


def naming(reading: Reading) -> str:
    """Those who are called by more than one word, or by one that judges, as tables."""
    uses = uses_of(reading)
    voices = {voice.id: one_line(voice.name) for voice in reading.voices}
    differing = [entity for entity in ranked(reading) if differs(uses[entity.id])]
    loaded = sum(label.loaded for label in reading.labels)
    note = f"{counted(len(differing), 'name')} that differ{'s' * (len(differing) == 1)} by who says it"
    if loaded:
        note += f" · {_JUDGES} {loaded:,} {'judges' if loaded == 1 else 'judge'} by their words"
    tables = "".join(_entity(entity, uses[entity.id], voices) for entity in differing)
    left = len(reading.entities) - len(differing)
    rest = f'<p class="note">and {left:,} more, called by one name throughout</p>\n' if left else ""
    return f'<p class="note">{note}</p>\n{tables}{rest}'


def _entity(entity: Entity, uses: Mapping[Who, Mapping[str, Use]], voices: Mapping[str, str]) -> str:
    """One entity: its name and type, then a row for each voice, the report's own words first."""
    rows = sorted(uses.items(), key=lambda row: (row[0][0], -sum(len(use.spans) for use in row[1].values())))
    body = "".join(
        f'<tr><th scope="row"><bdi>{escape(excerpt(_caller(who, voices), _LONGEST))}</bdi></th>'
        f"<td>{' · '.join(_called(called))}</td></tr>\n"
        for who, called in rows
    )
    caption = f"<b><bdi>{escape(one_line(entity.name))}</bdi></b> {TYPES[entity.type]}"
    return f'<table class="naming"><caption>{caption}</caption>\n<tbody>\n{body}</tbody></table>\n'


def _caller(who: Who, voices: Mapping[str, str]) -> str:
    says, voice = who
    return ITSELF if not says else voices.get(voice or "", NOBODY)


def _called(called: Mapping[str, Use]) -> Iterator[str]:
    """All that one voice calls an entity, the commonest first."""
    for use in sorted(called.values(), key=lambda use: -len(use.spans)):
        words = escape(excerpt(use.words, _LONGEST))
        judged = f"<em>{words}</em>{_JUDGES}" if use.loaded else words
        times = f' <span class="times">{len(use.spans)}×</span>' if len(use.spans) > 1 else ""
        yield f'<span class="call"{at(use.spans)}>{judged}{times}</span>'
