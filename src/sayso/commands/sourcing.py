"""`sayso sourcing`: on whom outlets stand."""

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
  sayso sourcing strait.sayso
  sayso sourcing strait.sayso --from 2031-03 --to 2031-04
  sayso sourcing strait.sayso --format parquet --output sourcing.parquet

\b
unnamed, nobody (no source is expressed), direct and denials are shares of
what is said; narration is the share of the text that an outlet tells itself.
{FOOT}"""


@click.command("sourcing", epilog=_EPILOG)
@click.argument("ledger")
@asks(limit=50, attributions=False)
def command(ledger: str, output: str | None, **asked: Any) -> None:
    """Show on whom the reports of each outlet in LEDGER stand."""

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.sourcing import sourcing

        return sourcing(connection, filters, limit)

    answer(ledger, asked, ask, output=output)
