"""`sayso voices`: who speaks most."""

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
  sayso voices strait.sayso
  sayso voices strait.sayso --outlet "Harbour Wire"
  sayso voices strait.sayso --type organisation --about ildag

\b
Voices of several reports are one where they were found to be: known by says
how. Those that are counted together by their "name alone" may be several.
{FOOT}"""


@click.command("voices", epilog=_EPILOG)
@click.argument("ledger")
@asks(limit=50)
def command(ledger: str, output: str | None, **asked: Any) -> None:
    """Show who speaks most in LEDGER."""

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.voices import voices

        return voices(connection, filters, limit)

    answer(ledger, asked, ask, output=output)
