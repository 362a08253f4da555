"""`sayso split`: one who was taken for one is two."""

from __future__ import annotations

import click

from sayso.commands.said import FAILED, say, stop
from sayso.errors import SaysoError

_EPILOG = """
\b
Examples:
  sayso split strait.sayso "Saleem Drawek"                what merge did is undone
  sayso split strait.sayso "Ruben Otieku" --document 12   in document 12 it is another of that name
"""


@click.command("split", epilog=_EPILOG)
@click.argument("ledger")
@click.argument("name")
@click.option("--document", "within", metavar="N", type=int, multiple=True, help="In this document; repeatable.")
@click.option("--by", metavar="WHO", help="Who says so.")
def command(ledger: str, name: str, within: tuple[int, ...], by: str | None) -> None:
    """Say that NAME is nobody else, or, in some documents of LEDGER, another of that name."""
    try:
        from sayso.ledger import Ledger

        with Ledger(ledger, create=False) as opened:
            done = opened.split(name, within=within, by=by)
    except SaysoError as error:
        stop(str(error), FAILED)
    who = f"another there from now on, {done.into}" if within else "nobody else from now on"
    say(f"{name} is {who}; documents: {done.documents}")
