"""`sayso names`: who calls somebody what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.commands.asking import FOOT, answer, asks

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.called import Period
    from sayso.ledger.filters import Filters
    from sayso.ledger.table import Table

_EPILOG = f"""
\b
Examples:
  sayso names strait.sayso "Highland Defence Council"
  sayso names strait.sayso council --per month --outlet ildag
  sayso names strait.sayso council --voice "Colm Vantry"
{FOOT}"""


@click.command("names", epilog=_EPILOG)
@click.argument("ledger")
@click.argument("entity")
@click.option("--voice", metavar="NAME", help="Called so by whoever is called so.")
@click.option("--per", metavar="PERIOD", type=click.Choice(("year", "month", "day")), help="Count for each year, month "
              "or day apart.")  # fmt: skip
@asks(limit=50, attributions=False)
def command(ledger: str, entity: str, voice: str | None, per: Period | None, output: str | None, **asked: Any) -> None:
    """Show who in LEDGER calls ENTITY what, and which words judge."""

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.called import names

        return names(connection, entity, filters, limit, per)

    answer(ledger, {**asked, "voice": voice}, ask, output=output)
