"""`sayso export`: a ledger → what other tools read."""

from __future__ import annotations

import click

from sayso.commands.said import FAILED, INTERRUPTED, say, stop
from sayso.errors import SaysoError
from sayso.exchange import EXCHANGES

_EPILOG = f"""
\b
Formats:
{chr(10).join(f"  {name:15}{known.summary}" for name, known in EXCHANGES.items())}

\b
Examples:
  sayso export strait.sayso --to csv --output strait.csv
  sayso export strait.sayso --to brat --output to-correct/

What is corrected in brat, INCEpTION or Label Studio comes back by sayso import.
"""


@click.command("export", epilog=_EPILOG)
@click.argument("ledger")
@click.option("--to", "form", metavar="FORMAT", type=click.Choice(tuple(EXCHANGES)), required=True, help="See below.")
@click.option("--output", metavar="PATH", required=True, help="The file, or for brat and uima the folder, to write.")
@click.option("--uncorrected", is_flag=True, help="What the engine said, without what people corrected.")
def command(ledger: str, form: str, output: str, uncorrected: bool) -> None:
    """Write all that LEDGER holds in a form that other tools read."""
    try:
        from sayso.ledger import Ledger

        with Ledger(ledger, create=False) as opened:
            count = opened.export(form, output, corrected=not uncorrected)
    except KeyboardInterrupt:
        stop("interrupted; nothing was left half written", INTERRUPTED)
    except SaysoError as error:
        stop(str(error), FAILED)
    say(f"{output}: {count} {'reading' if count == 1 else 'readings'}")
