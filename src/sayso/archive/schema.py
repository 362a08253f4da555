"""The tables of an archive, as Arrow schemas. `docs/archive.md` explains them.

Columns bear the names that they have in a ledger's tables; what is a small table there (roles, names, mentions, via,
narration) is a column of lists here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

VERSION = "sayso-archive/1"
"""What the manifest calls this schema; columns are added, never renamed."""

_text, _whole, _score = pa.string(), pa.int64(), pa.float64()
_SPANS = pa.list_(pa.struct([("start", _whole), ("end", _whole)]))
_TEXTS = pa.list_(_text)

_SPAN = (("start", _whole), ("stop", _whole), ("words", _text))
"""Where in the document's text, in code points, and the words there."""
_LINKED = (("identity", _text), ("link_score", _score), ("link_rule", _text))
"""By what one is recognised in other documents, how sure that is, by which rule; null where by nothing."""

_COLUMNS: dict[str, tuple[tuple[str, pa.DataType], ...]] = {
    "documents": (
        ("key", _whole),  # made of what the document is and where it stands: the same in every run
        ("id", _text),  # "sha256:…" of the text
        ("text", _text),  # null if the archive is made without texts
        ("length", _whole),  # in code points
        ("path", _text),
        ("title", _text),
        ("outlet", _text),
        ("author", _text),
        ("published", _text),
        ("url", _text),
        ("language", _text),
        ("original", _text),  # "sha256:…" of the bytes the text was made from
        ("media_type", _text),
        ("extractor", _text),
        ("extractor_version", _text),
        ("extractor_options", pa.list_(pa.struct([("name", _text), ("value", _text)]))),
        ("place", _text),  # where in its file the document stands: "record 17"
        ("pages", pa.list_(_whole)),
        ("narration", _SPANS),
        ("model", _text),
    ),
    "attributions": (
        ("id", _text),
        ("position", _whole),
        ("start", _whole),
        ("stop", _whole),
        ("source", _text),
        ("cue", _text),
        ("content", _text),
        ("source_spans", _SPANS),
        ("cue_spans", _SPANS),
        ("content_spans", _SPANS),
        ("kind", _text),
        ("stance", _text),
        ("score", _score),
        ("voice", _text),
        ("voice_score", _score),
        ("voice_reason", _text),
        ("parent", _text),
        ("hedged", _text),
        ("negated", _text),
        ("via", _TEXTS),  # ids of voices, outermost first
    ),
    "voices": (
        ("id", _text),
        ("name", _text),
        ("type", _text),
        ("score", _score),
        ("number", _whole),
        ("affiliation", _text),
        ("why", _text),
        *_LINKED,
        ("roles", _TEXTS),  # words
        ("mentions", _SPANS),
    ),
    "entities": (
        ("id", _text),
        ("position", _whole),
        ("name", _text),
        ("type", _text),
        ("score", _score),
        ("voice", _text),
        *_LINKED,
        ("names", _TEXTS),
        ("mentions", _SPANS),
    ),
    "labels": (
        ("position", _whole),
        ("entity", _text),
        ("voice", _text),
        ("attribution", _text),
        *_SPAN,
        ("head", _text),
        ("head_start", _whole),
        ("head_stop", _whole),
        ("loaded", pa.bool_()),
        ("score", _score),
    ),
    "times": (
        ("position", _whole),
        *_SPAN,
        ("type", _text),
        ("value", _text),
        ("reason", _text),
        ("attribution", _text),
        ("score", _score),
    ),
    "places": (
        ("position", _whole),
        *_SPAN,
        ("name", _text),
        ("feature", _text),
        ("country", _text),
        ("lat", _score),
        ("lon", _score),
        ("reason", _text),
        ("entity", _text),
        ("attribution", _text),
        ("score", _score),
    ),
    "quantities": (
        ("position", _whole),
        *_SPAN,
        ("low", _score),
        ("high", _score),
        ("approximate", pa.bool_()),
        ("unit", _text),
        ("counted", _text),
        ("fate", _text),
        ("reason", _text),
        ("attribution", _text),
        ("score", _score),
    ),
}

DOCUMENT = pa.field("document", _whole)
"""Whose row it is: the first column of every table but `documents`, whose `key` it is."""

SCHEMAS: Mapping[str, pa.Schema] = MappingProxyType(
    {table: pa.schema([*([] if table == "documents" else [DOCUMENT]), *columns]) for table, columns in _COLUMNS.items()}
)
"""The schema of each table, by its name."""

FOUND: pa.Schema = pa.schema([column for column in _COLUMNS["documents"] if column[0] not in ("narration", "model")])
"""What is known of a document before it is read."""

NESTED: pa.Schema = pa.schema(
    [*_COLUMNS["documents"]]
    + [(table, pa.list_(pa.struct(columns))) for table, columns in _COLUMNS.items() if table != "documents"]
)
"""All of a reading in one row: the document's columns, and each other table as a column of its rows."""
