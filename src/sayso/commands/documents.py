"""`sayso documents`: what is in a ledger."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sayso.commands.said import FAILED, silence, stop
from sayso.errors import SaysoError

if TYPE_CHECKING:
    from sayso.ledger.store import Entry


@click.command("documents")
@click.argument("ledger")
def command(ledger: str) -> None:
    """List what is in LEDGER, one document a line: its number, date, outlet, headline."""
    try:
        from sayso.ledger import Ledger

        with Ledger(ledger, create=False) as opened:
            for entry in opened.documents():
                click.echo(_line(entry))
    except BrokenPipeError:
        silence(sys.stdout)
    except SaysoError as error:
        stop(str(error), FAILED)


def _line(entry: Entry) -> str:
    from sayso.render.terminal import visible

    what = entry.title or entry.path or entry.url or entry.id[:19]
    known = [entry.published or "undated", entry.outlet or "no outlet", what]
    if entry.copy_of is not None:
        known.append(f"copy of {entry.copy_of} ({entry.alike:.0%})")
    return f"{entry.key:>6}  {visible(' · '.join(known))}"
