"""`sayso import`: what people corrected elsewhere → a ledger."""

from __future__ import annotations

import sys

import click

from sayso.commands.said import FAILED, INTERRUPTED, number, say, stop
from sayso.errors import SaysoError, UnreadableSource

_EPILOG = """
\b
Examples:
  sayso import strait.sayso corrected/ --by "I. Tamarind"
  sayso import strait.sayso project-7.json

What the engine said is kept beside the corrections, and they stay when the report is read again.
"""


@click.command("import", epilog=_EPILOG)
@click.argument("ledger")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--by", metavar="WHO", help="Who corrected it, where the files do not say.")
def command(ledger: str, paths: tuple[str, ...], by: str | None) -> None:
    """Take corrections back into LEDGER: brat .ann files beside their texts, UIMA .xmi, Label Studio .json, or folders
    of such."""
    documents = made = failed = 0
    try:
        from sayso.ledger import Ledger

        with Ledger(ledger, create=False) as opened:
            for path in paths:
                for item in opened.take_back(path, by=by):
                    if isinstance(item, UnreadableSource):
                        failed += 1
                        say(str(item))
                        continue
                    documents += 1
                    made += item.corrections
                    if item.unfitting:
                        say(f"document {item.document}: {len(item.unfitting)} corrections fit nowhere in its reading")
    except KeyboardInterrupt:
        stop(f"interrupted after {documents} documents; importing again goes on from there", INTERRUPTED)
    except SaysoError as error:
        stop(str(error), FAILED)
    say(f"{number(made, 'correction')} in {number(documents, 'document')}" if documents else "nothing was corrected")
    if failed:
        sys.exit(FAILED)
