"""Whom a name means that somebody types: all in the ledger in whose name its words stand, whatever their case, accents
and order: "dravek" finds "Salim Dravek" and "President Dravek"."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, Column, ColumnElement, Connection, any_, bindparam, func, select

from sayso.ledger.identity import folded

_SAME_IN_ALL_SPELLINGS = 4  # letters of a word: "centre" and "center" part behind them


def called(
    connection: Connection, column: Column[str] | Column[str | None], name: str, *, whole: bool = False
) -> list[str]:
    """The values of a column of names that `name` means, in order: those in which its words stand or, if `whole`, those
    that are its words."""
    words = folded(name).split()
    values = connection.execute(select(column).where(column.is_not(None)).distinct()).scalars()
    found = sorted(value for value in values if words and value is not None and _holds(value, frozenset(words)))
    return [value for value in found if folded(value).split() == words] if whole else found


def among(connection: Connection, column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether the column holds one of `values`, however many they are: they are one parameter."""
    listed = list(values)
    if connection.dialect.name == "sqlite":
        return column.in_(select(func.json_each(json.dumps(listed)).table_valued("value").c.value))
    return column == any_(bindparam(None, listed, ARRAY(column.type)))


def _holds(value: str, words: frozenset[str]) -> bool:
    if value.isascii():  # most are; what does not even hold the beginnings of the words need not be taken apart
        plain = value.lower().replace("'", "")
        if not all(word[:_SAME_IN_ALL_SPELLINGS] in plain for word in words):
            return False
    return words <= frozenset(folded(value).split())
