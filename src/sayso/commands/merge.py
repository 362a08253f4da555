"""`sayso merge`: two who were taken for two are one."""

from __future__ import annotations

import click

from sayso.commands.said import FAILED, say, stop
from sayso.errors import SaysoError

_EPILOG = """
\b
Examples:
  sayso merge strait.sayso "Salim Dravek" "Saleem Drawek"
  sayso merge strait.sayso "Salim Dravek" "Dravek" --document 7

NAME and OTHER are names as the ledger shows them, or identities ("person:salim dravek") where several bear a name.
"""


@click.command("merge", epilog=_EPILOG)
@click.argument("ledger")
@click.argument("name")
@click.argument("other")
@click.option("--document", "within", metavar="N", type=int, multiple=True, help="In this document alone; repeatable.")
@click.option("--by", metavar="WHO", help="Who says so.")
def command(ledger: str, name: str, other: str, within: tuple[int, ...], by: str | None) -> None:
    """Say that OTHER is NAME, in LEDGER and in what is added to it later."""
    try:
        from sayso.ledger import Ledger

        with Ledger(ledger, create=False) as opened:
            done = opened.merge(name, other, within=within, by=by)
    except SaysoError as error:
        stop(str(error), FAILED)
    say(f"{other} is {name} from now on; documents: {done.documents}")
