"""`sayso documents`: what is in a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.commands.asking import ALL, FOOT, answer, asks

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.filters import Filters
    from sayso.ledger.table import Table

_EPILOG = f"""
\b
Examples:
  sayso documents strait.sayso
  sayso documents strait.sayso --outlet "Harbour Wire" --from 2031-03
  sayso documents strait.sayso --format csv --output reports.csv

\b
no. is what sayso remove and --document take. CSV, JSON and Parquet also hold
each report's address, path, byline, language, how and when it was read.
{FOOT}"""


@click.command("documents", epilog=_EPILOG)
@click.argument("ledger")
@asks(limit=ALL, attributions=False)
def command(ledger: str, output: str | None, **asked: Any) -> None:
    """List what is in LEDGER, in the order in which it was added."""

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.listing import listing

        return listing(connection, filters, limit)

    answer(ledger, asked, ask, output=output)
