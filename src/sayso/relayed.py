"""Speech handed on by a second hand: who is quoted inside "the paper quoted an official as saying", and who relays in
"as reported by the agency".

PolNeAR marks only the outermost attribution of a sentence, so the network learns to see the paper and not the official,
or the official and not the agency. Both constructions are fixed phrases of English and are read from the words here, on
top of what the network found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from sayso.types import Span, Spans

_QUOTES = r"\b(?P<verb>quot(?:e[sd]?|ing)|cit(?:e[sd]?|ing))"
_SAYING = (
    r"(?P<saying>as (?:also )?(?:saying|stating|telling|claiming|adding|warning|denying|confirming|arguing|describing"
    r"|writing|suggesting|insisting|asking|calling))\b"
)
_QUOTED_AS = regex.compile(rf"{_QUOTES} (?P<who>[^.;!?\n]{{2,160}}?),? {_SAYING}[,:]? ?")
_ENDS_IN_QUOTING = regex.compile(rf"{_QUOTES}$")
_AS_REPORTED = regex.compile(
    r"(?P<cue>\bas (?:first |previously |earlier |also |widely )?"
    r"(?:reported|quoted|cited|relayed|told|noted) (?:by|in|on))"
    r" (?P<who>[^.,;:!?()\n“”\"]{2,120}?)"
    r"(?= (?:on|in|at|earlier|last|this|that|who|which|yesterday|today|late|early|after|before|during)\b"
    r"|[.,;:!?()\n]|$)"
)
_SENTENCE_START = regex.compile(r"(?<=[.!?…][”’\"')\]]*\s)(?=[^\s\p{Ll}])")

RELAY_SCORE = 0.6
"""What a relay read from its words alone is worth: nobody has measured more than its form."""


@dataclass(frozen=True, slots=True)
class Found:
    """The spans of an attribution before it has an id, with its score."""

    source: Spans
    cue: Spans
    content: Spans
    score: float

    @property
    def start(self) -> int:
        """The first code point of any role."""
        return min(span.start for span in self.source + self.cue + self.content)


def with_relayed(text: str, found: list[Found]) -> list[Found]:
    """`found`, in text order, with the speakers quoted at second hand and the relays of what is already there."""
    for phrase in _QUOTED_AS.finditer(text):
        found = _quoted_as(text, phrase, found)
    found = found + [inner for outer in found if (inner := _quoted(text, outer)) is not None]
    found = found + [relay for phrase in _AS_REPORTED.finditer(text) if (relay := _relay(text, phrase, found))]
    return sorted(found, key=lambda f: (f.start, f.cue))


def _quoted_as(text: str, phrase: regex.Match[str], found: list[Found]) -> list[Found]:
    """Give "quoted WHO as saying" its own attribution: instead of one whose cue is the "saying", else beside the one
    whose cue is the "quoted"."""
    who, saying = Span(*phrase.span("who")), Span(*phrase.span("saying"))
    cue = (Span(*phrase.span("verb")), saying)
    by_saying = next((f for f in found if _meets(f.cue, saying) and not _meets(f.cue, cue[0])), None)
    outer = by_saying or next((f for f in found if _meets(f.cue, cue[0])), None)
    content = _after(outer.content, phrase.end()) if outer else ()
    if outer is None or not content:
        return found
    inner = Found((who,), cue, content, outer.score)
    return [inner if f is by_saying else f for f in found] + ([] if by_saying else [inner])


def _quoted(text: str, outer: Found) -> Found | None:
    """The speaker in "‘…,’ the paper quoted an official": the part of the content behind the cue; the rest is said."""
    cue = outer.cue[-1]
    verb = _ENDS_IN_QUOTING.search(text, *cue)
    behind = tuple(span for span in outer.content if span.start == cue.end + 1)
    said = tuple(span for span in outer.content if span not in behind)
    if (
        verb is None
        or not behind
        or not said
        or said[0].start > cue.start
        or _QUOTED_AS.search(text, cue.start, behind[0].end)
    ):
        return None
    return replace(outer, source=behind, cue=(Span(*verb.span()),), content=said)


def _relay(text: str, phrase: regex.Match[str], found: list[Found]) -> Found | None:
    """The relay in "…, as reported by WHO": it hands over the sentence before the phrase, speaker and all."""
    if any(_meets(f.cue, Span(*phrase.span())) for f in found):
        return None
    end = phrase.start()
    while end and (text[end - 1].isspace() or text[end - 1] in ",(—–-"):
        end -= 1
    line = text.rfind("\n", 0, end) + 1
    starts = [line, *(m.start() for m in _SENTENCE_START.finditer(text, line, end))]
    start = starts[-1]
    # A quotation of several sentences before its speaker belongs to the sentence of that speaker.
    start = min([start, *(f.start for f in found if line <= f.start < start < _end(f) <= end)])
    if start >= end:
        return None
    return Found((Span(*phrase.span("who")),), (Span(*phrase.span("cue")),), (Span(start, end),), RELAY_SCORE)


def _after(content: Spans, start: int) -> Spans:
    return tuple(Span(max(span.start, start), span.end) for span in content if span.end > start)


def _meets(spans: Spans, other: Span) -> bool:
    return any(span.start < other.end and span.end > other.start for span in spans)


def _end(found: Found) -> int:
    return max(span.end for span in found.source + found.cue + found.content)
