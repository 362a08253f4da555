"""Names and phrases marked by hand, as the namer would mark them."""

from __future__ import annotations

import re

from sayso.names import Named
from sayso.types import Span, Spans
from sayso.voices.marks import Marks

_TOKEN = re.compile(r"(?P<opens>[\[{])(?P<kind>person|people|organisation|place|thing|other)\||[\]}]")


def marks(notation: str) -> Marks:
    """`{person|the minister [person|Amal Ode]} of [place|Lyth] said`: names in brackets, phrases in braces."""
    text, at = "", 0
    opened: list[tuple[str, str, int]] = []
    found: dict[str, list[Named]] = {"[": [], "{": []}
    for token in _TOKEN.finditer(notation):
        text += notation[at : token.start()]
        at = token.end()
        if token["opens"]:
            opened.append((token["opens"], token["kind"], len(text)))
        else:
            sort, kind, start = opened.pop()
            found[sort].append(Named(start, len(text), kind, 0.9))
    return Marks(text + notation[at:], sorted(found["["]), sorted(found["{"]))


def where(text: str, *words: str) -> Spans:
    """Where the words first stand in the text, one behind the other."""
    spans: list[Span] = []
    for word in words:
        start = text.index(word, spans[-1].end if spans else 0)
        spans.append(Span(start, start + len(word)))
    return tuple(spans)
