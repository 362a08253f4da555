"""`sayso search`: who said what, by its words or by its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.commands.asking import FOOT, answer, asks
from sayso.commands.said import say

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger import Ledger
    from sayso.ledger.filters import Filters
    from sayso.ledger.table import Table

_EPILOG = f"""
\b
Examples:
  sayso search strait.sayso launcher
  sayso search strait.sayso '"wool exchange" weapon*' --stance denies
  sayso search strait.sayso --voice dravek --from 2031-03-08
  sayso search strait.sayso --like "the army fired no rocket" --outlet ridge
  sayso search strait.sayso crane --in text
  sayso search strait.sayso toll --format csv --output toll.csv

\b
WORDS must all be there, in whatever order; "two words" in quotation marks
stand together, and weapon* begins a word. Without any, all that passes the
filters is listed, the newest first. --in text shows sentences, each with on
whose word it is, or that it is the report’s own.
{FOOT}"""


@click.command("search", epilog=_EPILOG)
@click.argument("ledger")
@click.argument("words", nargs=-1)
@click.option("--like", metavar="TEXT", help="Find what means the same, or nearly, in whatever words.")
@click.option(
    "--in",
    "inside",
    metavar="WHERE",
    type=click.Choice(("content", "text")),
    default="content",
    show_default=True,
    help="Where WORDS must stand: in what is told to have been said (content), or anywhere in a report (text).",
)
@asks(limit=20)
def command(
    ledger: str, words: tuple[str, ...], like: str | None, inside: str, output: str | None, **asked: Any
) -> None:
    """Find in LEDGER who said what: WORDS, in what voices are told to have said, or in whole reports."""
    if like is not None and words:
        raise click.UsageError("search by WORDS or by --like, not by both")
    if inside == "text" and not words:
        raise click.UsageError("--in text looks for WORDS: say which")

    if like is not None:
        _by_meaning(ledger, like, output, asked)
        return

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.passages import passages
        from sayso.ledger.search import search

        return (passages if inside == "text" else search)(connection, " ".join(words), filters, limit)

    answer(ledger, asked, ask, output=output)


def _by_meaning(ledger: str, like: str, output: str | None, asked: dict[str, Any]) -> None:
    from sayso.meaning import Meanings

    meanings = Meanings()

    def complete(opened: Ledger) -> None:
        opened.complete(meanings, told=lambda: say("what is said is read for its meaning first; that is done once"))

    def ask(connection: Connection, filters: Filters, limit: int) -> Table:
        from sayso.ledger.meaning import alike

        return alike(connection, like, meanings, filters, limit)

    answer(ledger, asked, ask, output=output, first=complete)
