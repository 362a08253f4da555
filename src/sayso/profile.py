"""TEMP: a stand-in for the profile of branch `ledger`, to be dropped when merging."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.text import paragraphs, sentence_ends, units
from sayso.types import Kind, Span, Spans, VoiceType

if TYPE_CHECKING:
    from sayso.reading import Reading


@dataclass(frozen=True, slots=True)
class Profile:
    """Fractions of all words; voices, attributing and narration add up to 1."""

    words: int
    voices: dict[str | None, float]
    types: dict[VoiceType | None, float]
    kinds: dict[Kind, float]
    attributing: float
    narration: float
    unsourced: float


def profile(reading: Reading) -> Profile:
    """Each word goes to the innermost content it stands in, else to the narration, else to the attributing."""
    text = reading.document.text
    words = [Span(*unit) for unit in units(text) if text[unit[0]].isalnum()]
    inner = sorted(
        (a for a in reading.attributions if a.content), key=lambda a: sum(s.end - s.start for s in a.content)
    )
    types = {voice.id: voice.type for voice in reading.voices}
    voices: Counter[str | None] = Counter()
    kinds: Counter[Kind] = Counter()
    rest: Counter[str] = Counter()
    for word in words:
        owner = next((a for a in inner if _in(word, a.content)), None)
        if owner is not None:
            voices[owner.voice] += 1
            kinds[owner.kind] += 1
        else:
            rest["narration" if _in(word, reading.narration) else "attributing"] += 1
        rest["unsourced"] += owner is None and _in(word, reading.unsourced)
    by_type: Counter[VoiceType | None] = Counter()
    for voice, count in voices.items():
        by_type[types.get(voice or "")] += count
    total = max(1, len(words))
    return Profile(
        len(words),
        {voice: count / total for voice, count in voices.items()},
        {kind: count / total for kind, count in by_type.items()},
        {kind: count / total for kind, count in kinds.items()},
        *(rest[name] / total for name in ("attributing", "narration", "unsourced")),
    )


def unsourced(reading: Reading) -> Spans:
    """The sentences of the narration that no attribution touches."""
    text, found = reading.document.text, []
    touched = [span for a in reading.attributions for span in a.source + a.cue + a.content]
    for start, end in paragraphs(text):
        words, first = units(text, start, end), 0
        for last in sentence_ends(text, words):
            sentence = Span(words[first][0], words[last - 1][1])
            if _in(sentence, reading.narration) and not any(_meet(sentence, span) for span in touched):
                found.append(sentence)
            first = last
    return tuple(found)


def _in(span: Span, spans: Spans) -> bool:
    return any(start <= span.start and span.end <= end for start, end in spans)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
