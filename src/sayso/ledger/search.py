"""Search by words: who said what, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, null, select

from sayso.ledger import tables
from sayso.ledger.answers import Asked, Found, answers, suggestion
from sayso.ledger.filters import EVERYTHING, Filters, of_attributions
from sayso.ledger.table import Table
from sayso.ledger.words import matches, terms

LIMIT = 20
"""So many answers are given unless more are asked for."""


def search(connection: Connection, words: str = "", filters: Filters = EVERYTHING, limit: int = LIMIT) -> Table:
    """The attributions in whose content all the words stand and that pass the filters, the best first; without words
    all that pass, the newest first.

    `words` are words, "phrases" and beginnings*. Raises InvalidSearch for what cannot be looked for.
    """
    asked = Asked(terms(words), filters, limit)
    condition = of_attributions(connection, filters)
    a, documents = tables.attributions.c, tables.documents.c
    query: Select[*tuple[Any, ...]]
    if asked.terms:
        matched = matches(connection, "content_words", "attribution", asked.terms)
        query = select(a.key, matched.c.score).join(matched, matched.c.key == a.key)
        query = query.order_by(matched.c.score.desc(), a.key)
    else:
        query = select(a.key, null()).join(tables.documents, documents.key == a.document)
        query = query.order_by(documents.published.is_(None), documents.published.desc(), a.document, a.position)

    def best(most: int) -> Sequence[Found]:
        found = connection.execute(query.where(condition).limit(most))
        return [Found(key, score) for key, score in found]

    table = answers(connection, asked, best)
    return table if table.rows else replace(table, note=suggestion(filters, words=bool(asked.terms)))
