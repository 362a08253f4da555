"""`sayso timeline`: what was said, or is told of, in the order of time."""

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
  sayso timeline strait.sayso --voice dravek
  sayso timeline strait.sayso --dated told --from 2031-03-06 --to 2031-03-08

\b
With --dated told, what is told of comes in the order of the days that are told,
on whose word or in the report's own voice.
{FOOT}"""


@click.command("timeline", epilog=_EPILOG)
@click.argument("ledger")
@asks(limit=50)
def command(ledger: str, output: str | None, **asked: Any) -> None:
    """Show what was said when in LEDGER, the oldest first."""

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.timeline import timeline

        return timeline(connection, filters, limit)

    answer(ledger, asked, ask, output=output)
