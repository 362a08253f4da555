"""What in a stretch of text may be a channel: names, titles in quotation marks, an outlet with its programme as one;
and what speaks for it being a medium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import regex

from sayso.names import Named
from sayso.types import Span
from sayso.voices.lexicon import FUNCTION_WORDS, lexicon
from sayso.voices.marks import Marks

_SMALL = r"(?:of|the|and|with|at|for|&)"
_TITLE = rf"\p{{Lu}}[\p{{L}}\p{{N}}&-]*(?:\s(?:{_SMALL}\s){{0,2}}\p{{Lu}}[\p{{L}}\p{{N}}&-]*)*"
_OF_OWNER = regex.compile(
    rf"['’‘]s?\s(?P<title>[\"“‘]\p{{Lu}}[^\"”’\n]{{2,40}}[\"”’]|{_TITLE}(?:\s(?:show|program|programme|podcast)\b)?)"
)
_WORDS = regex.compile(rf"{_TITLE}|\d+(?:\s\p{{Lu}}\p{{L}}+)+")
_MORE = regex.compile(r"(?:\s(?!\p{Lu}\p{Ll}+day\b)\p{Lu}\p{L}+|\s\d{1,2}\b)+")
_CAPITALS = regex.compile(r"(?<![\p{L}\p{N}])\p{Lu}[\p{L}&-]+(?:\s\p{Lu}[\p{L}&-]+)*(?![\p{L}])")
_QUOTED_TITLE = regex.compile(
    r"“(?P<title>\p{Lu}[^”“\n]{2,50}?)[,.]?”|\"(?P<title>\p{Lu}[^\"\n]{2,50}?)[,.]?\"|[‘'](?P<title>\p{Lu}[^’'\n]{2,50}?)[,.]?[’']"
)
_BEHIND = regex.compile(r"(?:/[\p{L} ]{2,40})?\s(?:\p{Ll}+\s)?(?:poll|survey)\b|\scampaign\b")
_PRESENTS = regex.compile(
    r"\b(?:host|anchor|anchorman|anchorwoman|co-host|presenter|interviewer|moderator|journalist|reporter|correspondent"
    r"|columnist|blogger|broadcaster|newscaster)\s$"
)
_OF_OUTLET = regex.compile(r",?\s(?:of|from|at|with)\s(?:[Tt]he\s)?")
_OUTLETS = regex.compile(r"['’]s?\s$")
_INTERVIEW_WITH = regex.compile(r"\b(?:interview|sit-down|conversation)\swith\s$")
_NAMED_FOR = regex.compile(
    r"\b(?!The\s)(?P<name>\p{Lu}[\p{L}’'-]+)(?:\s\p{Lu}\p{L}+)?\s(?:Show|Program|Programme|Hour|Report|Factor|Podcast|File)\b"
)


_AGAIN = regex.compile(
    r"\b(?:the|this|that|the same)\s(?:local\s|daily\s|British\s|American\s)?"
    r"(?:newspaper|paper|magazine|tabloid|daily|weekly|news\s(?:agency|website|site|outlet|channel|network|organi[sz]ation)|broadcaster"
    r"|network|radio\sstation|station|tv\schannel|website|publication|outlet|programme|program|show|podcast)\b",
    regex.IGNORECASE,
)
_LOOK_BACK = 2000

_OWNER_OF = regex.compile(r"['’‘]s?\s")
_CAPITAL_NEXT = regex.compile(r"\s\p{Lu}")
_SHOWN = regex.compile(r"\b(?:show|podcast|program|programme|broadcast|series)\s$")


@dataclass(frozen=True, slots=True)
class Channel:
    """A voice through which a statement came: a name in the text, or a title that stands there; and, where several hand
    it on as one ("told CNN and the Post"), the others. `described` is
    whether the span only describes somebody ("his lawyer")."""

    span: Span
    name: Named | None
    beside: tuple[Channel, ...] = ()
    described: bool = False

    @property
    def is_person(self) -> bool:
        """Whether it is somebody's name."""
        return self.name is not None and self.name.kind == "person"

    def together(self, other: Channel) -> Channel:
        """The two as one voice."""
        return replace(self, beside=(*self.beside, other))


def hosts(marks: Marks, silent: Callable[[Named], bool] = lambda _: False) -> frozenset[str]:
    """The last names, in lower case, of those whom the document presents as journalists: by a programme's name ("The
    Amal Ode Show"), by what they do ("radio host Amal Ode"), by whom they work for ("LTV's Amal Ode"), or as those whom
    others give interviews to and who say nothing themselves, which `silent` tells."""
    found = {m.group("name").lower() for m in _NAMED_FOR.finditer(marks.text)}
    for index, name in enumerate(marks.names):
        if name.kind != "person" or lexicon().is_known_outlet(marks.text[name.start : name.end]):
            continue
        before = marks.text[max(0, name.start - 30) : name.start]
        if (
            _PRESENTS.search(before)
            or works_for_outlet(marks, name.end)
            or (index and _employs(marks, marks.names[index - 1], name))
            or (_INTERVIEW_WITH.search(before) and silent(name))
        ):
            found.add(marks.text[name.start : name.end].split()[-1].lower())
    return frozenset(found)


def _employs(marks: Marks, outlet: Named, person: Named) -> bool:
    return _OUTLETS.fullmatch(marks.text, outlet.end, person.start) is not None and lexicon().is_outlet(
        marks.text[outlet.start : outlet.end]
    )


def works_for_outlet(marks: Marks, end: int) -> bool:
    """Whether behind somebody's name, which ends at `end`, stands an outlet ("of the Courier")."""
    of = _OF_OUTLET.match(marks.text, end, end + 12)
    behind = marks.names_in(of.end(), of.end() + 40) if of else ()
    return bool(behind and of and behind[0].start == of.end()) and lexicon().is_outlet(
        marks.text[behind[0].start : behind[0].end]
    )


def is_presented(before: str) -> bool:
    """Whether the words before a name present a journalist ("Fox News host")."""
    return _PRESENTS.search(before) is not None


def candidates(marks: Marks, start: int, end: int) -> Iterator[Channel]:
    """Names, an outlet with its programme or its poll as one ("LTV's “Late Hour”"), titles in quotation marks, and
    capitals that the namer passed over; in text order, none inside another."""
    spans = [Channel(Span(*title.span("title")), None) for title in _QUOTED_TITLE.finditer(marks.text, start, end)]
    for name in marks.names_in(start, end):
        spans += _both(marks.text, name) or [_grown(marks, Span(name.start, name.end), name, end)]
    spans += [
        _grown(marks, span, None, end)
        for word in _CAPITALS.finditer(marks.text, start, end)
        for span in _without_lead(marks.text, word, end)
    ]
    taken = 0
    for channel in sorted(spans, key=lambda c: (c.span.start, c.name is None, -c.span.end)):
        if channel.span.start >= taken:
            taken = channel.span.end
            yield channel


def _both(text: str, name: Named) -> list[Channel]:
    """Two outlets that the namer took for one ("AFP and Reuters")."""
    first, _, second = text[name.start : name.end].partition(" and ")
    if not (lexicon().is_known_outlet(first) and lexicon().is_known_outlet(second)):
        return []
    return [
        Channel(Span(name.start, name.start + len(first)), None),
        Channel(Span(name.end - len(second), name.end), None),
    ]


def taken_up(marks: Marks, start: int, end: int) -> Iterator[Channel]:
    """The outlets that a stretch takes up again without their names ("told the newspaper"): what was named last."""
    for again in _AGAIN.finditer(marks.text, start, end):
        earlier = marks.names_in(max(0, again.start() - _LOOK_BACK), again.start())
        outlet = next(
            (n for n in reversed(earlier) if n.kind != "person" and lexicon().is_outlet(marks.text[n.start : n.end])),
            None,
        )
        if outlet is not None:
            yield Channel(Span(*again.span()), outlet)


def _known_title(text: str, span: Span, end: int) -> Span:
    """The span, or the longest known title that begins with it ("Meet the Press")."""
    words = _WORDS.match(text, span.start, min(end, span.start + 50))
    stop = words.end() if words else span.end
    while stop > span.end:
        if lexicon().is_known_outlet(text[span.start : stop]):
            return Span(span.start, stop)
        stop = text.rfind(" ", span.start, stop)
    return span


def _grown(marks: Marks, span: Span, name: Named | None, end: int) -> Channel:
    """The name, or capitals without one, as a channel, with what belongs to it: an outlet with its programme ("LTV's
    “Late Hour”") or its poll, somebody with a campaign, a title with the words that the namer left out."""
    text = marks.text
    outlet = lexicon().is_outlet(text[slice(*span)])
    kind = name.kind if name is not None else "thing" if outlet else "person"
    owned = _OF_OWNER.match(text, span.end, min(end, span.end + 80))
    if owned and _is_programme(marks, span, kind, owned):
        return Channel(Span(span.start, owned.end("title")), None)
    title = _known_title(text, span, end)
    more = _MORE.match(text, span.end, min(end, span.end + 40))
    if title == span and more and not any(n.kind == "person" for n in marks.names_in(span.end, more.end() + 1)):
        longer = Span(span.start, more.end())
        title = longer if outlet or (kind != "person" and lexicon().is_outlet(text[slice(*longer)])) else span
    behind = _BEHIND.match(text, title.end, min(end, title.end + 60))
    if behind and (outlet or behind.group() == " campaign"):
        title = Span(span.start, behind.end())
    return Channel(span, name) if title == span else Channel(title, None)


def _is_programme(marks: Marks, owner: Span, kind: str, owned: regex.Match[str]) -> bool:
    """Whether what somebody owns is a programme: an outlet or a body does, or it is presented as one ("the radio show
    Ode's Hour")."""
    title = owned.group("title")
    outlet = lexicon().is_outlet(marks.text[slice(*owner)])
    shown = _SHOWN.search(marks.text, max(0, owner.start - 30), owner.start) is not None
    if not (shown or (outlet and kind != "place") or kind in ("organisation", "thing")):
        return False
    words = title.strip('"“‘”’')
    if words != title or lexicon().is_outlet(words):
        return True
    hosted = any(n.kind == "person" for n in marks.names_in(owner.end, owned.end()))
    return not hosted and (shown or " " in words)


def _without_lead(text: str, words: regex.Match[str], end: int) -> Iterator[Span]:
    """The capitals without the function words that only begin a sentence with them ("On The Late Hour Show")."""
    start = words.start()
    for word in words.group().split():
        first = Span(start, start + len(word))
        if word.lower() not in FUNCTION_WORDS:
            yield Span(start, words.end())
            return
        title = _known_title(text, first, end)
        if title != first and not _CAPITAL_NEXT.match(text, title.end):
            yield title
            return
        start += len(word) + 1


def is_outlet(marks: Marks, candidate: Channel) -> bool:
    """Whether the candidate is a medium by its name, by quotation marks in it, or by the words around it."""
    words = marks.text[slice(*candidate.span)]
    before = marks.text[max(0, candidate.span.start - 30) : candidate.span.start].lower().split()[-2:]
    following = marks.text[candidate.span.end : candidate.span.end + 24].lower().split()[:2]
    return (
        lexicon().is_outlet(words)
        or any(map(lexicon().is_outlet, _OWNER_OF.split(words)))
        or words.lower() in lexicon().platforms
        or any(mark in words for mark in '“"‘')
        or any(w in lexicon().media_nouns for w in before)
        or any(w.strip(".,") in lexicon().media_nouns for w in following)
    )
