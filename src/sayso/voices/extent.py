"""How far what names a speaker reaches in a source: its core, and the description with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from sayso.names import Named
from sayso.types import Span

_LEADING = regex.compile(r"(?:[^\p{L}\p{N}@]+|(?:by|from|of|to|for|and|but|as|that|with|in)\s+)+", regex.IGNORECASE)
_CUT = regex.compile(
    r"[,;:()\[\]“”\"]|\s[-–—]+\s|--"
    r"|\s(?:like|such as|who|whom|whose|which|that|where|when|speaking|including|citing|during|while)\b"
)
_ISSUED = regex.compile(
    r"(?P<what>\b(?:polls?|surveys?|reports?|stud(?:y|ies)|editorials?|articles?|story|stories|analysis))"
    r"(?:\s+(?:released|published|conducted|taken|out|from|this|last|on|earlier)\b[^,]*)?(?=[,\s]*$|,|\s*\()"
)
_LATEST = regex.compile(r"(?:(?:the|a|an|new|latest|recent|another|separate|one|\w+est)\s+)+", regex.IGNORECASE)
_ADDED = regex.compile(r",\s(?:who|which|whose|whom|speaking|citing|including me)\b|\s[-–—]+\s|--|\(")
_POSSESSIVE = regex.compile(r"(?:['’]s|(?<=s)['’])$")


def core_of(text: str, span: Span) -> Span:
    """What of the source at `span` names the speaker: no words that only lead to it, no apposition, no clause."""
    start, end = span
    leading = _LEADING.match(text, start, end)
    if leading and leading.end() < end:
        start = leading.end()
    cut = _CUT.search(text, start + 1, end)
    if cut:
        end = cut.start()
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    possessive = _POSSESSIVE.search(text, start, end)
    if possessive and possessive.start() > start:
        end = possessive.start()
    return Span(start, max(end, start + 1))


def description(text: str, span: Span, core: Span, names: Sequence[Named]) -> Span:
    """A description with all that belongs to it, up to a clause that is only added (", who …"). A poll or a report that
    has a name goes by that: no "latest", no "released on Friday"."""
    issued = _ISSUED.search(text, core.start + 1, span.end)
    if issued and any(n.end <= issued.start() for n in names):
        latest = _LATEST.match(text, core.start, issued.start())
        return Span(latest.end() if latest else core.start, issued.end("what"))
    added = _ADDED.search(text, core.start + 1, span.end)
    end = added.start() if added else span.end
    while end > core.end and not (text[end - 1].isalnum() or text[end - 1] in ".)%”’\"'"):
        end -= 1
    owner = _POSSESSIVE.search(text, core.start, end)
    end = owner.start() if owner and owner.start() > core.start else end
    return Span(core.start, max(end, core.end))
