"""A reading: one report and everything found in it, with its JSON form (schema `sayso/1`)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from sayso.errors import InvalidReading
from sayso.render import ledger, page
from sayso.types import Attribution, Document, Kind, Span, Spans, Stance

SCHEMA = "sayso/1"


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """What Sayso found in one report. `attributions` are in reading order; `model` names the weights that read it."""

    document: Document
    model: str
    attributions: tuple[Attribution, ...]

    def words(self, spans: Spans) -> str:
        """The exact words at `spans`, an ellipsis in square brackets between separate ones."""
        return " […] ".join(self.document.text[start:end] for start, end in spans)

    def to_dict(self) -> dict[str, Any]:
        """The reading as JSON-ready values in schema `sayso/1`; `from_dict` gives an equal reading back."""
        document = self.document
        return {
            "schema": SCHEMA,
            "document": {
                "id": document.id,
                "path": document.path,
                "title": document.title,
                "outlet": document.outlet,
                "published": document.published,
                "url": document.url,
                "language": document.language,
                "text": document.text,
            },
            "model": self.model,
            "attributions": [_attribution_to_dict(a) for a in self.attributions],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Reading:
        """Read what `to_dict` wrote; fields of later versions are passed over.

        Raises InvalidReading, naming the fault, for anything that is not a reading whose spans lie in its text.
        """
        if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
            raise InvalidReading(f'not a reading: "schema" is not "{SCHEMA}"')
        try:
            document = _document_from_dict(data["document"])
            found = tuple(_attribution_from_dict(a, len(document.text)) for a in data["attributions"])
            return cls(document, _text(data["model"], "model"), found)
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
            raise InvalidReading(f"not a reading: {type(error).__name__} {error}") from error

    def __repr__(self) -> str:
        name = self.document.title or self.document.path or self.document.id[:15]
        count = len(self.attributions)
        return f"<Reading of {name!r}: {count} attribution{'s' * (count != 1)}; print() it for the ledger>"

    def __str__(self) -> str:
        return ledger.plain(self)

    def _repr_html_(self) -> str:
        return page.fragment(self)


def _document_from_dict(data: Mapping[str, Any]) -> Document:
    known: dict[str, Any] = {name: data.get(name) for name in Document.__slots__}
    for name, value in known.items():
        if value is not None or name in ("id", "text"):
            _text(value, name)
    return Document(**known)


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise InvalidReading(f'not a reading: its "{name}" is no text')
    return value


def _text_or_none(value: Any, name: str) -> str | None:
    return None if value is None else _text(value, name)


def _probability(value: Any) -> float:
    score = float(value)
    if not 0 <= score <= 1:
        raise InvalidReading(f"not a reading: {score} is no probability")
    return score


def _attribution_to_dict(attribution: Attribution) -> dict[str, Any]:
    return {
        "id": attribution.id,
        "source": [list(span) for span in attribution.source],
        "cue": [list(span) for span in attribution.cue],
        "content": [list(span) for span in attribution.content],
        "kind": attribution.kind,
        "stance": attribution.stance,
        "voice": attribution.voice,
        "via": list(attribution.via),
        "parent": attribution.parent,
        "score": attribution.score,
    }


def _attribution_from_dict(data: Mapping[str, Any], size: int) -> Attribution:
    if data["kind"] not in get_args(Kind):
        raise InvalidReading(f"not a reading: {data['kind']!r} is no kind")
    if data.get("stance") not in (None, *get_args(Stance)):
        raise InvalidReading(f"not a reading: {data['stance']!r} is no stance")
    source, cue, content = (_spans(data[role], size) for role in ("source", "cue", "content"))
    if not source + cue + content:
        raise InvalidReading("not a reading: an attribution has no span")
    return Attribution(
        id=_text(data["id"], "id"),
        source=source,
        cue=cue,
        content=content,
        kind=data["kind"],
        score=_probability(data["score"]),
        stance=data.get("stance"),
        voice=_text_or_none(data.get("voice"), "voice"),
        via=tuple(_text(voice, "via") for voice in data.get("via", ())),
        parent=_text_or_none(data.get("parent"), "parent"),
    )


def _spans(data: list[list[int]], size: int) -> Spans:
    spans = tuple(Span(int(start), int(end)) for start, end in data)
    if any(not 0 <= start < end <= size for start, end in spans):
        raise InvalidReading(f"not a reading: a span lies outside the text of {size} characters")
    if any(before.end > after.start for before, after in itertools.pairwise(spans)):
        raise InvalidReading("not a reading: the spans of a role overlap or are out of order")
    return spans
