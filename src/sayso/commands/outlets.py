"""`sayso outlets`: who published what is there."""

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
  sayso outlets strait.sayso
  sayso outlets strait.sayso --from 2031-03

{FOOT}"""


@click.command("outlets", epilog=_EPILOG)
@click.argument("ledger")
@asks(limit=50, attributions=False)
def command(ledger: str, output: str | None, **asked: Any) -> None:
    """Show who published what is in LEDGER."""

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.outlets import outlets

        return outlets(connection, filters, limit)

    answer(ledger, asked, ask, output=output)
