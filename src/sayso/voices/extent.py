"""How far what names a speaker reaches in a source: its core, and the description with all that belongs to it."""

from __future__ import annotations

import regex

from sayso.types import Span
from sayso.voices.lexicon import ARTICLES, lexicon
from sayso.voices.marks import Marks

_LEADING = regex.compile(
    r"(?:[^\p{L}\p{N}@]+|(?:by|from|of|to|for|and|but|as|that|with|in|on|among|none of|especially|particularly"
    r"|(?:even|only|just)(?!\san?\s))\s+)+",
    regex.IGNORECASE,
)
_CUT = regex.compile(
    r"[,;:()\[\]“”\"]|\s[-–—]+\s|--"
    r"|\s(?:like|such as|who|whom|whose|which|that|where|when|speaking|including|citing|during|while)\b"
)
_ISSUED = regex.compile(
    r"(?P<what>\b(?:polls?|surveys?|reports?|stud(?:y|ies)|editorials?|articles?|story|stories|analysis))"
    r"(?:\s+(?:released|published|conducted|taken|out|from|this|last|on|earlier)\b[^,]*)?(?=[,\s]*$|,|\s*\()"
)
_LATEST = regex.compile(
    r"(?:(?:(?:[Rr]esults|[Ff]indings)\sof|[Tt]he|[Aa]n?|new|New(?=\s\p{Ll})|[Ll]atest|[Rr]ecent|[Aa]nother|[Ss]eparate|[Oo]ne|\w+est)\s+)+"
)
_COMMA = regex.compile(r",(?!\p{N})")
_CAPITAL = regex.compile(r"\p{Lu}")
_RELEASED = regex.compile(
    r"\s(?:released|unveiled|published|compiled|issued|reported)\s(?:by|on|this|last|\p{Lu}\p{Ll}+day)\b"
)
_GIVEN_OUT = regex.compile(
    r"\s(?:released|unveiled|published|compiled|issued)\s(?:(?:on\s)?(?:\p{L}+day|\p{Ll}+ly)\s)?by\b"
)
_ADDED = regex.compile(
    r",\s(?:who|which|whose|whom|speaking|citing|including|like|such as)\b|\s[-–—]+\s|--|\("
    # Why somebody is not named says nothing of who it is.
    r"|,?\s(?:and\s)?who\b(?:(?!\bwho\b)[^.;]){0,120}?"
    r"(?:anonym\p{L}+|n(?:ot|['’]t)\s+authori[sz]ed|\bbe\s(?:named|identified|quoted))"
    r"|,?\s(?:speaking\s)?on\s(?:the\s|strict\s)*condition\b"
    rf"|{_RELEASED.pattern}"
)
_APART = regex.compile(
    r",\s(?:(?:an?|the|his|her|its|their|our|one|both|once|long|now|then|formerly|himself|herself|themselves)\b|\p{N}{1,3}\b)"
)
_PLACE = regex.compile(r"(?<=\p{Lu}\p{L}{2,20}),\s(?:\p{Lu}\p{L}+\s?){1,2}(?:,|$)")
_MORE = regex.compile(r"\b(?:and|or|nor)\b")
_TRAILING = regex.compile(
    r",?\s(?:themselves|himself|herself|itself|in particular|of course|each|both|too|for (?:one|example|instance)"
    r"|who|(?<!\bof\s)whom|that|(?<!\bof\s)which)$"
)
_SELF = regex.compile(r"\s(?:himself|herself|itself|themselves)$")
_SHORT_BEFORE_NAME = regex.compile(r"\([“\"]?[\p{Lu}\p{N}.&-]{2,10}[”\"]?\)\s(?=\p{Lu})")
"""An abbreviation in brackets behind which the name goes on: "director of the Mill Board (MB) Amal Ode"."""
_POSSESSIVE = regex.compile(r"(?:['’]s|(?<=s)['’])$")


def core_of(marks: Marks, span: Span) -> Span:
    """What of the source at `span` names the speaker: no words that only lead to it, no apposition, no clause."""
    text = marks.text
    start, end = span
    leading = _LEADING.match(text, start, end)
    if leading and leading.end() < end:
        start = leading.end()
    shut = start
    for cut in _CUT.finditer(text, start + 1, end):
        in_number = cut.group() == "," and text[cut.end() : cut.end() + 1].isdigit()
        if cut.start() < shut:
            continue
        if _SHORT_BEFORE_NAME.match(text, cut.start(), end):
            shut = text.index(")", cut.start()) + 1
            continue
        if not in_number and (cut.group() != "," or not _in_phrase(marks, start, cut.start())):
            end = cut.start()
            break
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    alone = _SELF.search(text, start + 1, end)
    return _without_owner_mark(text, start, alone.start() if alone else max(end, start + 1))


def _in_phrase(marks: Marks, start: int, comma: int) -> bool:
    """Whether a comma stands between adjectives of the phrase that begins at `start` ("quiet, careful people")."""
    phrase = marks.phrase_at(start)
    return phrase is not None and phrase.end > comma + 1 and not _MORE.search(marks.text, comma, phrase.end)


def description(marks: Marks, span: Span, core: Span) -> Span:
    """A description with all that belongs to it, up to what is only added (", who …", ", a baker,"). A poll or a report
    that has a name goes by that: no "latest", no "released on Friday"."""
    text = marks.text
    issued = _ISSUED.search(text, core.start + 1, span.end)
    if issued:
        latest = _LATEST.match(text, core.start, issued.start())
        start = latest.end() if latest else core.start
        if _CAPITAL.search(text, start + (start == core.start), issued.start()):
            return Span(start, issued.end("what"))
    released = _GIVEN_OUT.search(text, core.start + 1, core.end)
    if released and _says_which(text[core.start : released.start()]):
        return Span(core.start, released.start())
    added = _ADDED.search(text, core.start + 1, span.end)
    end = added.start() if added else span.end
    comma = _COMMA.search(text, core.end, end)
    if comma and not _goes_on(marks, comma.start(), end):
        end = comma.start()
    while end > core.end and not (text[end - 1].isalnum() or text[end - 1] in ".)%”’\"'"):
        end -= 1
    trailing = _TRAILING.search(text, core.start + 1, end)
    return _without_owner_mark(text, core.start, trailing.start() if trailing else max(end, core.end))


def _says_which(words: str) -> bool:
    """Whether a document is told from others without who gave it out: "the mill records", not just "a survey"."""
    told = [w for w in words.lower().split() if w not in ARTICLES]
    return len(told) > 1 and bool(lexicon().documents & set(told))


def _goes_on(marks: Marks, comma: int, end: int) -> bool:
    """Whether what follows upon a comma is one more of a list ("bakers, millers and others") or where a place is
    ("people in Lyth, Marland"), not something added."""
    if _APART.match(marks.text, comma):
        return False
    if _PLACE.match(marks.text, comma, end) and not any(n.kind == "person" for n in marks.names_in(comma, end)):
        return True
    return _MORE.search(marks.text, comma, end) is not None


def _without_owner_mark(text: str, start: int, end: int) -> Span:
    """The span without "'s" at its end."""
    owner = _POSSESSIVE.search(text, start, end)
    return Span(start, owner.start() if owner and owner.start() > start else end)
