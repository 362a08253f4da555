"""What a person changed in a reading: frozen values that a ledger keeps, and their JSON form."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from sayso.errors import InvalidCorrection
from sayso.types import Attribution, Kind, Span, Spans, Stance, VoiceType

Field = Literal["source", "cue", "content", "hedged", "negated", "kind", "stance", "voice", "via", "attribution"]
"""What is corrected: one thing about an attribution; or, as `attribution`, whether there is one at all."""

SPANS: tuple[Field, ...] = ("source", "cue", "content", "hedged", "negated")


class Speaker(NamedTuple):
    """A voice as a correction names it: by the name it has or shall have. `type` is None where nobody said; `id` is
    that of a voice of the reading, if it is one, and tells two of one name apart."""

    name: str
    type: VoiceType | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """An attribution as a person marked it, without what only the engine knows. `kind` is None where nobody said: the
    quotation marks tell it."""

    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()
    hedged: Spans = ()
    negated: Spans = ()
    kind: Kind | None = None
    stance: Stance | None = None
    voice: Speaker | None = None
    via: tuple[Speaker, ...] = ()

    @property
    def extent(self) -> Spans:
        """All of its source, cue and content, in text order."""
        return extent(self)


Value = Spans | str | Speaker | tuple[Speaker, ...] | Marked | None


@dataclass(frozen=True, slots=True)
class Correction:
    """One change of one attribution.

    `document` is the id of its document, `model` that of the weights whose reading went out, `attribution` the id
    there; `extent` are its spans as they went out, by which it is found again in another model's reading. `field`
    says what is changed, from `old` to `new`: spans for roles, a word for kind and stance, a Speaker for the voice,
    Speakers for those it came through. A new attribution has `attribution` None and is the `new` Marked of the field
    "attribution"; one that is taken away has it as `old`, and `new` None. `who` and `when` are as the tool or the
    caller said.
    """

    document: str
    model: str
    attribution: str | None
    extent: Spans
    field: Field
    old: Value
    new: Value
    who: str | None = None
    when: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The correction as JSON-ready values; `from_dict` gives an equal one back."""
        return {
            "document": self.document,
            "model": self.model,
            "attribution": self.attribution,
            "extent": [list(span) for span in self.extent],
            "field": self.field,
            "old": _plain(self.old),
            "new": _plain(self.new),
            "who": self.who,
            "when": self.when,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Correction:
        """Read what `to_dict` wrote. Raises InvalidCorrection, naming the fault, for anything else."""
        try:
            field = _one_of(data["field"], get_args(Field))
            read = _READERS.get(field, _spans)
            return cls(
                document=_text(data["document"]),
                model=_text(data["model"]),
                attribution=_or_none(data["attribution"], _text),
                extent=_spans(data["extent"]),
                field=field,
                old=_or_none(data["old"], read),
                new=_or_none(data["new"], read),
                who=_or_none(data.get("who"), _text),
                when=_or_none(data.get("when"), _text),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InvalidCorrection(f"not a correction: {type(error).__name__} {error}") from error


def extent(placed: Attribution | Marked) -> Spans:
    """All of the source, cue and content, in text order; they may overlap."""
    return tuple(sorted(placed.source + placed.cue + placed.content))


NEAR = 0.5
"""The share of their text that two attributions must have in common to be held for one."""


def common(a: Spans, b: Spans) -> int:
    """How many code points two lists of spans, each in text order and without overlap, have in common."""
    total = at = 0
    for start, end in a:
        while at < len(b) and b[at].end <= start:
            at += 1
        index = at
        while index < len(b) and b[index].start < end:
            total += min(end, b[index].end) - max(start, b[index].start)
            index += 1
    return total


def overlap(a: Spans, b: Spans) -> float:
    """The share of the code points of either that both have, from 0 to 1; of spans that may overlap one another, what
    they cover counts."""
    ours, theirs = _covered(a), _covered(b)
    shared = common(ours, theirs)
    either = sum(end - start for start, end in ours + theirs) - shared
    return shared / either if either else 0.0


def _covered(spans: Spans) -> Spans:
    """What spans in text order cover, without overlap."""
    found: list[Span] = []
    for start, end in spans:
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(start, end))
    return tuple(found)


def checked(spans: Spans, size: int) -> Spans:
    """`spans` in text order. Raises ValueError, saying what is wrong, if one is empty or reaches beyond a text of
    `size` code points, or if two overlap."""
    ordered = tuple(sorted(spans))
    for start, end in ordered:
        if not 0 <= start < end <= size:
            raise ValueError(f"a span from {start} to {end} is none of a text of {size} characters")
    for before, after in itertools.pairwise(ordered):
        if before.end > after.start:
            raise ValueError(f"the spans {before.start}-{before.end} and {after.start}-{after.end} of one role overlap")
    return ordered


def _plain(value: Value) -> Any:
    if isinstance(value, Marked):
        return {name: _plain(getattr(value, name)) for name in Marked.__slots__}
    if isinstance(value, Speaker):
        return value._asdict()
    if isinstance(value, tuple):
        items: tuple[Any, ...] = value
        return [item._asdict() if isinstance(item, Speaker) else list(item) for item in items]
    return value


def _marked(data: Mapping[str, Any]) -> Marked:
    return Marked(**{name: _READERS.get(name, _spans)(data[name]) for name in Marked.__slots__})


def _speaker(data: Mapping[str, Any] | None) -> Speaker | None:
    return None if data is None else _named(data)


def _named(data: Mapping[str, Any]) -> Speaker:
    sort = _or_none(data["type"], lambda value: _one_of(value, get_args(VoiceType)))
    return Speaker(_text(data["name"]), sort, _or_none(data["id"], _text))


def _speakers(data: list[Mapping[str, Any]]) -> tuple[Speaker, ...]:
    return tuple(map(_named, data))


def _spans(data: list[list[int]]) -> Spans:
    spans = tuple(Span(operator.index(start), operator.index(end)) for start, end in data)
    if any(not 0 <= start < end for start, end in spans):
        raise ValueError("a span is empty or stands before the text")
    return spans


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise ValueError(f"{data!r} is no text")
    return data


def _one_of(data: Any, known: tuple[str, ...]) -> Any:
    if data not in known:
        raise ValueError(f"{data!r} is none of {', '.join(known)}")
    return data


def _or_none(data: Any, read: Callable[[Any], Any]) -> Any:
    return None if data is None else read(data)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "kind": lambda data: _or_none(data, lambda value: _one_of(value, get_args(Kind))),
    "stance": lambda data: _or_none(data, lambda value: _one_of(value, get_args(Stance))),
    "voice": _speaker,
    "via": _speakers,
    "attribution": _marked,
}
"""How the value of each field is read; of those not here, as spans."""
