"""The head of the ledger: on whom a report stands, at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from sayso.render.marks import Paragraphs
from sayso.render.terminal import META, NARROWEST, WHO, shown, visible, wrapped
from sayso.render.wording import by_kind, by_type, counted, further, people, share, standing
from sayso.types import Spans, Voice

if TYPE_CHECKING:
    from sayso.profile import Profile
    from sayso.reading import Reading

_MOST = 12  # voices that are listed
_LEAST = 0.01  # of the words, to be listed
_MARGIN = 6  # cells: the share of a voice, and two blanks


def summary(reading: Reading, paragraphs: Paragraphs, console: Console, width: int) -> Iterator[Text]:
    """The profile of `reading` in lines of at most `width` cells: one of whose the words are, the voices that have most
    of them, and what types and kinds they are of."""
    profile = reading.profile()
    voices = _Voices(reading, profile, paragraphs)
    for text in (Text(standing(profile)), Text(by_type(profile), style=META), Text(by_kind(profile), style=META)):
        yield from wrapped(text, console, width) if text else ()
    beside = max(NARROWEST, width - _MARGIN)
    for voice in voices.listed:
        lines = [line for text in voices.lines(voice) for line in wrapped(text, console, beside)]
        yield from _beside(f"{share(profile.voices[voice.id]):>4}", lines)
    if voices.rest:
        yield from _beside("", wrapped(Text(voices.rest, style=META), console, beside))


def _beside(figure: str, lines: list[Text]) -> Iterator[Text]:
    """`lines`, with `figure` in the margin of the first."""
    for line in lines:
        yield Text.assemble((f"{figure:{_MARGIN}}", META), line)
        figure = ""


class _Voices:
    """The voices of a reading that speak most, and what there is to say of each."""

    def __init__(self, reading: Reading, profile: Profile, paragraphs: Paragraphs) -> None:
        known = {voice.id: voice for voice in reading.voices}
        speaking = [(known[voice], part) for voice, part in profile.voices.items() if voice in known]
        self.listed = [voice for voice, part in speaking if part >= _LEAST][:_MOST]
        self.rest = further(len(speaking) - len(self.listed), bool(self.listed))
        self._counts = Counter(attribution.voice for attribution in reading.attributions)
        self._paragraphs = paragraphs

    def lines(self, voice: Voice) -> Iterator[Text]:
        """The voice's name, its first role, its type and how often it speaks; on a second line what the text says of
        it beside a description that stands for a name."""
        number = voice.withheld.number if voice.withheld else None
        notes = (
            self._beyond_name(voice, voice.roles[:1]),
            voice.type if number is None else f"{voice.type}, {people(number)}",
            counted(self._counts[voice.id], "attribution"),
        )
        yield Text.assemble((shown(voice.name), WHO), *((f" · {note}", META) for note in notes if note))
        if voice.withheld:
            spans = (span for span in (voice.withheld.affiliation, voice.withheld.why) if span)
            known = [f"“{words}”" for span in spans if (words := self._beyond_name(voice, (span,)))]
            if known:
                yield Text(" · ".join(known), style=META)

    def _beyond_name(self, voice: Voice, spans: Spans) -> str:
        """The words at `spans`; none if the voice's name holds them."""
        words = self._paragraphs.words(spans, " … ")
        return "" if words.casefold() in voice.name.casefold() else visible(words)
