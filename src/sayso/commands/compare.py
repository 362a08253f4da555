"""`sayso compare`: what several reports say."""

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
  sayso compare strait.sayso
  sayso compare strait.sayso --outlet ridge --from 2031-03-08
  sayso compare strait.sayso --sure 80 --format csv --output claims.csv

\b
A claim is the same content in two reports or more, in whatever words. Its
independent origins are those who have it from nobody: however many reports
carry what one official said, that is one. "1 to 2" is told where it is not
sure: two unnamed officials may be one. What was added since the last time is
compared first; the others are not compared again.

\b
Sayso does not say what is so. It shows on whose word it stands.
{FOOT}"""


@click.command("compare", epilog=_EPILOG)
@click.argument("ledger")
@SURE
@asks(limit=20, attributions=False)
def command(ledger: str, sure: int, output: str | None, **asked: Any) -> None:
    """Show what several reports in LEDGER say, how many independent origins it has, and who denies it."""

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.claims import claims

        return claims(connection, filters, limit, sure / 100)

    answer(ledger, asked, ask, output=output, first=current)
