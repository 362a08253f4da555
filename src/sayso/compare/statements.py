"""A reading → its statements: the sentences of every content, and those that the report says in its own voice."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

import regex

from sayso.compare.types import Statement
from sayso.narration import sentences
from sayso.reading import Reading
from sayso.types import Attribution, Span, Spans

_FEWEST = 3
"""Words: less is no statement."""
_MOST_OF = 0.6
_BREAK = regex.compile(r"\s+")
_NOT = regex.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|without|denie[sd]|deny|denying|false|untrue|fabricat\w+|rejects?|rejected"
    r"|cannot|\w+n['’]t)\b",
    regex.IGNORECASE,
)


def statements(reading: Reading, report: int) -> Iterator[Statement]:
    """The statements of one report, in text order; `report` is its place among those compared."""
    found = [*_contents(reading), *_narrated(reading)]
    made = _Maker(reading, report)
    for attribution, spans in sorted(found, key=lambda pair: pair[1]):
        yield made.statement(attribution, spans)


def _contents(reading: Reading) -> Iterator[tuple[Attribution | None, Spans]]:
    """The contents, cut at the ends of sentences; what is inside another's content is that one's alone."""
    text = reading.document.text
    ends = [*(sentence.end for sentence in sentences(text)), len(text)]
    for attribution in reading.attributions:
        parts: dict[int, list[Span]] = {}
        for start, end in attribution.content:
            index = bisect.bisect_right(ends, start)
            while start < end:
                parts.setdefault(index, []).append(Span(start, min(ends[index], end)))
                start, index = ends[index], index + 1
        for spans in parts.values():
            if _words(text, spans) >= _FEWEST:
                yield attribution, tuple(spans)


def _narrated(reading: Reading) -> Iterator[tuple[Attribution | None, Spans]]:
    """The narration, a stretch at a time: of each that is most of its sentence, since the rest are datelines, or say
    who says something and where."""
    text = reading.document.text
    whole = list(sentences(text))
    starts = [sentence.start for sentence in whole]
    for span in reading.narration:
        sentence = whole[max(0, bisect.bisect_right(starts, span.start) - 1)]
        words = _words(text, [span])
        if words > _FEWEST and words >= _MOST_OF * _words(text, [sentence]):
            yield None, (span,)


def _words(text: str, spans: Sequence[Span]) -> int:
    return sum(len(text[start:end].split()) for start, end in spans)


class _Maker:
    """Makes the statements of one reading."""

    def __init__(self, reading: Reading, report: int) -> None:
        self._reading, self._report = reading, report
        self._voices = {voice.id: voice for voice in reading.voices}
        self._parents = {a.id: a for a in reading.attributions}
        self._names = [
            (span, frozenset(name.casefold() for name in (entity.name, *entity.names)))
            for entity in reading.entities
            for span in entity.mentions
        ]

    def statement(self, attribution: Attribution | None, spans: Spans) -> Statement:
        text = _BREAK.sub(" ", " ".join(self._reading.document.text[start:end] for start, end in spans)).strip()
        voice = self._voices.get(attribution.voice or "") if attribution else None
        return Statement(
            report=self._report,
            spans=spans,
            text=text,
            attribution=attribution.id if attribution else None,
            voice=voice.name if voice else None,
            voice_type=voice.type if voice else None,
            via=tuple(self._voices[v].name for v in attribution.via if v in self._voices) if attribution else (),
            stance=attribution.stance if attribution else None,
            denies=_denies(attribution, text),
            hedged=bool(attribution and attribution.hedged),
            names=frozenset().union(*(names for span, names in self._names if _within(span, spans))),
            quantities=tuple(q for q in self._reading.quantities if _within(q.span, spans)),
            times=frozenset(t.value for t in self._reading.times if t.value and _within(t.span, spans)),
        )


def _denies(attribution: Attribution | None, text: str) -> bool:
    """Whether it is said that something is not so: by the cue or by the words, not by both."""
    by_cue = attribution is not None and attribution.stance == "denies"
    return by_cue != (_NOT.search(text) is not None)


def _within(span: Span, spans: Spans) -> bool:
    return any(start <= span.start and span.end <= end for start, end in spans)
