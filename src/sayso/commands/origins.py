"""`sayso origins`: on how few the claims stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.commands.asking import FOOT, answer, asks
from sayso.commands.comparing import SURE, current

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.filters import Filters
    from sayso.ledger.table import Table

_EPILOG = f"""
\b
Examples:
  sayso origins strait.sayso
  sayso origins strait.sayso --from 2031-03-08 --format csv --output origins.csv

\b
The claims that most reports carry for each origin come first: many reports,
one voice. Who is not named may be the same as another who is not named, so
the number is a range then. Reports that have a claim from each other only
are told as a circle. sayso claim shows one with all who carried it.
{FOOT}"""


@click.command("origins", epilog=_EPILOG)
@click.argument("ledger")
@SURE
@asks(limit=20, attributions=False)
def command(ledger: str, sure: int, output: str | None, **asked: Any) -> None:
    """Show on how few independent origins the claims in LEDGER stand, and who these are."""

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.origins import origins

        return origins(connection, filters, limit, sure / 100)

    answer(ledger, asked, ask, output=output, first=current)
