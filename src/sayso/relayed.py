"""Speech handed on by a second hand: who is quoted inside "the paper quoted an official as saying", and who relays in
"as reported by the agency".

PolNeAR marks only the outermost attribution of a sentence, so the network learns to see the paper and not the official,
or the official and not the agency. Both constructions are fixed phrases of English and are read from the words here, on
top of what the network found.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass

import regex

from sayso.text import trimmed
from sayso.types import Span, Spans

_QUOTES = r"\b(?P<verb>quot(?:e[sd]?|ing)|cit(?:e[sd]?|ing))"
_SAYING = (
    r"(?P<saying>as (?:also )?(?:saying|stating|telling|claiming|adding|warning|denying|confirming|arguing|describing"
    r"|writing|suggesting|insisting|asking|calling))\b"
)
_QUOTED_AS = regex.compile(rf"{_QUOTES} (?P<who>(?!by |in |on )[^.;!?\n]{{2,160}}?),? {_SAYING}[,:]? ?")
_WAS_QUOTED = regex.compile(
    r"\b(?P<cue>(?:was|were|is|are|has been|have been) (?:also |later |earlier |widely )?(?:quoted|cited))"
    rf"(?P<by> (?:by|in|on) [^.,;:!?()\n“”\"]{{2,80}}?)? {_SAYING}"
)
_SUBJECT = regex.compile(r"[^.,;:!?()\n“”\"]{2,}$")
_ENDS_IN_QUOTING = regex.compile(rf"{_QUOTES}$")
_AS_REPORTED = regex.compile(
    r"(?P<cue>\bas (?:first |previously |earlier |also |widely )?"
    r"(?:reported|quoted|cited|relayed|told|noted) (?:by|in|on))"
    r" (?P<who>[^.,;:!?()\n“”\"]{2,120}?)"
    r"(?= (?:on|in|at|earlier|last|this|that|who|which|yesterday|today|late|early|after|before|during)\b"
    r"|[.,;:!?()\n]|$)"
)
_SENTENCE_START = regex.compile(r"(?<=[.!?…][”’\"')\]]*\s)(?=[^\s\p{Ll}])")

_LONGEST_SUBJECT = 80

_REACH = 3000
"""No sentence, and no cue, is longer: how far one looks back, in code points."""

RELAY_SCORE = 0.6
"""What a relay read from its words alone is worth: nobody has measured more than its form."""


@dataclass(frozen=True, slots=True)
class Found:
    """The spans of an attribution before it has an id, with its score.

    `stances` and `sorts` are what the judge says of cue and source, as log-probabilities; empty where it has seen other
    spans than these.
    """

    source: Spans
    cue: Spans
    content: Spans
    score: float
    stances: tuple[float, ...] = ()
    sorts: tuple[float, ...] = ()

    @property
    def start(self) -> int:
        """The first code point of any role."""
        return min(span.start for span in self.source + self.cue + self.content)


def with_relayed(text: str, found: list[Found]) -> list[Found]:
    """`found`, in text order, with the speakers quoted at second hand and the relays of what is already there.

    Takes time in proportion to the text and what is found in it.
    """
    found = _with_who_was_quoted(text, _with_quoted_as(text, sorted(found, key=_place)))
    found += [inner for outer in found if (inner := _quoted(text, outer)) is not None]
    near = _Near(found)
    found += [relay for phrase in _AS_REPORTED.finditer(text) if (relay := _relay(text, phrase, near)) is not None]
    return sorted(found, key=_place)


class _Near:
    """Attributions by where they begin, and by where their cues do."""

    def __init__(self, found: list[Found]) -> None:
        self._starting = sorted(found, key=_place)
        self._starts = [f.start for f in self._starting]
        self._cued = sorted((f for f in found if f.cue), key=lambda f: f.cue[0].start)
        self._cues = [f.cue[0].start for f in self._cued]

    def starting(self, start: int, end: int) -> list[Found]:
        """Those that begin in `[start, end)`."""
        return self._starting[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)]

    def cued(self, span: Span) -> list[Found]:
        """Those whose cue meets `span`."""
        first, last = bisect.bisect_left(self._cues, span.start - _REACH), bisect.bisect_left(self._cues, span.end)
        return [f for f in self._cued[first:last] if _meets(f.cue, span)]


def _place(found: Found) -> tuple[int, Spans]:
    return found.start, found.cue


def _with_quoted_as(text: str, found: list[Found]) -> list[Found]:
    """Give each "quoted WHO as saying" its own attribution: instead of one whose cue is the "saying", else beside the
    one whose cue is the "quoted"."""
    near = _Near(found)
    mended: dict[int, Found] = {}
    added: list[Found] = []
    for phrase in _QUOTED_AS.finditer(text):
        who, saying, verb = _inked(text, *phrase.span("who")), Span(*phrase.span("saying")), Span(*phrase.span("verb"))
        by_verb = near.cued(verb)
        by_saying = [f for f in near.cued(saying) if f not in by_verb]
        outer = next(iter(by_saying + by_verb), None)
        content = _after(text, outer.content, phrase.end()) if outer else ()
        if outer is None or not content or not who:
            continue
        inner = Found(who, (verb, saying), content, outer.score)
        if by_saying:
            mended[id(outer)] = inner
        else:
            added.append(inner)
    return [mended.get(id(f), f) for f in found] + added


def _with_who_was_quoted(text: str, found: list[Found]) -> list[Found]:
    """Give each "WHO was quoted by the paper as saying", "WHO was quoted as saying by the paper" to whom was quoted,
    where it was given to the paper, or to nobody."""
    near = _Near(found)
    mended: dict[int, Found] = {}
    for phrase in _WAS_QUOTED.finditer(text):
        subject = _SUBJECT.search(text, max(0, phrase.start() - _LONGEST_SUBJECT), phrase.start())
        who = _inked(text, *subject.span()) if subject else ()
        outer = next(iter(near.cued(Span(*phrase.span()))), None)
        if outer is None or not who or (outer.source and outer.source[0].start < phrase.start()):
            continue
        cue = tuple(Span(*phrase.span(part)) for part in ("cue", "saying"))
        content = _before(text, outer.content, who[0].start) + _after(text, outer.content, phrase.end())
        if content:
            mended[id(outer)] = Found(who, cue, content, outer.score)
    return [mended.get(id(f), f) for f in found]


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
    return Found(behind, (Span(*verb.span()),), said, outer.score)


def _relay(text: str, phrase: regex.Match[str], near: _Near) -> Found | None:
    """The relay in "…, as reported by WHO": it hands over the sentence before the phrase, speaker and all."""
    if near.cued(Span(*phrase.span())):
        return None
    end = phrase.start()
    while end and (text[end - 1].isspace() or text[end - 1] in ",(—–-"):
        end -= 1
    line = max(text.rfind("\n", 0, end) + 1, end - _REACH)
    while 0 < line < end and not text[line - 1].isspace():  # not in the middle of a word
        line += 1
    start = max([line, *(m.start() for m in _SENTENCE_START.finditer(text, line, end))])
    # A quotation of several sentences before its speaker belongs to the sentence of that speaker.
    start = min([start, *(f.start for f in near.starting(line, start) if start < _end(f) <= end)])
    who, content = _inked(text, *phrase.span("who")), _inked(text, start, end)
    if not who or not content:
        return None
    return Found(who, (Span(*phrase.span("cue")),), content, RELAY_SCORE)


def _before(text: str, content: Spans, end: int) -> Spans:
    """What of the content stands before `end`."""
    kept = (_inked(text, span.start, min(span.end, end)) for span in content if span.start < end)
    return tuple(span for spans in kept for span in spans)


def _after(text: str, content: Spans, start: int) -> Spans:
    """What of the content stands at or after `start`."""
    kept = (_inked(text, max(span.start, start), span.end) for span in content if span.end > start)
    return tuple(span for spans in kept for span in spans)


def _inked(text: str, start: int, end: int) -> Spans:
    """The span without the white space around it; none if nothing else is there."""
    inked = trimmed(text, start, end)
    return () if inked is None else (Span(*inked),)


def _meets(spans: Spans, other: Span) -> bool:
    return any(span.start < other.end and span.end > other.start for span in spans)


def _end(found: Found) -> int:
    return max(span.end for span in found.source + found.cue + found.content)
