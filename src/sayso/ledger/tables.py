"""The tables of a ledger, one schema for SQLite and PostgreSQL. `docs/ledger.md` explains them to people.

`readings` holds the record: each reading whole, as the engine or a person gave it. The rows of the other tables are
made from it, for SQL; they can be made again. Spans are `[start, stop)` in code points of `documents.text` (`end` is a
word of SQL's own); where a role may be in pieces, `start` and `stop` enclose them all and a column of JSON lists them.
Texts in rows have U+FFFD for what a database cannot hold (NUL, lone surrogates), one for one, so spans fit.

A table of the full text belongs to each of `documents` and `attributions`, with what keeps it up to date, in the
migrations: `document_words` and `content_words`; see `sayso.ledger.words`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

_Key = BigInteger().with_variant(Integer, "sqlite")
_Json = JSON().with_variant(JSONB, "postgresql")
_CLUSTERED: dict[str, Any] = {
    "sqlite_with_rowid": False
}  # rows lie in the order of their key, each document's together


def _key() -> Column[int]:
    return Column("key", _Key, primary_key=True)


def _document(*, primary_key: bool = True) -> Column[int]:
    """Whose row it is: gone when the document goes."""
    whose = ForeignKey("documents.key", ondelete="CASCADE")
    return Column("document", _Key, whose, nullable=False, primary_key=primary_key)


def _position() -> Column[int]:
    """The row's place among its document's, counted from 0, as in the reading."""
    return Column("position", Integer, primary_key=True, autoincrement=False)


def _span() -> tuple[Column[int], Column[int], Column[str]]:
    """Where in the text, and the words there."""
    return (
        Column("start", Integer, nullable=False),
        Column("stop", Integer, nullable=False),
        Column("words", Text, nullable=False),
    )


def _linked(to: str) -> tuple[Column[Any], ...]:
    """Who it is across documents: the identity it is recognised by, how sure that is, by which rule; all NULL for what
    nobody can be recognised by (a surname, "residents"). It leads to whoever has that identity, or to whom a person
    said it is: then that one's `identity` is another."""
    return (
        Column("identity", Text, index=True),
        Column(to, _Key, ForeignKey(f"{to}s.key"), index=True),
        Column("link_score", Double),
        Column("link_rule", Text),
    )


ledger = Table(
    "sayso_ledger",
    metadata,
    Column("version", Integer, nullable=False),  # of the schema: the number of the last migration
    Column("made_by", Text, nullable=False),  # the version of Sayso that began the ledger
    Column("made_at", Text, nullable=False),
)
"""One row: what the ledger itself is."""

documents = Table(
    "documents",
    metadata,
    _key(),
    Column("id", Text, nullable=False, index=True),  # "sha256:…" of the text; copies share it
    Column("fingerprint", Text, nullable=False, unique=True),  # text and address: adding the same again is seen by it
    Column("text", Text),  # NULL for an exact copy: it is that of `copy_of`
    Column("exact", LargeBinary),  # JSON of what of the text, path, title … could not be kept as it was
    Column("length", Integer, nullable=False),  # in code points
    Column("path", Text),
    Column("title", Text),
    Column("outlet", Text, index=True),
    Column("author", Text),
    Column("published", Text, index=True),  # ISO 8601, a date or date and time, as it was given
    Column("url", Text, index=True),
    Column("language", Text),
    Column("original", Text),  # "sha256:…" of the bytes the text was made from
    Column("media_type", Text),
    Column("extractor", Text),
    Column("extractor_version", Text),
    Column("extractor_options", _Json, nullable=False),
    Column("place", Text),  # where in the original, if it held many
    Column("pages", _Json, nullable=False),  # the code points at which printed pages begin
    Column("copy_of", _Key, ForeignKey("documents.key"), index=True),
    Column("alike", Double),  # how much of their five-word runs the two share: 1 for an exact copy
    Column("read_as", _Key, ForeignKey("documents.key"), index=True),  # whose reading is its own: itself, or `copy_of`
    Column("added_at", Text, nullable=False),  # ISO 8601, UTC
)
"""What was added. `attributions JOIN documents ON documents.read_as = attributions.document` shows each attribution
once for every document it stands in, copies included; `ON documents.key = attributions.document` shows it once."""

readings = Table(
    "readings",
    metadata,
    _document(),
    Column("corrected", Boolean, primary_key=True),  # false: what the engine said; true: what a person made of it
    Column("model", Text, nullable=False),
    Column("made_by", Text),  # who corrected it
    Column("made_at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # schema sayso/1 without the document, JSON, compressed by zlib
)
"""What was read in a document: the record that all rows below are made from, the corrected one if there is one."""

speakers = Table(
    "speakers",
    metadata,
    _key(),
    Column("identity", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
)
"""Who speaks, across documents. Nobody's voices are those of one who was merged into another."""

subjects = Table(
    "subjects",
    metadata,
    _key(),
    Column("identity", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
)
"""Who and what is talked about, across documents."""

voices = Table(
    "voices",
    metadata,
    _document(),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("score", Double, nullable=False),
    Column("number", BigInteger),  # the last three are of unnamed voices: how many, of what, why not named
    Column("affiliation", Text),
    Column("why", Text),
    *_linked("speaker"),
    **_CLUSTERED,
)

roles = Table(
    "roles",
    metadata,
    _document(),
    Column("voice", Text, primary_key=True),
    _position(),
    *_span(),
    **_CLUSTERED,
)
"""Titles, offices and descriptions of voices."""

attributions = Table(
    "attributions",
    metadata,
    _key(),
    _document(primary_key=False),
    Column("id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("source", Text, nullable=False),  # words; "[…]" between pieces
    Column("cue", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("source_spans", _Json, nullable=False),  # [[start, end], …]
    Column("cue_spans", _Json, nullable=False),
    Column("content_spans", _Json, nullable=False),
    Column("kind", Text, nullable=False),
    Column("stance", Text),
    Column("score", Double, nullable=False),
    Column("voice", Text),
    Column("voice_score", Double),
    Column("voice_reason", Text),
    Column("parent", Text),
    Column("hedged", Text, nullable=False),  # words
    Column("negated", Text, nullable=False),
    UniqueConstraint("document", "id"),
    Index("ix_attributions_voice", "document", "voice"),
)

via = Table(
    "via",
    metadata,
    _document(),
    Column("attribution", Text, primary_key=True),
    _position(),
    Column("voice", Text, nullable=False),
    **_CLUSTERED,
)
"""The voices an attribution came through, outermost first."""

narration = Table(
    "narration",
    metadata,
    _document(),
    _position(),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    **_CLUSTERED,
)

entities = Table(
    "entities",
    metadata,
    _document(),
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("score", Double, nullable=False),
    Column("voice", Text),
    *_linked("subject"),
    **_CLUSTERED,
)

names = Table(
    "names",
    metadata,
    _document(),
    Column("entity", Text, primary_key=True),
    _position(),
    Column("name", Text, nullable=False, index=True),
    **_CLUSTERED,
)
"""All that an entity is called by name, the commonest first."""

mentions = Table(
    "mentions",
    metadata,
    _document(),
    _position(),
    Column("voice", Text),  # one of the two
    Column("entity", Text),
    *_span(),
    **_CLUSTERED,
)
"""Where a voice or an entity is named or meant."""

labels = Table(
    "labels",
    metadata,
    _document(),
    _position(),
    Column("entity", Text, nullable=False),
    Column("voice", Text),
    Column("attribution", Text),
    *_span(),
    Column("head", Text, nullable=False),
    Column("head_start", Integer, nullable=False),
    Column("head_stop", Integer, nullable=False),
    Column("loaded", Boolean, nullable=False),
    Column("score", Double, nullable=False),
    **_CLUSTERED,
)

times = Table(
    "times",
    metadata,
    _document(),
    _position(),
    *_span(),
    Column("type", Text, nullable=False),
    Column("value", Text, index=True),
    Column("reason", Text),
    Column("attribution", Text),
    Column("score", Double, nullable=False),
    **_CLUSTERED,
)

places = Table(
    "places",
    metadata,
    _document(),
    _position(),
    *_span(),
    Column("name", Text, nullable=False, index=True),
    Column("feature", Text),
    Column("country", Text),
    Column("lat", Double),
    Column("lon", Double),
    Column("reason", Text),
    Column("entity", Text),
    Column("attribution", Text),
    Column("score", Double, nullable=False),
    **_CLUSTERED,
)

quantities = Table(
    "quantities",
    metadata,
    _document(),
    _position(),
    *_span(),
    Column("low", Double),
    Column("high", Double),
    Column("approximate", Boolean, nullable=False),
    Column("unit", Text),
    Column("counted", Text),  # `of` in the reading
    Column("fate", Text),
    Column("reason", Text),
    Column("attribution", Text),
    Column("score", Double, nullable=False),
    **_CLUSTERED,
)

corrections = Table(
    "corrections",
    metadata,
    _key(),
    Column("verb", Text, nullable=False),  # "merge", "split"
    Column("identity", Text, nullable=False, index=True),  # who is meant; "name:…" for one who has none
    Column("into", Text, nullable=False),  # whose identity that is from now on; of those said of one, the last counts
    Column("document", _Key, ForeignKey("documents.key", ondelete="CASCADE"), index=True),  # if it holds there alone
    Column("made_by", Text),
    Column("made_at", Text, nullable=False),
)
"""What a person said of who is who, in that order. It is applied to what is read later, too."""

edits = Table(
    "edits",
    metadata,
    _key(),
    Column("document", _Key, ForeignKey("documents.key", ondelete="CASCADE"), nullable=False, index=True),
    Column(
        "corrections", _Json, nullable=False
    ),  # what was changed, as `sayso.corrections.Correction.to_dict` gives it
    Column("before", LargeBinary),  # the record that was replaced; NULL where that was the engine's
    Column("made_by", Text),
    Column("made_at", Text, nullable=False),
    Column("undone_at", Text),
)
"""What people changed in readings, step by step; `readings` holds what came of it."""

vectors = Table(
    "vectors",
    metadata,
    Column("attribution", _Key, ForeignKey("attributions.key", ondelete="CASCADE"), primary_key=True),
    Column("model", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # float16, little-endian
)
"""What a content means, for search by meaning."""

sketches = Table(
    "sketches",
    metadata,
    _document(),
    Column("model", Text, nullable=False, index=True),
    Column("attributions", LargeBinary, nullable=False),  # their keys: whole numbers of 8 bytes, little-endian
    Column("bits", LargeBinary, nullable=False),  # the signs of their vectors, one after the other
    **_CLUSTERED,
)
"""What a search by meaning looks through before it compares: see `sayso.ledger.sketches`."""

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True),
    _document(),
    **_CLUSTERED,
)
"""Parts of the documents' MinHash signatures: two that share one may be copies of each other."""

compared = Table(
    "compared",
    metadata,
    _document(),
    Column("state", Text, nullable=False),  # "prepared", "matched", "gathered": how far its comparison went
)
"""Which documents are compared with all others; see `sayso.ledger.comparing`. A reading that changes takes its
document's row with it."""

statements = Table(
    "statements",
    metadata,
    Column("key", _Key, primary_key=True, autoincrement=False),  # those of a document follow each other
    Column("document", _Key, ForeignKey("documents.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("spans", _Json, nullable=False),
    Column("text", Text, nullable=False),  # the words on one line
    Column("attribution", Text),  # whose content it is from; NULL for what the report says itself
    Column("stance", Text),
    Column("denies", Boolean, nullable=False),
    Column("hedged", Boolean, nullable=False),
    Column("names", _Json, nullable=False),
    Column("quantities", _Json, nullable=False),
    Column("times", _Json, nullable=False),
)
"""What is compared across reports: the sentences of contents and of what reports say themselves."""

statement_vectors = Table(
    "statement_vectors",
    metadata,
    _document(),
    Column("model", Text, nullable=False),
    Column("first", BigInteger, nullable=False),  # the key of the document's first statement
    Column("number", Integer, nullable=False),
    Column("vectors", LargeBinary, nullable=False),  # float16, little-endian, statement by statement
)
"""What the statements mean."""

statement_words = Table(
    "statement_words",
    metadata,
    Column("word", BigInteger, primary_key=True, autoincrement=False),
    Column("statement", _Key, primary_key=True, autoincrement=False),
    **_CLUSTERED,
)
"""Where a word (a number for its stem) stands that few statements hold."""

word_counts = Table(
    "word_counts",
    metadata,
    Column("word", BigInteger, primary_key=True, autoincrement=False),
    Column("statements", BigInteger, nullable=False),
    **_CLUSTERED,
)
"""In how many statements a word stands."""


def _statement(name: str, **options: Any) -> Column[int]:
    whose = ForeignKey("statements.key", ondelete="CASCADE")
    return Column(name, _Key, whose, primary_key=True, autoincrement=False, **options)


def _claim(name: str = "claim", **options: Any) -> Column[int]:
    whose = ForeignKey("claims.key", ondelete="CASCADE")
    return Column(name, _Key, whose, primary_key=True, autoincrement=False, **options)


pairs = Table(
    "pairs",
    metadata,
    _statement("one"),
    _statement("other", index=True),
    Column("relation", Text, nullable=False),  # "same", "opposed", "other value"
    Column("score", Double, nullable=False),
    Column("reason", Text, nullable=False),
    **_CLUSTERED,
)
"""Statements of different reports that belong together, what they are to each other, and why."""

claims = Table(
    "claims",
    metadata,
    _key(),
    Column("wording", _Key, nullable=False),  # the statement that has most in common with the others
    Column("score", Double, nullable=False),
    Column("reports", Integer, nullable=False),  # that affirm it, copies included
    Column("denials", Integer, nullable=False),  # reports that say it is not so
    Column("first", Text),  # when the first of them was published, and the last
    Column("last", Text),
    Column("least", Integer, nullable=False),  # independent origins, at least and at most
    Column("most", Integer, nullable=False),
    Column("statements", Integer, nullable=False),  # rows of `claim_statements`
    Column("stale", Boolean, nullable=False),  # somebody in it is another since it was gathered
)
"""The same content in several reports."""

claim_statements = Table(
    "claim_statements",
    metadata,
    _claim(),
    _statement("statement", index=True),
    Column(  # in which it is printed: its own, or a copy that is read as that
        "document", _Key, ForeignKey("documents.key", ondelete="CASCADE"), primary_key=True, autoincrement=False,
        index=True,
    ),
    Column("position", Integer, nullable=False),  # in the order of publication
    Column("denies", Boolean, nullable=False),
    **_CLUSTERED,
)  # fmt: skip
"""The statements of each claim, once for every document they are printed in."""

steps = Table(
    "steps",
    metadata,
    _claim(),
    Column("taker", Text, primary_key=True),
    Column("giver", Text, primary_key=True),
    Column("sure", Boolean, nullable=False),
    **_CLUSTERED,
)
"""Who has a claim from whom."""

origins = Table(
    "origins",
    metadata,
    _claim(),
    Column("name", Text, primary_key=True),
    Column("named", Boolean, nullable=False),  # false: "an official"; two such may be one
    Column("circular", Boolean, nullable=False),  # true: has it from one who has it from this one; no origin
    **_CLUSTERED,
)
"""Those at the far ends of a claim's steps."""

contradictions = Table(
    "contradictions",
    metadata,
    _claim("one"),
    _claim("other", index=True),
    Column("difference", Text, primary_key=True),  # "number", "denial" (then both are one claim)
    Column("score", Double, nullable=False),
    Column("reason", Text, nullable=False),
    Column("is_update", Boolean, nullable=False),  # one follows from the other: a later count by who told the first
    **_CLUSTERED,
)
"""Claims that cannot both be so, and claims that are denied."""
