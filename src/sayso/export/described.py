"""What every format says of an attribution: its words, its voices by name, its chain."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sayso import provenance
from sayso.export.plain import xml
from sayso.types import Attribution, Spans, Voice

if TYPE_CHECKING:
    from sayso.reading import Reading

_NUMBERED = re.compile(r".*\(v\d+\)", re.DOTALL)


class Described:
    """A reading, to be asked for the words and voices of its attributions. Voices are looked up once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.voices = {voice.id: voice for voice in reading.voices}
        self.labels = labels(reading.voices)
        self._names = {voice.id: voice.name for voice in reading.voices}

    def voice(self, attribution: Attribution) -> Voice | None:
        """Whose voice it is."""
        return self.voices.get(attribution.voice or "")

    def via(self, attribution: Attribution) -> list[Voice]:
        """The voices it came through, outermost first."""
        return [self.voices[passing] for passing in attribution.via if passing in self.voices]

    def chain(self, attribution: Attribution) -> tuple[str, ...]:
        """The names between the reader and the speaker, as `Reading.chain` gives them."""
        return provenance.chain(self.reading.document, self._names, attribution)

    def words(self, spans: Spans, gap: str = " […] ") -> str:
        """The exact words at `spans`, `gap` between separate ones."""
        text = self.reading.document.text
        return gap.join(text[start:end] for start, end in spans)

    def parts(self, spans: Spans) -> list[str]:
        """The exact words at each span."""
        text = self.reading.document.text
        return [text[start:end] for start, end in spans]


def labels(voices: tuple[Voice, ...]) -> dict[str, str]:
    """What a tool calls each voice, by its id: the name on one line, as any file can hold it, with the id behind it
    where two bear one name. No two voices of a document have one label."""
    names = {voice.id: xml(" ".join(voice.name.split())) for voice in voices}
    bearing = Counter(names.values())
    return {
        voice: name if name and bearing[name] == 1 and not _NUMBERED.fullmatch(name) else f"{name} ({voice})".strip()
        for voice, name in names.items()
    }
