"""Where else what a report says stands: the claims that others carry too, and its copies; a view beside the report."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from sayso.ledger.carried import carried
from sayso.ledger.copied import copied
from sayso.ledger.table import Table
from sayso.render.page.markup import escape, excerpt
from sayso.render.wording import counted
from sayso.web.shown import share


def elsewhere(connection: Connection, key: int) -> str:
    """The HTML of the view; empty if the report has nothing in common with any other."""
    claims, copies = carried(connection, key), copied(connection, key)
    return _list("The same claims in other reports", _claims(claims)) + _list("Copies", _copies(copies))


def _list(title: str, items: Iterator[str]) -> str:
    shown = "".join(items)
    return f'<h3>{title}</h3>\n<ul class="elsewhere" role="list">\n{shown}</ul>\n' if shown else ""


def _claims(table: Table) -> Iterator[str]:
    for claim in table.records():
        origins = f"{claim['origins']} independent {'origin' if claim['most'] == 1 else 'origins'}"
        denied = f", denied in {claim['denials']}" if claim["denials"] else ""
        said = f"{counted(claim['reports'], 'report')}, {origins}{denied}: {', '.join(claim['from'])}"
        wording = escape(excerpt(claim["wording"]))
        yield f'<li><a href="/claims/{claim["claim"]}">{wording}</a><br>{escape(said)}</li>\n'


def _copies(table: Table) -> Iterator[str]:
    for copy in table.records():
        alike = f"{share(copy['alike'])} alike" if copy["alike"] else ""
        said = " · ".join(filter(None, (copy["outlet"], (copy["published"] or "")[:10], alike)))
        yield f'<li><a href="/documents/{copy["document"]}">{escape(copy["title"])}</a><br>{escape(said)}</li>\n'
