"""Voices by what a tool calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from sayso.corrections.values import Speaker
from sayso.export.described import labels
from sayso.export.plain import xml
from sayso.types import VoiceType

if TYPE_CHECKING:
    from sayso.reading import Reading


class Speakers:
    """The voices of a reading, to be found by label or name."""

    def __init__(self, reading: Reading) -> None:
        self._ids = {voice.id: Speaker(voice.name, voice.type, voice.id) for voice in reading.voices}
        self._labels = {label: self._ids[id_] for id_, label in labels(reading.voices).items()}
        self._names: dict[str, Speaker] = {}
        for speaker in self._ids.values():
            self._names.setdefault(_folded(speaker.name), speaker)

    def of(self, id_: str | None) -> Speaker | None:
        """The voice with that id."""
        return self._ids.get(id_ or "")

    def called(self, label: object, sort: object = None) -> Speaker | None:
        """The voice that a person means by `label` (or by the name alone, whatever its case), a new one if there is
        none; None if they say nothing. `sort` is the type they give it: another one makes it another voice."""
        words = " ".join(label.split()) if isinstance(label, str) else ""
        kind: VoiceType | None = sort if sort in get_args(VoiceType) else None  # type: ignore[assignment]
        if not words:
            return None
        known = self._labels.get(words) or self._names.get(_folded(words))
        if known is None:
            return Speaker(words, kind)
        return known if kind in (None, known.type) else Speaker(known.name, kind)


def _folded(name: str) -> str:
    """A name as one compares it, whatever a file had to make of it."""
    return xml(" ".join(name.split())).casefold()
