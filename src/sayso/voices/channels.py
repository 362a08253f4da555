"""Through whom a statement came, where its own sentence says so: "told the Lyth Courier", "in an interview with",
"wrote on Twitter", "seen by"."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import regex

from sayso.types import Span, Spans
from sayso.voices.leads import BEFORE, IN_POLL, THROUGH, WROTE, Lead, lead
from sayso.voices.lexicon import FUNCTION_WORDS, RELATIVE, lexicon
from sayso.voices.marks import Marks
from sayso.voices.media import Channel, candidates, is_outlet, is_presented, taken_up, works_for_outlet
from sayso.voices.speakers import Scene

_REACH = 220
_ABBREVIATED = regex.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Capt|Sgt|Maj|Brig|Adm|Pres|St|Jr|Sr|No|vs"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|\p{Lu}|U\.S|U\.K|D\.C)\.\s+$"
)
_TURNS = regex.compile(
    r"\b(?:after|before|because|despite|although|though|since|until|unless|whether|if|but|than|when\s(?!\w+ed\b))\b|;"
)
_A = regex.compile(r"\ban?\s$", regex.IGNORECASE)
_ADDRESS = regex.compile(r"\s(?:address|speech|remarks)\b")
_INK = regex.compile(r"[\p{Lu}\p{Lo}\p{N}@]")
_FIRST_WORD = regex.compile(r"\S+\s?")
_USER = regex.compile(r"\s(?:user|users|account|poster|commenter)\b")
_INTERVIEW = regex.compile(
    r"\b(?:interview|sit-down|conversation)\s(?:(?:on\s)?\p{L}+day\s)?with\s(?:\p{Lu}?[\p{L}.-]+\s){0,4}$"
)
_WRITES = regex.compile(r"\b(?:wrote|writes|report|asked|asks|pressed)", regex.IGNORECASE)
_ASKED = regex.compile(r"\b(?:asked|pressed|questioned)\b", regex.IGNORECASE)
_EMPLOYED = regex.compile(
    r"(?:['’]s?)?\s(?:(?:host|anchor|reporter|correspondent|journalist|columnist|moderator|founder|editor)s?\s)?"
)
_OF_OUTLET = regex.compile(r",?\s(?:of|from|at|on|with)\s(?:[Tt]he\s)?")
_AND = regex.compile(r"(?:,|,?\sand|\s&)\s(?:the\s)?", regex.IGNORECASE)
_ON = regex.compile(r"\bon\s(?:[Tt]he\s)?$")
_ON_AIR = frozenset(
    {"show", "radio", "tv", "television", "podcast", "hour", "program", "programme", "tonight", "network"}
)


@dataclass(frozen=True, slots=True)
class Frame:
    """An attribution as one looks for its channels: its spans, and near it, in text order, the sources of others
    (`rivals`) and the cues of other attributions (`cues`)."""

    source: Spans
    cue: Spans
    content: Spans
    rivals: Sequence[Span] = ()
    cues: Sequence[Span] = ()


def channels(marks: Marks, scene: Scene, frame: Frame, known: frozenset[str] = frozenset()) -> list[Channel]:
    """The channels that an attribution's own sentence names, outermost first; none where it names none. `known` are the
    `hosts` of the document.

    An outlet comes before the person who works for it.
    """
    parts = frame.source + frame.cue
    if not parts or (not frame.source and _is_question(marks, frame.cue)):
        return []
    start, end = _sentence(marks.text, scene, min(s.start for s in parts), max(s.end for s in parts))
    found: list[Channel] = []
    last = Span(start, start)
    for candidate in candidates(marks, start, end):
        if _is_no_name(marks, candidate) or _inside(candidate.span, frame.content):
            continue
        if _speaks(candidate, frame.source) and not _has_user(marks.text, candidate):
            continue
        between = marks.text[last.end : candidate.span.start] if found else "."
        if found and candidate.is_person and _EMPLOYED.fullmatch(between):
            found.append(candidate)
        elif found and found[-1].is_person and _OF_OUTLET.fullmatch(between) and is_outlet(marks, candidate):
            found.insert(len(found) - 1, candidate)
        elif (
            found
            and not found[-1].is_person
            and _AND.fullmatch(between)
            and _is_medium(marks, candidate, "noun", known)
        ):
            found[-1] = found[-1].together(candidate)
        elif (
            _may_be_medium(marks, candidate, known)
            and _belongs(marks.text, candidate.span, frame, start)
            and _leads_to(marks, candidate, frame, start, known)
        ):
            found.append(candidate)
        else:
            continue
        last = candidate.span
    return found or _unnamed(marks, frame, start, end, known)


def _unnamed(marks: Marks, frame: Frame, start: int, end: int, known: frozenset[str]) -> list[Channel]:
    """The channel that the sentence describes: an outlet named before, somebody who speaks for the speaker."""
    for again in taken_up(marks, start, end):
        if _inside(again.span, frame.content + frame.source) or not _belongs(marks.text, again.span, frame, start):
            continue
        if _led(marks.text, again.span, frame, start) in ("told", "spoke", "asked", "verb"):
            return [again]
    for through in THROUGH.finditer(marks.text, start, end):
        who = Span(*through.span("who"))
        if not _inside(who, frame.content) and _belongs(marks.text, who, frame, start):
            return [Channel(who, None, described=True)]
    return []


def _is_no_name(marks: Marks, candidate: Channel) -> bool:
    """Whether the candidate is a mere weekday or the like, or only qualifies the noun behind it ("Courier readers")."""
    words = marks.text[slice(*candidate.span)]
    if _has_user(marks.text, candidate):
        return False
    last = words.split()[-1]
    titled = " " in words and lexicon().is_known_outlet(last)  # "LTV's Today"
    weekday = last.lower() in FUNCTION_WORDS and not (titled or lexicon().is_known_outlet(words))
    if weekday or words.lower() in lexicon().media_nouns or not _INK.search(words):
        return True
    if _ADDRESS.match(marks.text, candidate.span.end):
        return True  # "the State of the Union address" is no programme
    behind = {w.strip('.,;:”"') for w in marks.text[candidate.span.end : candidate.span.end + 30].lower().split()[:2]}
    one_of = _A.search(marks.text, max(0, candidate.span.start - 4), candidate.span.start) is not None
    if one_of and not (behind | {words.split()[-1]}) & _of_media():
        return True
    phrase = marks.phrase_at(candidate.span.start)
    if phrase is None or phrase.end <= candidate.span.end + 1:
        return False
    rest = marks.text[candidate.span.end : phrase.end].split()
    return bool(rest) and rest[0].islower() and rest[-1].islower() and rest[-1] not in _of_media()


@cache
def _of_media() -> frozenset[str]:
    """The nouns before which a medium's name is the channel all the same ("a CNN interview", "the Post editors")."""
    known = lexicon()
    return known.media_nouns | known.media_people | known.documents | known.media_occasions


def _is_question(marks: Marks, cue: Spans) -> bool:
    """Whether nobody is said to ask: "asked on LTV whether …"; LTV is the one who asks, if anybody."""
    return any(_ASKED.search(marks.text, *span) for span in cue)


def _sentence(text: str, scene: Scene, first: int, last: int) -> tuple[int, int]:
    """The stretch to look at: the sentence, beyond the stops of abbreviations."""
    start, end = scene.sentence_start(first), scene.sentence_end(last)
    while start > first - _REACH and start and _ABBREVIATED.search(text, max(0, start - 8), start):
        start = scene.sentence_start(start - 1)
    while end < last + _REACH and end < len(text) and _ABBREVIATED.search(text, max(0, end - 8), end):
        end = scene.sentence_end(end + 1)
    return max(start, first - _REACH), min(end, last + _REACH)


def _inside(span: Span, spans: Spans) -> bool:
    return any(s.start <= span.start and span.end <= s.end for s in spans)


def _speaks(candidate: Channel, source: Spans) -> bool:
    """Whether the candidate begins the source: then it is the speaker."""
    return any(s.start <= candidate.span.start < s.start + 6 and candidate.span.end <= s.end for s in source)


def _has_user(text: str, candidate: Channel) -> bool:
    """Whether the candidate is a platform, and behind it stands who speaks there ("a Twitter user")."""
    return text[slice(*candidate.span)].lower() in lexicon().platforms and bool(_USER.match(text, candidate.span.end))


def _belongs(text: str, span: Span, frame: Frame, start: int) -> bool:
    """Whether what leads to a name is said of this attribution and not of another clause's: no turn of the sentence and
    nobody else who speaks stands between."""
    parts = frame.source + frame.cue
    before = [p.end for p in parts if p.start <= span.start]
    if before:
        between = Span(min(max(before), span.start), span.start)
        if _TURNS.search(_without(text, between, frame.content)) or _any_in(frame.rivals, between):
            return False
        relative = any(text[slice(*s)].lower() in RELATIVE for s in frame.source)
        return not (relative and _any_in(frame.cues, between))
    return not _any_in(frame.rivals, Span(start, span.start))


def _any_in(spans: Sequence[Span], within: Span) -> bool:
    first, last = (bisect.bisect_left(spans, (at, 0)) for at in within)
    return any(span.end <= within.end for span in spans[first:last])


def _without(text: str, span: Span, content: Spans) -> str:
    """The words at a span that are no content."""
    words, at = "", span.start
    for held in content:
        if held.end > at and held.start < span.end:
            words += text[at : max(at, held.start)] + " "
            at = max(at, held.end)
    return words + text[at : span.end]


def _led(text: str, span: Span, frame: Frame, start: int) -> Lead | None:
    cue_end = max((c.end for c in frame.cue if c.end <= span.start), default=None)
    if cue_end is None and (holding := next((c for c in frame.cue if c.start < span.start < c.end), None)):
        first = _FIRST_WORD.match(text, *holding)  # "said on Late Hour" is the cue as a whole
        cue_end = first.end() - 1 if first else None
    far = max(start, span.start - BEFORE)
    behind_cue = None if cue_end is None else _without(text, Span(max(cue_end, far), span.start), frame.content)
    return lead(text[far : span.start], behind_cue, text[span.end : span.end + 40])


def _leads_to(marks: Marks, candidate: Channel, frame: Frame, start: int, known: frozenset[str]) -> bool:
    text, span = marks.text, candidate.span
    words = text[slice(*span)]
    before = text[max(start, span.start - BEFORE) : span.start]
    within = next((s for s in frame.source if s.start <= span.start and span.end <= s.end), None)
    if words.lower().endswith(("poll", "survey")):
        polled = IN_POLL.search(before)
        return polled is not None and (within is None or span.start - len(polled.group()) > within.start)
    if within is not None and not WROTE.search(text, max(0, within.start - 12), within.start):
        start = max(start, within.start)
    led = _led(text, span, frame, start)
    if within is not None and _has_user(text, candidate):
        return True
    if within is not None and led in ("noun", "staff", "asked", "according"):
        return False  # "the editor of the Courier", "an article in the Courier": that is who speaks
    if candidate.is_person and _INTERVIEW.search(before) and _is_interviewed(text, frame):
        return True
    if (
        led is None
        and _ON.search(before)
        and (words.lower().split()[-1] in _ON_AIR or lexicon().is_known_outlet(words))
    ):
        led = "noun"
    return led is not None and _is_medium(marks, candidate, led, known)


def _is_interviewed(text: str, frame: Frame) -> bool:
    """Whether the speaker may be the one who gives the interview of the sentence: who writes or asks does not."""
    return bool(frame.source) and not any(_WRITES.search(text, *span) for span in frame.cue)


def _may_be_medium(marks: Marks, candidate: Channel, known: frozenset[str]) -> bool:
    """Whether any lead could make it one; told quickly, for most names are those of persons and places."""
    if candidate.name is None or candidate.name.kind in ("thing", "organisation"):
        return True
    before = marks.text[max(0, candidate.span.start - BEFORE) : candidate.span.start]
    return "hrough " in before or " with " in before or _is_medium(marks, candidate, "told", known)


def _is_medium(marks: Marks, candidate: Channel, led: Lead, known: frozenset[str]) -> bool:
    text = marks.text
    words = text[slice(*candidate.span)]
    before = text[max(0, candidate.span.start - 40) : candidate.span.start]
    if candidate.is_person and not lexicon().is_known_outlet(words):
        return (
            is_presented(before)
            or works_for_outlet(marks, candidate.span.end)
            or led == "through"
            or (led in ("told", "asked", "spoke") and words.lower().split()[-1] in known)
        )
    kind = candidate.name.kind if candidate.name else "thing"
    if kind in ("people", "place") and not lexicon().is_outlet(words):
        return False
    if is_outlet(marks, candidate):
        return True
    return (
        led in ("told", "issued", "staff")
        and kind in ("thing", "organisation")
        and not set(words.lower().split()) & lexicon().bodies
    )
