"""What all questions to a ledger share: filters as options, and how the answer is written."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from sayso.commands.options import Command, with_options
from sayso.commands.said import FAILED, INTERRUPTED, say, silence, stop
from sayso.errors import SaysoError, UnwritableOutput
from sayso.types import Kind, Stance, VoiceType

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sayso.ledger import Ledger
    from sayso.ledger.filters import Filters
    from sayso.ledger.table import Table

FORMATS = ("table", "csv", "json", "parquet")
ALL = 1_000_000
"""More rows than this no answer has."""

FOOT = """
\b
Names are found by whole words, whatever their case and accents: "dravek" is
Salim Dravek. Dates are 2031, 2031-03 or 2031-03-07, both included.
"""

_DOCUMENTS = (
    click.option("--outlet", metavar="NAME", help="Published there."),
    click.option("--from", "since", metavar="DATE", help="Published then or later."),
    click.option("--to", "until", metavar="DATE", help="Published then or before."),
)
_ATTRIBUTIONS = (
    click.option("--voice", metavar="NAME", help="Said by whoever is called so."),
    click.option("--type", "type_", metavar="TYPE", type=click.Choice(get_args(VoiceType)),
                 help=f"Said by such a voice: {', '.join(get_args(VoiceType))}."),
    click.option("--unnamed", is_flag=True, help="Said by an unnamed voice, or by nobody."),
    click.option("--stance", metavar="STANCE", type=click.Choice(get_args(Stance)),
                 help=f"What is done with it: {', '.join(get_args(Stance))}."),
    click.option("--kind", metavar="KIND", type=click.Choice(get_args(Kind)),
                 help=f"How it is quoted: {', '.join(get_args(Kind))}."),
    click.option("--about", metavar="NAME", help="Mentions whoever or whatever is called so, by any name."),
    click.option("--via", metavar="NAME", help="Came through whoever is called so."),
    click.option("--dated", metavar="WHICH", type=click.Choice(("published", "told")), default="published",
                 show_default=True,
                 help="What --from and --to are dates of: the report (published), or a time that is told of (told)."),
)  # fmt: skip

_WRITTEN = (
    click.option("--format", "form", metavar="FORMAT", type=click.Choice(FORMATS),
                 help=f"{', '.join(FORMATS)}.  [default: what --output is called, or table]"),
    click.option("--output", metavar="FILE", help="Write here, not to the terminal."),
    click.option("--width", metavar="N", type=click.IntRange(min=30),
                 help="Columns of a table.  [default: the terminal's]"),
)  # fmt: skip


def asks(limit: int, *, attributions: bool = True) -> Callable[[Command], Command]:
    """The options of a question: the filters on documents, those on attributions if it has them, at most how many
    answers (`limit` unless told otherwise), and how they are written."""
    most = click.option("--limit", metavar="N", type=click.IntRange(min=1, max=ALL), default=limit,
                        help=f"At most so many.  [default: {'all' if limit == ALL else limit}]")  # fmt: skip
    return with_options((*_DOCUMENTS, *(_ATTRIBUTIONS if attributions else ()), most, *_WRITTEN))


def writes(command: Command) -> Command:
    """The options of an answer that nothing narrows: how it is written."""
    return with_options(_WRITTEN)(command)


def answer(
    ledger: str,
    asked: dict[str, Any],
    ask: Callable[[Connection, Filters, int], Table],
    *,
    output: str | None,
    first: Callable[[Ledger], None] = lambda _: None,
) -> None:
    """Open the ledger, ask it, and write the answer; ends the program with a sentence where that cannot be done.

    `asked` are the values of the options that `asks` made, but for `output`. `first` is done before anything is asked.
    """
    form, width, limit = asked.pop("form"), asked.pop("width"), asked.pop("limit", ALL)
    form = form or _called_so(output)
    if output is not None and os.path.realpath(output) == os.path.realpath(ledger):
        raise click.UsageError(f"--output {output} is the ledger")
    if form == "parquet" and output in (None, "-") and sys.stdout.isatty():
        raise click.UsageError("--format parquet is no text: say --output FILE")
    try:
        from sayso.ledger import Ledger
        from sayso.ledger.filters import Filters

        filters = Filters(**{name.removesuffix("_"): value for name, value in asked.items()})
        with Ledger(ledger, create=False) as opened:
            first(opened)
            with opened.reads() as connection:
                table = ask(connection, filters, limit)
        _write(table, form, None if output in (None, "-") else Path(str(output)), width)
    except KeyboardInterrupt:
        stop("interrupted", INTERRUPTED)
    except BrokenPipeError:
        silence(sys.stdout)
        sys.exit(FAILED)
    except SaysoError as error:
        stop(str(error), FAILED)


def _called_so(output: str | None) -> str:
    """The format that the name of a file means."""
    suffix = Path(output or "").suffix.lower().removeprefix(".")
    return suffix if suffix in FORMATS else "table"


def _write(table: Table, form: str, path: Path | None, width: int | None) -> None:
    if form == "table":
        data = _printed(table, width, plain=path is not None)
    else:
        from sayso.export.tables import FORMATS as WRITTEN

        data = WRITTEN[form](table)
        if table.note:
            say(table.note)
    if path is not None:
        from sayso.output import whole

        with whole(path) as stream:
            stream.write(data)
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence(sys.stdout)
        raise UnwritableOutput(Path("standard output"), f"it cannot be written ({error.strerror})") from error


def _printed(table: Table, width: int | None, *, plain: bool) -> bytes:
    """The table as people read it, as wide as the terminal or as asked for."""
    from rich.console import Console

    from sayso.render import table as rendered

    if plain:
        return (rendered.plain(table, width or rendered.MEASURE) + "\n").encode("utf-8", "replace")
    printed = io.StringIO()
    console = Console(file=printed, force_terminal=sys.stdout.isatty() or None, width=width, highlight=False)
    rendered.render(table, console)
    return printed.getvalue().encode(sys.stdout.encoding or "utf-8", "replace")
