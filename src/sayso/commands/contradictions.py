"""`sayso contradictions`: what cannot both be so."""

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
  sayso contradictions strait.sayso
  sayso contradictions strait.sayso --sure 80 --format json

\b
"other number": two claims on one matter whose numbers cannot both be so.
"denied": some say it is so, others that it is not. "later count": who told
the first number told the second later, and nobody tells the first any more;
these come last. The number before each side is that of its claim, for sayso
claim. Sayso does not say who is right.
{FOOT}"""


@click.command("contradictions", epilog=_EPILOG)
@click.argument("ledger")
@SURE
@asks(limit=20, attributions=False)
def command(ledger: str, sure: int, output: str | None, **asked: Any) -> None:
    """Show which claims in LEDGER contradict each other, each side with who says so."""

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.contradictions import contradictions

        return contradictions(connection, filters, limit, sure / 100)

    answer(ledger, asked, ask, output=output, first=current)
