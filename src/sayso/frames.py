"""Data frames of reports → data frames of what was read in them, for pandas and Polars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.documents import document
from sayso.engine import Engine
from sayso.errors import UnusableFrame
from sayso.export.attributions import COLUMNS, SPANS, rows
from sayso.extras import need
from sayso.intake.columns import Columns, guessed
from sayso.intake.dates import iso
from sayso.intake.making import whole
from sayso.intake.table import words
from sayso.types import Document

_FIELDS = ("title", "outlet", "author", "published", "url")


def frame(df: Any, *, text: str = "text", engine: Engine | None = None, **columns: str) -> Any:
    """The attributions of a frame's reports, one a row, in a frame of the same library.

    `text` names the column that holds the reports, `columns` those that hold their `title`, `outlet`, `author`,
    `published` and `url`; what is not named is guessed from the columns' names. The first column of the result, `row`,
    is the number of the report's row, counted from 0; for pandas the index is that report's, so that `df.join(found)`
    joins the two. The others are those of `sayso read --format parquet`. A row without text has no attributions.

    Raises UnusableFrame for what is no frame, a column that is not there, or one of texts that holds something else.
    """
    library = type(df).__module__.partition(".")[0]
    if library not in ("pandas", "polars") or not hasattr(df, "columns"):
        raise UnusableFrame(f"a data frame of pandas or Polars is needed, and this is a {type(df).__name__}")
    known = guessed(map(str, df.columns), _columns([str(name) for name in df.columns], text, columns))
    numbers: list[int] = []
    documents = _documents(df, known, numbers)
    found: dict[str, list[Any]] = {name: [] for name in ("row", *COLUMNS)}
    for at, reading in enumerate((engine or _engine()).read_many(documents)):
        for row in rows([reading]):
            found["row"].append(numbers[at])
            for name, value in zip(COLUMNS, row, strict=True):
                found[name].append(_plain(name, value))
    return _made(df, library, found)


def _columns(there: list[str], text: str, named: dict[str, str]) -> Columns:
    for field, name in (("text", text), *named.items()):
        if field not in ("text", *_FIELDS):
            raise UnusableFrame(f"a report has no {field}; it has {', '.join(_FIELDS)}")
        if name not in there:
            raise UnusableFrame(f"there is no column {name!r}; there are {', '.join(there[:12])}")
    return Columns(text=text, **named)


def _documents(df: Any, known: Columns, numbers: list[int]) -> Iterator[Document]:
    """The documents of the frame; the numbers of their rows are put down as they are taken."""
    said = {field: df[name].to_list() for field in _FIELDS if (name := getattr(known, field)) is not None}
    for number, text in enumerate(df[known.text].to_list()):
        if text is None or text != text:  # NaN is what pandas has for nothing
            continue
        if not isinstance(text, str):
            raise UnusableFrame(f"row {number} of {known.text!r} holds no text but a {type(text).__name__}")
        values = {field: column[number] for field, column in said.items()}
        published = iso(values.pop("published", None), None)
        numbers.append(number)
        yield document(whole(text), published=published, **{field: words(value) for field, value in values.items()})


def _made(df: Any, library: str, found: dict[str, list[Any]]) -> Any:
    frames = need(library, "frames")
    if library == "polars":
        return frames.DataFrame(found, schema_overrides=_polars_schema(frames), infer_schema_length=None)
    return frames.DataFrame(found, index=df.index.take(found["row"]))


def _polars_schema(polars: Any) -> dict[str, Any]:
    """The types of columns that may be empty, or hold nothing but empty lists."""
    texts, spans = polars.List(polars.String), polars.List(polars.List(polars.Int64))
    special = {"row": polars.Int64, "score": polars.Float64, "voice_score": polars.Float64}
    special |= dict.fromkeys(("hedged", "negated", "roles", "via", "chain"), texts)
    special |= dict.fromkeys(("source_spans", "cue_spans", "content_spans"), spans)
    return {name: special.get(name, polars.String) for name in ("row", *COLUMNS)}


def _plain(name: str, value: Any) -> Any:
    """Lists for tuples, which not every library of frames knows."""
    if name in SPANS:
        return [list(span) for span in value]
    return list(value) if isinstance(value, tuple) else value


def _engine() -> Engine:
    from sayso import _engine as shared

    return shared()
