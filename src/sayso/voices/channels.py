"""Through whom a statement came, where its own sentence says so: "told the Lyth Courier", "in an interview with",
"wrote on Twitter", "seen by"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from sayso.names import Named
from sayso.types import Span, Spans
from sayso.voices.lexicon import FUNCTION_WORDS, lexicon
from sayso.voices.marks import Marks
from sayso.voices.speakers import Scene

_REACH = 220
_WORDS_BETWEEN = (
    r"(?:\p{Lu}\p{L}*['’]s\s+)?(?:(?i:the|a|an|this|that|his|her|their|its|our|my|same)\s+)*(?:(?!(?:before|after|in|on|at|that|he|she|it|they|reporters|viewers|just|of|for|to|with|and|by|from|as|who|about|during)\b)"
    r"[\p{Ll}\p{N}-]+,?\s+){0,4}(?:[Tt]he\s+)?[\"“‘']{0,2}"
)
_TOLD = regex.compile(
    rf"\b(?:told|tells?|telling|reminding|informed|assured)\s+(?:[\p{{Lu}}][\p{{L}}]*['’]s\s+)?{_WORDS_BETWEEN}$"
)
_MEETING = regex.compile(
    r"\b(?:interviews?|conversation|discussion|appearance|appearing|appeared|statements?|e-?mails?|letter|remarks|comments"
    r"|speaking|spoke|talking|talks?|talked|call|op-ed|column|essay|article|piece|post|tweet|notes|asked|meeting|writing"
    r"|exchange|debate|speech|said|says|saying|stated|added|adding|admitted|complained|wrote|writes|posted|tweeted"
    r"|claimed|disclosed|argued|called|suggested|confirmed|published|aired|airing|broadcast|program|programme|segment)\b"
    rf"[^.;:“”\"]{{0,45}}?\b(?:to|with|on|in|for|by|from|through|via)\s+{_WORDS_BETWEEN}$"
)
_OPENING = regex.compile(
    rf"(?:^|[.!?”\"\n,]\s*|\p{{L}}+day,\s)(?:on|in|speaking on|speaking to|writing in)\s+{_WORDS_BETWEEN}$",
    regex.IGNORECASE,
)
_ISSUE = regex.compile(r"\b(?:issue|edition|pages|front page|website|column|editorial board)\sof\s(?:[Tt]he\s)?$")
_ON = regex.compile(r"\bon\s(?:[Tt]he\s)?$")
_ON_AIR = frozenset(
    {"show", "radio", "tv", "television", "podcast", "hour", "program", "programme", "tonight", "network"}
)
_REPORTER_OF = regex.compile(
    r"\b(?:reporters?|correspondents?|journalists?|writers?|editors?|team)\s(?:with|from|for|at|of)\s(?:the\s)?$"
)
_PASSED = regex.compile(
    r"\b(?:seen|obtained|compiled|reviewed|contacted|quoted|cited|interviewed|asked|published|released|aired|provided|reported|posted|carried|broadcast|read"
    rf"|relayed)\s+(?:\p{{L}}+ly\s+|\p{{L}}+day\s+)?(?:by|in|on|to|from)\s+{_WORDS_BETWEEN}$"
)
_INTERVIEW = regex.compile(
    r"\s(?:radio |television |TV )?(?:interview|appearance|op-ed|column|debate|program|programme|segment"
    r"|podcast|forum|town hall|event)\b"
)
_PROGRAMME = regex.compile(
    r"['’]s?\s(?P<title>[\"“‘]\p{Lu}[^\"”’\n]{2,40}[\"”’]|\p{Lu}[\p{L}]*(?:\s\p{Lu}[\p{L}]*)+\b)"
)
_WORKS_FOR = regex.compile(
    r"(?:['’]s?)?\s(?:(?:host|anchor|reporter|correspondent|journalist|columnist|moderator)s?\s)?"
)
_WROTE_FOR = regex.compile(
    r"\b(?:wrote|writes|writing|op-ed|column|article|piece|essay)\b[^.;:]{0,30}\b(?:for|in)\s(?:[Tt]he\s)?$"
)
_NAMED_FOR = regex.compile(
    r"\b(?P<name>\p{Lu}[\p{L}’'-]+)(?:\s\p{Lu}\p{L}+)?\s(?:Show|Program|Programme|Hour|Report|Factor|Podcast)\b"
)
_IN_A = regex.compile(r"\b(?:[Ii]n|[Dd]uring|[Oo]n|[Aa]t)\s(?:an?|the|his|her)\s$")
_CAPITALS = regex.compile(r"(?<![\p{L}\p{N}])\p{Lu}[\p{L}&-]+(?:\s\p{Lu}[\p{L}&-]+)*(?![\p{L}])")
_MORE = regex.compile(r"(?:\s(?!\p{Lu}\p{Ll}+day\b)\p{Lu}\p{L}+)+")
_QUOTED_TITLE = regex.compile(r"[\"“‘'](?P<title>\p{Lu}[^\"”’'\n]{2,40}?)[,.]?[\"”’']")
_HOST = regex.compile(r"\b(?:host|anchor|interviewer|moderator|journalist|reporter|correspondent|columnist|blogger)\s$")
_OF_OUTLET = regex.compile(r"\s(?:of|from|at|on)\s(?:[Tt]he\s)?")
_BEFORE = 90


@dataclass(frozen=True, slots=True)
class Channel:
    """A voice through which a statement came: a name in the text, or a title that stands there."""

    span: Span
    name: Named | None

    @property
    def is_person(self) -> bool:
        """Whether it is somebody's name."""
        return self.name is not None and self.name.kind == "person"


def hosts(marks: Marks) -> frozenset[str]:
    """The last names that programmes are called by ("The Amal Ode Show"): who is told something there is a channel."""
    return frozenset(m.group("name").lower() for m in _NAMED_FOR.finditer(marks.text))


def channels(
    marks: Marks, scene: Scene, source: Spans, cue: Spans, content: Spans, known: frozenset[str] = frozenset()
) -> list[Channel]:
    """The channels that an attribution's own sentence names, outermost first; none where it names none. `known` are the
    `hosts` of the document.

    An outlet comes before the person who works for it.
    """
    frame = source + cue
    if not frame:
        return []
    first, last = min(s.start for s in frame), max(s.end for s in frame)
    start = max(scene.sentence_start(first), first - _REACH)
    end = min(scene.sentence_end(last), last + _REACH)
    found: list[Channel] = []
    for candidate in _candidates(marks, start, end):
        if marks.text[candidate.span.start : candidate.span.end].split()[-1].lower() in FUNCTION_WORDS:
            continue
        if _inside(candidate.span, content) or _speaks(candidate, source):
            continue
        before = marks.text[max(start, candidate.span.start - _BEFORE) : candidate.span.start]
        between = marks.text[found[-1].span.end : candidate.span.start] if found else "."
        if found and candidate.is_person and _WORKS_FOR.fullmatch(between):
            found.append(candidate)
        elif found and found[-1].is_person and _OF_OUTLET.fullmatch(between) and _is_outlet(marks, candidate):
            found.insert(len(found) - 1, candidate)
        elif _is_led_to(marks, candidate, before) and (
            _is_medium(marks, candidate, before) or _is_host(marks, candidate, before, known)
        ):
            found.append(candidate)
    return found


def _is_host(marks: Marks, candidate: Channel, before: str, known: frozenset[str]) -> bool:
    """Whether somebody is told it whom a programme is called by."""
    last = marks.text[candidate.span.start : candidate.span.end].lower().split()[-1]
    return candidate.is_person and last in known and _TOLD.search(before) is not None


def _candidates(marks: Marks, start: int, end: int) -> Iterator[Channel]:
    """Names, an outlet with its programme as one ("LTV's “Late Hour”"), titles in quotation marks, and capitals that
    the namer passed over; in text order, none inside another."""
    spans = [Channel(Span(*title.span("title")), None) for title in _QUOTED_TITLE.finditer(marks.text, start, end)]
    for name in marks.names_in(start, end):
        programme = _PROGRAMME.match(marks.text, name.end, min(end, name.end + 60))
        more = _MORE.match(marks.text, name.end, min(end, name.end + 40))
        hosted = programme and any(
            n.start >= name.end for n in marks.names_in(name.end, programme.end()) if n.kind == "person"
        )
        if programme and not hosted and name.kind != "person":
            spans.append(Channel(Span(name.start, programme.end("title")), None))
        elif more and lexicon().is_outlet(marks.text[name.start : name.end]):
            spans.append(Channel(Span(name.start, more.end()), None))
        else:
            spans.append(Channel(Span(name.start, name.end), name))
    spans += [
        Channel(span, None) for word in _CAPITALS.finditer(marks.text, start, end) for span in _without_lead(word)
    ]
    taken = 0
    for channel in sorted(spans, key=lambda c: (c.span.start, c.name is None, -c.span.end)):
        if channel.span.start >= taken:
            taken = channel.span.end
            yield channel


def _without_lead(words: regex.Match[str]) -> Iterator[Span]:
    """The capitals without the function words that only begin a sentence with them ("On The Late Hour Show")."""
    start = words.start()
    for word in words.group().split():
        if word.lower() not in FUNCTION_WORDS:
            yield Span(start, words.end())
            return
        start += len(word) + 1


def _inside(span: Span, spans: Spans) -> bool:
    return any(s.start <= span.start and span.end <= s.end for s in spans)


def _speaks(candidate: Channel, source: Spans) -> bool:
    """Whether the candidate begins the source: then it is the speaker."""
    return any(s.start <= candidate.span.start < s.start + 6 and candidate.span.end <= s.end for s in source)


def _is_led_to(marks: Marks, candidate: Channel, before: str) -> bool:
    if _INTERVIEW.match(marks.text, candidate.span.end) and _IN_A.search(before):
        return True
    last = marks.text[candidate.span.start : candidate.span.end].lower().split()[-1]
    if _ON.search(before) and (last in _ON_AIR or lexicon().is_known_outlet(marks.text[slice(*candidate.span)])):
        return True
    return any(pattern.search(before) for pattern in (_TOLD, _MEETING, _OPENING, _PASSED, _REPORTER_OF, _ISSUE))


def _is_medium(marks: Marks, candidate: Channel, before: str) -> bool:
    if candidate.is_person and not lexicon().is_known_outlet(marks.text[slice(*candidate.span)]):
        outlet = _OF_OUTLET.match(marks.text, candidate.span.end)
        behind = marks.names_in(outlet.end(), outlet.end() + 40) if outlet else ()
        works = bool(behind) and outlet is not None and behind[0].start == outlet.end()
        return _HOST.search(before) is not None or (
            works and lexicon().is_outlet(marks.text[behind[0].start : behind[0].end])
        )
    if _is_outlet(marks, candidate) or _REPORTER_OF.search(before):
        return True
    kind = candidate.name.kind if candidate.name else "thing"
    words = marks.text[slice(*candidate.span)].lower().split()
    told = _TOLD.search(before) is not None or _WROTE_FOR.search(before) is not None
    return kind in ("thing", "organisation") and told and not set(words) & lexicon().bodies


def _is_outlet(marks: Marks, candidate: Channel) -> bool:
    words = marks.text[slice(*candidate.span)]
    before = marks.text[max(0, candidate.span.start - 30) : candidate.span.start].lower().split()[-2:]
    following = marks.text[candidate.span.end : candidate.span.end + 24].lower().split()[:2]
    return (
        lexicon().is_outlet(words)
        or words.lower() in lexicon().platforms
        or any(mark in words for mark in '“"‘')
        or any(w in lexicon().media_nouns for w in before)
        or any(w.strip(".,") in lexicon().media_nouns for w in following)
    )
