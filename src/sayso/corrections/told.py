"""What a tool tells of an attribution, as a person's mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from sayso.corrections.speakers import Speakers
from sayso.corrections.values import Marked, checked
from sayso.types import Kind, Span, Stance


class Told(NamedTuple):
    """What stands beside the spans in a file that came back, which may be anything: kind, stance, what the voice is
    called and of which sort it is, what those are called whom it came through."""

    kind: object
    stance: object
    voice: object
    sort: object
    via: Iterable[object]


def as_told(spans: Mapping[str, Sequence[Span]], told: Told, speakers: Speakers, size: int) -> Marked:
    """The mark with the spans of each role, in a text of `size` code points. What is no kind or stance, and whom
    nothing is said of, is left out. Raises ValueError, saying what is wrong, for spans that no text has."""
    placed: dict[str, Any] = {role: checked(tuple(found), size) for role, found in spans.items()}
    via = map(speakers.called, told.via)
    kind: Any = told.kind if told.kind in get_args(Kind) else None
    stance: Any = told.stance if told.stance in get_args(Stance) else None
    return Marked(
        **placed,
        kind=kind,
        stance=stance,
        voice=speakers.called(told.voice, told.sort),
        via=tuple(speaker for speaker in via if speaker is not None),
    )
