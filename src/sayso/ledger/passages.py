"""Search in whole reports: the sentences in which words stand, each with on whose word it is, if on anybody's."""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, func, select

from sayso.errors import InvalidSearch
from sayso.innermost import innermost
from sayso.ledger import tables
from sayso.ledger.answers import Found, Statement, statements, suggestion
from sayso.ledger.copies_of import families
from sayso.ledger.filters import EVERYTHING, Filters, of_attributions, of_documents
from sayso.ledger.named import among
from sayso.ledger.table import Column, Table, limited
from sayso.ledger.words import Term, folded, hits, matches, terms
from sayso.narration import merged, sentences
from sayso.render.terminal import HOW, WHO
from sayso.render.wording import OWN_VOICE
from sayso.text import paragraphs
from sayso.types import Span, Spans

_PAGE = 20  # reports looked through at once
HEADLINE = "the headline"

Part = Literal["content", "source", "narration", "headline"]
"""Where words stand: in what somebody is told to have said, where it is told who and how, in what the report says in
its own voice, in its headline."""

COLUMNS = (
    Column("published", "date", head="date"),
    Column("outlet"),
    Column("voice", where="hidden"),
    Column("voice_type", where="hidden"),
    Column("chain", "names", head="on whose word", style=WHO),
    Column("stance", style=HOW),
    Column("kind"),
    Column("part", where="wide"),
    Column("score", "score", "hidden"),
    Column("passage", where="below"),
    Column("hits", "spans", "hidden"),
    Column("title", where="under"),
    Column("copies", "copies", "under"),
    Column("url", where="hidden"),
    Column("document", "number", "hidden"),
    Column("attribution", where="hidden"),
    Column("span", "spans", "hidden"),
)
"""`hits` are places in the passage, `span` is that of the passage in the document's text, empty for a headline."""


class _Passage(NamedTuple):
    """A sentence in which words stand, at `hits` of the text, `found` of those that were looked for; or a headline."""

    span: Span | None
    words: str
    hits: tuple[Span, ...]
    found: int


class _Placed(NamedTuple):
    """The spans of an attribution, and its key."""

    key: int
    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class _Report:
    """A report that was read, and the document it is shown as: itself or, where that does not pass the filters, the
    first that is read as it and does."""

    key: int
    score: float
    text: str
    shown: Any


def passages(connection: Connection, words: str, filters: Filters = EVERYTHING, limit: int = 20) -> Table:
    """The sentences of reports, and their headlines, in which the words stand; of each report those that hold most of
    them, in its order, the best report first. All words must be in the report, in whatever sentences.

    Filters of attributions leave what stands on such an attribution. What copies say again is the same answer.
    Raises InvalidSearch for what cannot be looked for.
    """
    wanted = terms(words)
    if not wanted:
        raise InvalidSearch("say which words to look for in whole reports")
    rows = list(islice(_rows(connection, wanted, filters), limit + 1))
    table = limited(COLUMNS, rows, limit, suggestion(filters, words=True))
    return replace(table, rows=_with_copies(connection, table))


def _with_copies(connection: Connection, table: Table) -> tuple[tuple[Any, ...], ...]:
    """The rows, each with in how many other documents of its family of copies the passage stands, or the headline."""
    documents = tables.documents.c
    original = families(connection, table.column("document"))
    several = {root for root, count in Counter(original.values()).items() if count > 1}
    members = [key for key, root in original.items() if root in several]
    read = tables.documents.alias("read").c
    query = select(documents.key, documents.title, read.text).join(read.key.table, read.key == documents.read_as)
    printed = defaultdict[int, list[tuple[str | None, str]]](list)
    for key, title, text in connection.execute(query.where(among(connection, documents.key, members))):
        printed[original[key]].append((title, text))
    at = {column.name: number for number, column in enumerate(table.columns)}["copies"]
    rows = []
    for row, record in zip(table.rows, table.records(), strict=True):
        among_them = printed[original[record["document"]]]
        number = sum(
            record["passage"] in ((title or "",) if not record["span"] else text) for title, text in among_them
        )
        rows.append((*row[:at], max(0, number - 1), *row[at + 1 :]))
    return tuple(rows)


def _rows(connection: Connection, wanted: Sequence[Term], filters: Filters) -> Iterator[tuple[Any, ...]]:
    found = _found(connection, tuple(wanted), filters)
    told = set[tuple[int, str, str]]()
    for at in range(0, len(found), _PAGE):
        page = [*_reports(connection, found[at : at + _PAGE], filters)]
        family = families(connection, (report.key for report in page))
        for report in page:
            for row in _of_report(connection, report, tuple(wanted), filters):
                record = dict(zip((column.name for column in COLUMNS), row, strict=True))
                same = (family[report.key], folded(record["passage"]), record["part"])
                if same not in told:
                    told.add(same)
                    yield row


def _found(connection: Connection, wanted: tuple[Term, ...], filters: Filters) -> list[Found]:
    """The reports that were read in which, or in the headline of a copy of which, all words stand; the best first."""
    d = tables.documents.c
    matched = matches(connection, "document_words", "document", wanted, parts=True)
    score = func.max(matched.c.score).label("score")
    query = (
        select(d.read_as, score)
        .join(matched, matched.c.key == d.key)
        .where(d.read_as.in_(select(d.read_as).where(of_documents(connection, filters))))
        .group_by(d.read_as)
        .order_by(score.desc(), d.read_as)
    )
    if not filters.documents_only:
        a = tables.attributions.c
        query = query.where(d.read_as.in_(select(a.document).where(of_attributions(connection, filters))))
    return [Found(key, float(value)) for key, value in connection.execute(query)]


def _reports(connection: Connection, found: Sequence[Found], filters: Filters) -> Iterator[_Report]:
    d, own = tables.documents, tables.documents.alias("own").c
    keys = [key for key, _ in found]
    standing = (
        select(d.c.read_as, func.min(d.c.key).label("key"))
        .where(of_documents(connection, filters), among(connection, d.c.read_as, keys))
        .group_by(d.c.read_as)
        .subquery("standing")
    )
    query = select(
        own.key.label("read"), own.text, d.c.key, d.c.outlet, d.c.published, d.c.title, d.c.path,
        d.c.url,
    ).join(standing, standing.c.read_as == own.key).join(d, d.c.key == standing.c.key)  # fmt: skip
    by_key = {row.read: row for row in connection.execute(query)}
    for key, score in found:
        row = by_key[key]
        yield _Report(key, score or 0.0, row.text, row)


def _of_report(
    connection: Connection, report: _Report, wanted: tuple[Term, ...], filters: Filters
) -> Iterator[tuple[Any, ...]]:
    """The rows of one report."""
    placed = _placed(connection, report.key)
    allowed = _allowed(connection, report.key, filters)
    held = [(passage, *_holder(report, passage, placed)) for passage in _candidates(report, wanted)]
    held = [one for one in held if allowed is None or (one[1] is not None and one[1].key in allowed)]
    most = max((passage.found for passage, _, _ in held), default=0)
    held = [one for one in held if one[0].found == most]
    # What stands on nobody is shown in the document that passes these; who and how was asked for already.
    documents = Filters(outlet=filters.outlet, since=filters.since, until=filters.until)
    shown = documents if filters.dated == "published" else replace(documents, since=None, until=None)
    keys = [holder.key for _, holder, _ in held if holder is not None]
    said = {s.row.key: s for s in statements(connection, shown, [Found(key, None) for key in dict.fromkeys(keys)])}
    for passage, holder, part in held:
        yield _row(report, passage, part, None if holder is None else said.get(holder.key))


def _allowed(connection: Connection, key: int, filters: Filters) -> set[int] | None:
    """The keys of the report's attributions that pass the filters; None if nothing is asked of them."""
    if filters.documents_only:
        return None
    a = tables.attributions.c
    passing = select(a.key).where(a.document == key, of_attributions(connection, filters))
    return set(connection.execute(passing).scalars())


def _candidates(report: _Report, wanted: tuple[Term, ...]) -> list[_Passage]:
    """All sentences of the report that hold any of the words, behind its headline, if that does and is none of them."""
    found = sorted((hit, number) for number, term in enumerate(wanted) for hit in hits(report.text, (term,)))
    spans = _sentences(report.text, [hit for hit, _ in found])
    starts = [span.start for span in spans]
    within: dict[Span, list[tuple[Span, int]]] = {}
    for hit, number in found:
        at = bisect.bisect_right(starts, hit.start) - 1
        if at >= 0 and hit.start < spans[at].end:
            within.setdefault(spans[at], []).append((Span(hit.start, min(hit.end, spans[at].end)), number))
    listed = [
        _Passage(
            span,
            report.text[slice(*span)],
            tuple(merged(hit for hit, _ in there)),
            len({number for _, number in there}),
        )
        for span, there in within.items()
    ]
    title = report.shown.title or ""
    in_title = sum(bool(hits(title, (term,))) for term in wanted)
    if in_title and not any(folded(title) in folded(passage.words) for passage in listed):
        listed.insert(0, _Passage(None, title, hits(title, wanted), in_title))
    return listed


def _sentences(text: str, places: Sequence[Span]) -> list[Span]:
    """The sentences of those paragraphs in which the places begin, in order."""
    found: list[Span] = []
    starts = [place.start for place in places]
    for start, end in paragraphs(text):
        if bisect.bisect_left(starts, start) < bisect.bisect_left(starts, end):
            found += (Span(s.start + start, s.end + start) for s in sentences(text[start:end]))
    return found


def _placed(connection: Connection, document: int) -> list[_Placed]:
    a = tables.attributions.c
    query = select(a.key, a.source_spans, a.cue_spans, a.content_spans).where(a.document == document)
    return [
        _Placed(key, *(tuple(Span(*span) for span in spans) for spans in roles))
        for key, *roles in connection.execute(query.order_by(a.position))
    ]


def _holder(report: _Report, passage: _Passage, placed: Sequence[_Placed]) -> tuple[_Placed | None, Part]:
    """The attribution in whose content most of the words of a passage stand, or else whose source or cue they are."""
    if passage.span is None or folded(passage.words) == folded(report.shown.title or ""):
        return None, "headline"
    holders = [placed[index] for index in innermost(placed, passage.hits) if index is not None]
    if holders:
        return max(holders, key=holders.count), "content"
    for hit in passage.hits:
        for one in placed:
            if any(span.start <= hit.start and hit.end <= span.end for span in one.source + one.cue):
                return one, "source"
    return None, "narration"


def _row(report: _Report, passage: _Passage, part: Part, said: Statement | None) -> tuple[Any, ...]:
    shown = report.shown
    own = (HEADLINE,) if part == "headline" else (OWN_VOICE,)
    who: tuple[Any, ...] = (None, None, own, None, None)
    if said is not None:  # else nobody, or one whom the filters leave out
        who = (said.row.voice, said.row.voice_type, said.chain, said.row.stance, said.row.kind)
    start = passage.span.start if passage.span is not None else 0
    return (
        shown.published, shown.outlet, *who, part, round(report.score, 4), passage.words,
        tuple(Span(hit.start - start, hit.end - start) for hit in passage.hits), shown.title or shown.path,
        0, shown.url, shown.key, None if said is None else said.row.id,
        () if passage.span is None else (passage.span,),
    )  # fmt: skip
