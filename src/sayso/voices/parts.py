"""Sources that name several speakers one by one ("Clinton and Kaine"), cut into their parts."""

from __future__ import annotations

import regex

from sayso.types import Span, Spans
from sayso.voices.extent import core_of
from sayso.voices.head import GUESSED, capitals_with_of, is_kind_behind
from sayso.voices.marks import Marks
from sayso.voices.mention import Mention, mention

_BOTH = regex.compile(r"(?:both|neither)\s+", regex.IGNORECASE)
_AND = regex.compile(r"\b(?:and|nor|along with|as well as)\b|&")
_JOINT = regex.compile(r",?\s+(?:and|nor|along with|as well as)\s+(?:also\s+)?|\s+&\s+|,\s+(?=\p{Lu})")
_INK = regex.compile(r"[\p{L}\p{N}]")


def parts(marks: Marks, source: Spans) -> list[Spans]:
    """The source cut where it names several speakers one by one ("Clinton and Kaine", "she and Amal Ode"); itself, if
    it names but one."""
    if not source:
        return [source]
    span = Span(source[0].start, source[-1].end)
    both = _BOTH.match(marks.text, *span)
    start = both.end() if both else span.start
    names = marks.names_in(*span)
    if capitals_with_of(marks.text, core_of(marks, span)) is not None:
        return [source]
    cuts = [
        c.span()
        for c in _JOINT.finditer(marks.text, start, span.end)
        if not any(n.start < c.start() < n.end for n in names)
    ]
    last = next((i for i, cut in enumerate(cuts) if _AND.search(marks.text, *cut)), None)
    if last is None:
        return [source]
    cuts = cuts[: last + 1]
    edges = [start, *(edge for cut in cuts for edge in cut), span.end]
    found = [mention(marks, (Span(a, b),)) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    if len(found) == 2 and all(_is_phrase(marks, f) for f in found):
        return [(f.span,) for f in found]
    if (
        len(found) < 2
        or not all(_stands_alone(marks, f) for f in found[:-1])
        or not _may_join(marks, found[-1])
        or _modifies(found[-2], found[-1])
    ):
        return [source]
    if len({f.name.kind == "person" for f in found if f.name}) > 1:
        return [source]
    return [(f.span,) for f in found]


def _is_phrase(marks: Marks, found: Mention) -> bool:
    """Whether a part is a description of speakers and begins with its phrase ("voters and officials")."""
    phrase = marks.phrase_at(found.core.start)
    speaks = phrase is not None and phrase.kind in ("person", "people", "organisation")
    if not speaks or phrase is None or found.form != "description":
        return False
    several = found.plural or bool(marks.names_in(*found.core))
    return several and phrase.start <= found.core.start and phrase.end >= found.core.end - 1


def _stands_alone(marks: Marks, found: Mention) -> bool:
    """Whether a part is a pronoun, or a name with nothing behind it but what it is a name of."""
    if found.name is None:
        return found.form == "pronoun"
    if found.name.score <= GUESSED and found.name.kind != "person":
        return False
    alone = not _INK.search(marks.text, found.name.end, found.span.end)
    return alone or (found.core.end == found.span.end and is_kind_behind(marks.text, found.core, found.name))


def _modifies(first: Mention, last: Mention) -> bool:
    """Whether the first part only qualifies the last: "Lythian and Marish officials"."""
    return first.name is not None and first.name.kind in ("place", "people") and last.name is None


def _may_join(marks: Marks, found: Mention) -> bool:
    """Whether what stands behind "and" is a speaker beside the first: a name, or people that are described."""
    if found.name is not None:
        return True
    phrase = marks.phrase_at(found.core.start)
    return phrase is not None and phrase.kind in ("person", "people", "organisation") and found.form == "description"
