"""Who wrote the document, where it says so itself."""

from __future__ import annotations

import regex

from sayso.names import Named
from sayso.voices.marks import Marks

_HEAD, _TAIL = 600, 900
_BY = regex.compile(r"^[ \t]*(?:By|BY)[ \t]+(?=\p{Lu})", regex.MULTILINE)
_LINE = regex.compile(r"[^\n]+")
_LEAD = regex.compile(r"(?:^|\n)[^\S\n]*(?:(?:\p{Lu}\p{Ll}{1,4}\.|Follow|Contact|Email)[^\S\n])*$")
_WHO = regex.compile(
    r"(?:,[^\n]{1,120}?,)?\s(?:is|was|edits|writes|covers|reports|teaches|hosts|serves|has written|on Twitter)\b"
)


def byline(marks: Marks) -> Named | None:
    """The writer's name: "By Amal Ode" on a line near the beginning, or in the last two lines who that is ("Amal Ode is
    a baker in Lyth.", "Follow Amal Ode on …") of somebody who is named nowhere else; None where neither is there."""
    text = marks.text
    for by in _BY.finditer(text, 0, _HEAD):
        for name in marks.names_in(by.end(), by.end() + 60):
            if name.kind == "person" and name.start == by.end():
                return name
    lines = [line.start() for line in _LINE.finditer(text, max(0, len(text) - _TAIL)) if line.group().strip()]
    for name in marks.names_in(lines[-2:][0], len(text)) if lines else ():
        words = text[name.start : name.end]
        led = _LEAD.search(text, max(0, name.start - 40), name.start)
        if name.kind == "person" and led and _WHO.match(text, name.end) and text.count(words) == 1:
            return name
    return None
