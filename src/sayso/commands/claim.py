"""`sayso claim`: one claim, its wordings, who has it from whom, what is against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.commands.asking import answer, writes
from sayso.commands.comparing import check_picture, current, draw

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger import Ledger
    from sayso.ledger.claim import ShownClaim
    from sayso.ledger.filters import Filters
    from sayso.ledger.table import Table

_EPILOG = """
\b
Examples:
  sayso claim strait.sayso 13
  sayso claim strait.sayso 13 --picture whence.svg --timeline when.png
  sayso claim strait.sayso 13 --format csv --output wordings.csv

\b
NUMBER is what sayso compare lists. Words in which a wording differs from the
first are marked; those they stand in place of are named below it. A link that
is not sure is told as such, in the picture by a dashed line. Pictures are
.svg, .png or .json (Vega-Lite).
"""


@click.command("claim", epilog=_EPILOG)
@click.argument("ledger")
@click.argument("number")
@click.option("--picture", metavar="FILE", help="Draw who has it from whom.")
@click.option("--timeline", metavar="FILE", help="Draw when each outlet carried it.")
@writes
def command(
    ledger: str, number: str, picture: str | None, timeline: str | None, output: str | None, **asked: Any
) -> None:
    """Show claim NUMBER of LEDGER: its wordings side by side, who has it from whom, what is against it."""

    def first(opened: Ledger) -> None:
        check_picture(picture, ledger)
        check_picture(timeline, ledger)
        current(opened)

    def ask(connection: Connection, _: Filters, __: int) -> Table:
        from sayso.ledger.claim import claim

        found = claim(connection, number)
        _draw(found, picture, timeline)
        return found.table()

    answer(ledger, asked, ask, output=output, first=first)


def _draw(found: ShownClaim, picture: str | None, timeline: str | None) -> None:
    from sayso.pictures import timeline as times
    from sayso.pictures import whence
    from sayso.render.wording import quoted

    draw(picture, lambda: whence.chart(found.whence()))
    draw(timeline, lambda: times.chart(found.printed(), quoted(found.wording)))
