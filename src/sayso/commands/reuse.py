"""`sayso reuse`: which reports took passages over from others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.commands.asking import FOOT, answer, asks

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.filters import Filters
    from sayso.ledger.table import Table

_EPILOG = f"""
\b
Examples:
  sayso reuse strait.sayso
  sayso reuse strait.sayso --outlet ridge --format csv --output taken.csv

\b
A passage is told of the report that was published later. Words that were put
in are marked; those they stand in place of are named below.
{FOOT}"""


@click.command("reuse", epilog=_EPILOG)
@click.argument("ledger")
@asks(limit=20, attributions=False)
def command(ledger: str, output: str | None, **asked: Any) -> None:
    """Show which reports in LEDGER took passages over from others, word for word or with changes."""

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.reused import reused

        return reused(connection, filters, limit)

    answer(ledger, asked, ask, output=output)
