"""Sources that name several speakers one by one ("Clinton and Kaine"), cut into their parts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import regex

from sayso.types import Span, Spans
from sayso.voices.extent import core_of
from sayso.voices.head import GUESSED, capitals_with_of, is_kind_behind
from sayso.voices.marks import Marks
from sayso.voices.mention import Mention, mention

_BOTH = regex.compile(r"(?:both|neither)\s+", regex.IGNORECASE)
_AND = regex.compile(r"\b(?:and|nor|along with|as well as)\b|&")
_JOINT = regex.compile(
    r",?\s+(?:and|nor|along with|as well as)\s+(?:also\s+|from\s+|by\s+)?|\s+&\s+|,\s+(?=(?:the\s)?\p{Lu})"
    r"|,\s+(?=(?:\p{N}[\p{N}.,]*%?|two|three|four|five|six|seven|eight|nine|ten)\s(?!and\b))"
)
_BEHIND = regex.compile(r"(?:\s*\([^()]{0,40}\)|,\s\p{N}{1,3},?)*\W*")
"""What may stand behind a name without adding a speaker: "(Lyth)", an age."""
_OVER_BOTH = frozenset({"many", "some", "most", "several", "few", "other", "all"})
_LEANING = frozenset({"their", "others", "other"})
_DETERMINED = regex.compile(r"(?:the|an?|his|her|its|\p{N}+|two|three|four|five|six|seven|eight|nine|ten)\b|\p{Lu}")


def parts(marks: Marks, source: Spans) -> list[Spans]:
    """The source cut where it names several speakers one by one ("Clinton and Kaine", "she and Amal Ode"); itself, if
    it names but one."""
    if not source:
        return [source]
    span = Span(source[0].start, source[-1].end)
    if capitals_with_of(marks.text, core_of(marks, span)) is not None:
        return [source]
    for pieces in _cuts(marks, span):
        found = [mention(marks, (piece,)) for piece in pieces]
        if len(found) > 2 and _heads_list(marks, found[0]) and all(f.name for f in found[1:]):
            found = found[1:]  # "two bakers, Amal Ode and Rurik Moss"
        if _are_phrases(marks, found) or _are_listed(marks, found):
            return [(f.span,) for f in found]
    return [source]


def _cuts(marks: Marks, span: Span) -> Iterator[list[Span]]:
    """What stands between the commas and the "and" of a source, with every "and" as a cut ("Amal Ode and Rurik Moss,
    and the mayor"), and then with the first alone; nothing, if it has no "and". Of a headline's "Ode, Moss" the two
    names."""
    start = span.start
    both = _BOTH.match(marks.text, start, span.end)
    if both:
        start = both.end()
    names = marks.names_in(*span)
    cuts = [
        c.span()
        for c in _JOINT.finditer(marks.text, start, span.end)
        if not any(n.start < c.start() < n.end for n in names)
    ]
    joining = [i for i, cut in enumerate(cuts) if _AND.search(marks.text, *cut)]
    for last in sorted({joining[-1], joining[0]}, reverse=True) if joining else ():
        edges = [start, *(edge for cut in cuts[: last + 1] for edge in cut), span.end]
        yield [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    if not joining and len(names) == 2 and all(n.kind == "person" for n in names):
        first, second = names
        if (first.start, second.end) == span and marks.text[first.end : second.start] == ", ":
            yield [Span(first.start, first.end), Span(second.start, second.end)]


def _heads_list(marks: Marks, first: Mention) -> bool:
    """Whether a part says what the others are: it is several, and nothing but them follows."""
    return (
        first.name is None
        and first.plural
        and _BEHIND.fullmatch(marks.text, first.core.end, first.span.end) is not None
    )


def _are_phrases(marks: Marks, found: list[Mention]) -> bool:
    """Whether the parts are descriptions of speakers, each with a beginning of its own ("the bakers and the millers",
    "two bakers, four millers and a carter"), or two of several ("bakers and millers"), where the first word is not
    said of both ("many bakers and millers") and the second does not lean on the first ("bakers and others")."""
    if len(found) < 2 or not all(_is_phrase(marks, f) for f in found):
        return False
    begun = all(_DETERMINED.match(marks.text, f.core.start) for f in found[1:])
    several = len(found) == 2 and all(f.plural for f in found)
    return begun or (several and found[0].words[0] not in _OVER_BOTH and found[1].words[0] not in _LEANING)


def _are_listed(marks: Marks, found: list[Mention]) -> bool:
    """Whether the parts are speakers one by one, by their names but for the last."""
    return (
        len(found) > 1
        and all(_stands_alone(marks, f) for f in found[:-1])
        and _may_join(marks, found[-1])
        and not _modifies(marks, found[-2], found[-1])
        and not any(_is_role(marks, one, other) for one, other in itertools.pairwise(found))
    )


def _is_role(marks: Marks, one: Mention, other: Mention) -> bool:
    """Whether a part is but what the person before it is: "Amal Ode, | the Lyth | and Marland correspondent"."""
    person = one.name is not None and one.name.kind == "person"
    return person and "," in marks.text[one.span.end : other.span.start] and other.words[:1] == ("the",)


def _is_phrase(marks: Marks, found: Mention) -> bool:
    """Whether a part is a description of speakers that its own phrase covers."""
    phrase = marks.phrase_at(found.core.start)
    if phrase is None or phrase.kind not in ("person", "people", "organisation") or found.form != "description":
        return False
    return phrase.start <= found.core.start and found.core.end - 1 <= phrase.end <= found.span.end


def _stands_alone(marks: Marks, found: Mention) -> bool:
    """Whether a part is a pronoun, or a name with nothing behind it but what it is a name of."""
    if found.name is None:
        return found.form == "pronoun"
    if found.name.score == GUESSED and found.name.kind != "person" and not _is_speaker(marks, found):
        return False
    alone = _BEHIND.fullmatch(marks.text, found.name.end, found.span.end) is not None
    return alone or (found.core.end == found.span.end and is_kind_behind(marks.text, found.core, found.name))


def _is_speaker(marks: Marks, found: Mention) -> bool:
    """Whether the phrase that a guessed name is, is one of a person or a body."""
    phrase = marks.phrase_at(found.core.start)
    return phrase is not None and phrase.kind in ("person", "organisation") and phrase.end == found.core.end


def _modifies(marks: Marks, first: Mention, last: Mention) -> bool:
    """Whether the first part only qualifies the last: "Lythian and Marish officials", "Ode and Moss supporters"."""
    if first.name is None or last.name is not None:
        return False
    begins = [n for n in marks.names_in(*last.core) if n.start == last.core.start]
    if first.name.kind == "people" and first.words[-1:] and first.words[-1].endswith("s"):
        return False  # "Marlanders and independents"
    return first.name.kind in ("place", "people") or (bool(begins) and begins[0].kind in ("person", "organisation"))


def _may_join(marks: Marks, found: Mention) -> bool:
    """Whether what stands behind "and" is a speaker beside the first: a name, or people that are described."""
    if found.name is not None:
        return True
    phrase = marks.phrase_at(found.core.start)
    return phrase is not None and phrase.kind in ("person", "people", "organisation") and found.form == "description"
