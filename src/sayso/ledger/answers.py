"""Attributions that were found → the rows that answer: each statement of a family of copies once."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from sayso.ledger import tables
from sayso.ledger.copies_of import families
from sayso.ledger.filters import Filters, of_documents
from sayso.ledger.named import among
from sayso.ledger.table import Column, Table
from sayso.ledger.words import Term, hits
from sayso.render.terminal import HOW, WHO


class Found(NamedTuple):
    """The key of an attribution, and how well it fits what was looked for; None where nothing was."""

    key: int
    score: float | None


COLUMNS = (
    Column("published", "date", head="date"),
    Column("outlet"),
    Column("voice", where="hidden"),
    Column("voice_type", where="hidden"),
    Column("chain", "names", head="who says so", style=WHO),
    Column("stance", style=HOW),
    Column("kind"),
    Column("score", "score"),
    Column("source", where="hidden"),
    Column("cue", where="hidden"),
    Column("content", where="below"),
    Column("hits", "spans", "hidden"),
    Column("title", where="under"),
    Column("copies", "copies", "under"),
    Column("url", where="hidden"),
    Column("document", "number", "hidden"),
    Column("attribution", where="hidden"),
    Column("content_spans", "spans", "hidden"),
)
"""`hits` are places in `content`, `content_spans` in the document's text; `chain` begins behind the outlet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the words, if any, the filters, and how many answers at most."""

    terms: tuple[Term, ...]
    filters: Filters
    limit: int


def answers(connection: Connection, asked: Asked, best: Callable[[int], Sequence[Found]]) -> Table:
    """The table of the attributions that `best` finds, which gives the so many best. What a copy says again is the same
    answer: of a family of copies that one is shown which was found first, and counted how many others say it."""
    most = 2 * asked.limit + 10
    while True:
        found = best(most)
        rows = _distinct(statements(connection, asked.filters, found))
        if len(rows) > asked.limit or len(found) < most:
            break
        most *= 8
    shown = rows[: asked.limit]
    copies = _copies(connection, shown)
    note = f"{asked.limit} are shown, there are more: --limit" if len(rows) > asked.limit else ""
    return Table(COLUMNS, tuple(_row(asked, row, copies) for row in shown), note)


class Statement(NamedTuple):
    """An attribution with the document it is shown in, and the key of the original of that. `row` has their columns."""

    score: float | None
    original: int
    via: tuple[str, ...]
    row: Any

    @property
    def chain(self) -> tuple[str, ...]:
        """The names behind the outlet, outermost first; who hands on to themselves stands once."""
        a = self.row
        names = tuple(name for name, _ in itertools.groupby((*self.via, a.voice or a.source)) if name)
        return names[1:] if len(names) > 1 and names[0] == a.outlet else names

    @property
    def same(self) -> tuple[int, str, str | None]:
        """What makes two the same answer."""
        return self.original, self.row.content, self.row.voice


def statements(connection: Connection, filters: Filters, found: Sequence[Found]) -> list[Statement]:
    """What there is to show of the attributions found, in their order."""
    a, voices, speakers = tables.attributions, tables.voices, tables.speakers
    documents = tables.documents
    keys = [key for key, _ in found]
    # The document itself or, where it does not pass the filters, the first of its copies that does.
    where = (
        select(documents.c.read_as, func.min(documents.c.key).label("key"))
        .where(of_documents(connection, filters))
        .where(documents.c.read_as.in_(select(a.c.document).where(among(connection, a.c.key, keys))))
        .group_by(documents.c.read_as)
        .subquery("standing")
    )
    columns = (
        a.c.key, a.c.document.label("read"), a.c.id, a.c.source, a.c.cue, a.c.content, a.c.content_spans, a.c.stance,
        a.c.kind, func.coalesce(speakers.c.name, voices.c.name).label("voice"), voices.c.type.label("voice_type"),
        documents.c.key.label("document"), documents.c.outlet, documents.c.published, documents.c.title,
        documents.c.path, documents.c.url,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(where, where.c.read_as == a.c.document)
        .join(documents, documents.c.key == where.c.key)
        .outerjoin(voices, (voices.c.document == a.c.document) & (voices.c.id == a.c.voice))
        .outerjoin(speakers, speakers.c.key == voices.c.speaker)
        .where(among(connection, a.c.key, keys))
    )
    by_key = {row.key: row for row in connection.execute(query)}
    family = families(connection, (row.document for row in by_key.values()))
    through = _through(connection, keys)
    return [
        Statement(score, family[by_key[key].document], through.get(key, ()), by_key[key])
        for key, score in found
        if key in by_key
    ]


def _distinct(found: list[Statement]) -> list[Statement]:
    first: dict[object, Statement] = {}
    for statement in found:
        first.setdefault(statement.same, statement)
    return list(first.values())


def _through(connection: Connection, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The names of the voices that attributions came through, outermost first."""
    a, via, voices, speakers = tables.attributions.c, tables.via.c, tables.voices.c, tables.speakers
    query = (
        select(a.key, func.coalesce(speakers.c.name, voices.name))
        .join(tables.via, (via.document == a.document) & (via.attribution == a.id))
        .join(tables.voices, (voices.document == via.document) & (voices.id == via.voice))
        .outerjoin(speakers, speakers.c.key == voices.speaker)
        .where(among(connection, a.key, keys))
        .order_by(a.key, via.position)
    )
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for key, name in connection.execute(query):
        found[key] += (name,)
    return found


def _copies(connection: Connection, shown: list[Statement]) -> Counter[tuple[int, str]]:
    """For each original and content, in how many documents of its family that stands."""
    a, documents = tables.attributions.c, tables.documents.c
    original = families(connection, (statement.row.document for statement in shown))
    several = {root for root, count in Counter(original.values()).items() if count > 1}
    members = [key for key, root in original.items() if root in several]
    if not members:
        return Counter()
    contents = {statement.row.content for statement in shown if statement.original in several}
    query = (
        select(documents.key, a.content)
        .join(tables.attributions, a.document == documents.read_as)
        .where(among(connection, documents.key, members), among(connection, a.content, contents))
        .distinct()
    )
    return Counter((original[key], content) for key, content in connection.execute(query))


def _row(asked: Asked, statement: Statement, copies: Counter[tuple[int, str]]) -> tuple[Any, ...]:
    a, score = statement.row, statement.score
    others = max(0, copies[statement.original, a.content] - 1)
    return (
        a.published, a.outlet, a.voice, a.voice_type, statement.chain, a.stance, a.kind,
        None if score is None else round(score, 4), a.source, a.cue, a.content, hits(a.content, asked.terms),
        a.title or a.path, others, a.url, a.document, a.id, tuple((start, stop) for start, stop in a.content_spans),
    )  # fmt: skip


def suggestion(filters: Filters, *, words: bool) -> str:
    """What to try where nothing is found."""
    tries: list[str] = []
    if words:
        tries += ["fewer words", "the beginning of a word (mayor*)", "search by meaning (--like)"]
    given = [name for name in ("voice", "outlet", "about", "via") if getattr(filters, name) is not None]
    if given:
        tries.append(f"a shorter name for {' and '.join('--' + name for name in given)}")
    if filters.since or filters.until:
        tries.append("other dates")
    if not filters.documents_only and not given:
        tries.append("fewer filters")
    return f"Nothing found. Try {_either(tries)}." if tries else "Nothing found: the ledger holds no attribution."


def _either(tries: Iterable[str]) -> str:
    *others, last = tries
    return f"{', '.join(others)} or {last}" if others else last
