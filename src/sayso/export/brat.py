"""A reading as brat stand-off: a text and its annotations, in the form of the PolNeAR corpus.

Each role is a text-bound annotation (T), each attribution an event (E) with its cue as the trigger. Kind and stance are
attributes (A); score, voice and those it came through are a note (#), which readers of PolNeAR pass over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from sayso.export.plain import utf8
from sayso.types import Attribution, Kind, Span, Spans, Stance

if TYPE_CHECKING:
    from sayso.reading import Reading

ANNOTATION_CONF = f"""\
[entities]
Source
Cue
Content

[relations]

[events]
Attribution\tSource?:Source, Cue?:Cue, Content?:Content

[attributes]
Kind\tArg:Attribution, Value:{"|".join(get_args(Kind))}
Stance\tArg:Attribution, Value:{"|".join(get_args(Stance))}
"""
"""What brat must know to open a folder of these files."""

VISUAL_CONF = """\
[labels]
Source | Source | Src
Cue | Cue
Content | Content | Con
Attribution | Attribution | Attr

[drawing]
SPAN_DEFAULT\tfgColor:black, bgColor:#eeeeee, borderColor:darken
ARC_DEFAULT\tcolor:black, dashArray:-, arrowHead:triangle-5
Source\tbgColor:#a9dcc9
Cue\tbgColor:#ffc9a3
Content\tbgColor:#fbe7a1
Attribution\tbgColor:#cfd8e8
"""
"""The colours of the page, in brat's terms."""

CONFIGURATION: Mapping[str, str] = MappingProxyType({"annotation.conf": ANNOTATION_CONF, "visual.conf": VISUAL_CONF})
"""The files that a folder of annotations needs once, by name."""

# An annotation is one line of columns: brat lets no span cross a line break, nor could the text column hold a tab.
_PIECE = re.compile(r"[^\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def files(reading: Reading) -> Mapping[str, str]:
    """The two files of a reading, by suffix."""
    text, annotations = standoff(reading)
    return {".txt": text, ".ann": annotations}


def standoff(reading: Reading) -> tuple[str, str]:
    """The text, verbatim, and the annotations, whose offsets are its code points.

    Spans are cut at line breaks and tabs. What UTF-8 cannot hold (halves of surrogate pairs) is replaced one for one.
    """
    text = utf8(reading.document.text)
    number = count(1)  # of the text-bound annotations
    names = {voice.id: _column(voice.name) for voice in reading.voices}
    lines = (
        line
        for event, found in enumerate(reading.attributions, 1)
        for line in _event(text, found, event, number, _note(found, names))
    )
    return text, "".join(f"{line}\n" for line in lines)


def _event(text: str, attribution: Attribution, event: int, number: Iterator[int], note: str) -> Iterator[str]:
    """The lines of one attribution: its roles, its trigger, the event that ties them, its kind and stance, the note."""
    roles = {"Source": attribution.source, "Cue": attribution.cue, "Content": attribution.content}
    pieces = {role: pieces for role, spans in roles.items() if (pieces := _pieces(text, spans))}
    if not pieces:
        return
    bound = {role: f"T{next(number)}" for role in pieces}
    for role, name in bound.items():
        yield _bound(text, name, role, pieces[role])
    # An event must have a trigger: where the text has no cue, it is the source, or at last the content.
    trigger = f"T{next(number)}"
    yield _bound(text, trigger, "Attribution", pieces.get("Cue") or pieces.get("Source") or pieces["Content"])
    arguments = "".join(f" {role}:{bound[role]}" for role in reversed(bound))
    yield f"E{event}\tAttribution:{trigger}{arguments}"
    yield f"A{2 * event - 1}\tKind E{event} {attribution.kind}"
    if attribution.stance:
        yield f"A{2 * event}\tStance E{event} {attribution.stance}"
    yield f"#{event}\tAnnotatorNotes E{event}\t{note}"


def _note(attribution: Attribution, names: Mapping[str, str]) -> str:
    """What brat has no form for, in one note: of several it would keep the last. `names` are the voices', by id."""
    voice = None if attribution.voice is None else names.get(attribution.voice)
    via = [names[passing] for passing in attribution.via if passing in names]
    facts = (
        f"score {attribution.score:.3f}",
        f"voice: {voice}" if voice is not None else None,
        f"via: {', '.join(via)}" if via else None,
    )
    return "; ".join(filter(None, facts))


def _column(words: str) -> str:
    """`words` as a column may hold them: on one line, without tabs or what UTF-8 cannot hold."""
    return utf8(" ".join(words.split()))


def _pieces(text: str, spans: Spans) -> list[Span]:
    """`spans`, cut where brat lets none pass, without pieces of mere white space."""
    pieces = [Span(*match.span()) for start, end in spans for match in _PIECE.finditer(text, start, end)]
    return [piece for piece in pieces if not text[piece.start : piece.end].isspace()]


def _bound(text: str, name: str, role: str, pieces: list[Span]) -> str:
    """A text-bound annotation: where it stands, and its words with a blank between pieces, as brat checks them."""
    offsets = ";".join(f"{start} {end}" for start, end in pieces)
    return f"{name}\t{role} {offsets}\t{' '.join(text[start:end] for start, end in pieces)}"
