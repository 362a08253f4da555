"""What is looked for in words: `flood "wool exchange" mayor*` → terms; how each database is asked for them, and where
they stand in a text.

All terms must be there. Words between quotation marks, or joined by marks (“mayor’s”), are a phrase; a term that ends
in an asterisk also finds longer words. Case and accents make no difference.
"""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import regex
from sqlalchemy import BigInteger, Connection, Double, FromClause, Text, bindparam, column, text

from sayso.errors import InvalidSearch
from sayso.types import Span

LONGEST = 2000
"""Bytes of UTF-8 that may be looked for at once: PostgreSQL takes no longer word."""
MOST_TERMS = 64

_QUOTED = regex.compile(r'"([^"]*)(?:"|$)(\*?)|([^\s"]+)')
_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"') | {"\0": " "})
_WORD = regex.compile(r"[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{Mn}]*")
_ACCENTS = regex.compile(r"\p{Mn}+")
_SURROGATES = regex.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase. `written` is as it was asked for, `words` are its words as they are compared; if `prefix`,
    the last may go on."""

    written: str
    words: tuple[str, ...]
    prefix: bool


def terms(query: str) -> tuple[Term, ...]:
    """The terms of a query; none if it is blank.

    Raises InvalidSearch if it is too long, or there is something in it but no letter or digit.
    """
    query = _SURROGATES.sub("\ufffd", query).translate(_MARKS)
    if len(unicodedata.normalize("NFKD", query).encode()) > LONGEST:
        raise InvalidSearch(f"what is looked for may be {LONGEST:,} letters long, not longer")
    found = []
    for match in _QUOTED.finditer(query):
        phrase, star, word = match.groups()
        written = phrase if word is None else word.rstrip("*")
        words = tuple(folded(part) for part in _WORD.findall(written))
        if words:
            found.append(Term(written, words, prefix=bool(star) if word is None else word.endswith("*")))
    if len(found) > MOST_TERMS:
        raise InvalidSearch(f"what is looked for may be {MOST_TERMS} words or phrases, not more")
    if query.strip() and not found:
        raise InvalidSearch(f"there is no word in what is looked for: {' '.join(query.split())}")
    return tuple(found)


def matches(
    connection: Connection, table: str, key: str, wanted: tuple[Term, ...], *, parts: bool = False
) -> FromClause:
    """The rows of a table of the full text in which all terms stand: `key`, and `score`, the greater the better (BM25
    in SQLite, ts_rank in PostgreSQL). With `parts` they may stand in different parts of what PostgreSQL keeps in parts
    (a headline and the text; a long text)."""
    if connection.dialect.name == "sqlite":
        # The hidden column `rank` is BM25 with its sign turned, so that the best comes first.
        asked = text(f"SELECT rowid AS key, -rank AS score FROM {table} WHERE {table} MATCH :wanted")
        asked = asked.bindparams(bindparam("wanted", " AND ".join(map(_fts5, wanted)), unique=True))
    else:
        each = [_tsquery(f":term{at}", term.prefix) for at, term in enumerate(wanted)]
        query = (" || " if parts else " && ").join(each)
        found = f"words @@ query AND {key} IN ({_in_all(table, key, each)})" if parts else "words @@ query"
        asked = text(
            f"SELECT {key} AS key, max(ts_rank(words, query)) AS score "
            f"FROM {table}, (SELECT {query} AS query) AS asked WHERE {found} GROUP BY {key}"
        ).bindparams(*(bindparam(f"term{at}", term.written, Text) for at, term in enumerate(wanted)))
    return asked.columns(column("key", BigInteger), column("score", Double)).subquery("matched")


def hits(content: str, wanted: tuple[Term, ...]) -> tuple[Span, ...]:
    """Where in a text the terms stand, in its order; what overlaps or meets is one."""
    if not wanted:
        return ()
    words = [(match.start(), match.end(), folded(match.group())) for match in _WORD.finditer(content)]
    found: list[Span] = []
    by_first: defaultdict[str, list[Term]] = defaultdict(list)
    prefixes = [term for term in wanted if term.prefix and len(term.words) == 1]
    for term in wanted:
        by_first[term.words[0]].append(term)
    for at, (start, _, word) in enumerate(words):
        candidates = [*by_first.get(word, ()), *(term for term in prefixes if word.startswith(term.words[0]))]
        ends = [words[at + len(term.words) - 1][1] for term in candidates if _stands(term, words, at)]
        if not ends:
            continue
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, *ends))
        else:
            found.append(Span(start, max(ends)))
    return tuple(found)


@functools.lru_cache(maxsize=1 << 14)
def folded(word: str) -> str:
    """The word without its case and accents."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", word)).casefold()


def _stands(term: Term, words: list[tuple[int, int, str]], at: int) -> bool:
    """Whether the term's words are those from the one at `at` on."""
    if at + len(term.words) > len(words):
        return False
    *others, last = (word for _, _, word in words[at : at + len(term.words)])
    whole = last.startswith(term.words[-1]) if term.prefix else last == term.words[-1]
    return whole and others == list(term.words[:-1])


def _fts5(term: Term) -> str:
    """A term in FTS5's language: between quotation marks nothing means anything but words."""
    quoted = term.written.replace('"', " ")
    return f'"{quoted}" *' if term.prefix else f'"{quoted}"'


def _in_all(table: str, key: str, queries: Sequence[str]) -> str:
    """The keys in whose rows, taken together, something fits each query."""
    return " INTERSECT ".join(f"SELECT {key} FROM {table} WHERE words @@ {query}" for query in queries)


def _tsquery(parameter: str, prefix: bool) -> str:
    """The same in PostgreSQL's: `sayso_folded` leaves letters, digits and spaces, so nothing else means anything."""
    if not prefix:
        return f"phraseto_tsquery('simple', sayso_folded({parameter}))"
    words = f"btrim(sayso_folded({parameter}))"
    asked = f"CASE {words} WHEN '' THEN '' ELSE replace({words}, ' ', ' <-> ') || ':*' END"
    return f"to_tsquery('simple', {asked})"
