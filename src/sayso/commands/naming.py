"""`sayso naming`: what each outlet or voice calls somebody, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.commands.asking import FOOT, answer, asks
from sayso.commands.comparing import check_picture, draw

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger.called import Period
    from sayso.ledger.filters import Filters
    from sayso.ledger.naming import Side
    from sayso.ledger.table import Table

_EPILOG = f"""
\b
Examples:
  sayso naming strait.sayso "Highland Defence Council"
  sayso naming strait.sayso council --by voice
  sayso naming strait.sayso council --per month --picture council.svg

\b
A label under "in its own voice" is one that the outlet itself uses; those it
only prints in what others are told to have said stand beside that. The number
is how often. Words that judge are marked. sayso names lists each use by whom.
{FOOT}"""


@click.command("naming", epilog=_EPILOG)
@click.argument("ledger")
@click.argument("entity")
@click.option("--by", metavar="WHOM", type=click.Choice(("outlet", "voice")), default="outlet", show_default=True,
              help="Side by side by outlet, or by voice.")  # fmt: skip
@click.option("--per", metavar="PERIOD", type=click.Choice(("year", "month", "day")), help="Each year, month or day "
              "apart.")  # fmt: skip
@click.option("--picture", metavar="FILE", help="Draw the labels of each outlet: .svg, .png or .json (Vega-Lite).")
@asks(limit=50, attributions=False)
def command(
    ledger: str, entity: str, by: Side, per: Period | None, picture: str | None, output: str | None, **asked: Any
) -> None:
    """Show what each outlet in LEDGER calls ENTITY, side by side: in its own voice, or only quoting others."""

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.naming import called, naming
        from sayso.pictures import naming as pictured

        table = naming(connection, entity, filters, by, per, limit)
        draw(picture, lambda: pictured.chart(called(connection, entity, filters), (*table.above, "")[0]))
        return table

    answer(ledger, asked, ask, output=output, first=lambda _: check_picture(picture, ledger))
