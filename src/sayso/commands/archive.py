"""`sayso archive`: reports, any number of them → partitioned Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sayso.commands.interrupts import Interrupts
from sayso.commands.options import with_options
from sayso.commands.progress import Progress as Bar
from sayso.commands.said import FAILED, INTERRUPTED, say, stop
from sayso.errors import InvalidMetadata, SaysoError
from sayso.intake.columns import from_words

if TYPE_CHECKING:
    from sayso.archive.forecast import Forecast
    from sayso.archive.making import Progress
    from sayso.archive.manifest import Totals
    from sayso.archive.order import Order

_EPILOG = """
\b
Examples:
  sayso archive news.warc.gz strait/
  sayso archive CC-NEWS-2031-03/ strait/ --language en --no-copies
  sayso archive CC-NEWS-2031-03/ strait/ --language en --dry-run
  sayso archive reports.parquet strait/ --columns text=body,published=day
  sayso archive s3://press/2031/ s3://desk/strait/ --from 2031-03 --keyword "Ildemar*"
  sayso archive s3://press/CC-NEWS-2031-03/ s3://desk/strait/ --on ray

OUTPUT gets a folder for each table (documents, attributions, voices, entities, labels, times, places, quantities) of
Parquet files, a folder quarantine/ for what cannot be read, and, when all is done, manifest.json with the counts. An
archive that was interrupted is completed by the same command.

\b
Exit codes:
  0    the archive is complete; what could not be read is in quarantine/
  1    an input is not there, or the archive cannot be written, or is another one
  2    the command cannot be carried out as it stands
  130  interrupted
"""

_FILTERS = (
    click.option("--language", "languages", metavar="CODE", multiple=True, help="Read what is in this language (en)."),
    click.option("--outlet", "outlets", metavar="NAME", multiple=True, help="Read what this outlet or host published."),
    click.option("--from", "since", metavar="DATE", help="Read what was published then or later."),
    click.option("--to", "until", metavar="DATE", help="Read what was published then or before."),
    click.option("--keyword", "keywords", metavar="WORDS", multiple=True,
                 help="Read what holds this word or phrase; word* is the beginning of a word."),
    click.option("--no-copies", is_flag=True, help="Pass over copies and near copies of what came before."),
)  # fmt: skip


@click.command("archive", epilog=_EPILOG)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.argument("output")
@with_options(_FILTERS)
@click.option(
    "--columns",
    metavar="text=NAME,…",
    multiple=True,
    help="In tables (CSV, JSON Lines, Parquet), which column holds what: text, title, outlet, author, published, url."
    "  [default: guessed from their names]",
)
@click.option("--dry-run", is_flag=True, help="Read a sample, and say what all of it would take.")
@click.option("--without-text", is_flag=True, help="Leave the texts of the reports out of the archive.")
@click.option("--partition", metavar="N", type=click.IntRange(min=1), help="Reports a partition.  [default: 250]")
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Cores, or workers, to use.  [default: all]")
@click.option(
    "--on",
    type=click.Choice(("machine", "ray")),
    default="machine",
    show_default=True,
    help="Read on this machine, or on the Ray cluster that RAY_ADDRESS names.",
)
def command(inputs: tuple[str, ...], output: str, jobs: int | None, on: Any, **options: Any) -> None:
    """Read archives of reports into Parquet tables: millions, on all cores or on many machines.

    INPUT is a file or a folder as for sayso read (WARC, Parquet, JSON Lines, CSV, text, HTML, PDF ...), on this machine
    or in an object store (s3://bucket/folder). OUTPUT is a folder here or there.
    """
    interrupts = Interrupts()
    try:
        from sayso.archive.making import make

        order = _order(options)
        if options["dry_run"]:
            from sayso.archive.forecast import forecast

            click.echo(_foretold(forecast(inputs, order, jobs=jobs)))
            return
        with interrupts, _Told(interrupts) as told:
            totals = make(inputs, output, order, told.hear, jobs=jobs, on=on)
    except KeyboardInterrupt:
        stop("interrupted; the same command goes on from there", INTERRUPTED)
    except InvalidMetadata as error:
        raise click.UsageError(f"--{error}") from None
    except SaysoError as error:
        stop(str(error), FAILED)
    say(_summary(totals))


def _order(options: dict[str, Any]) -> Order:
    from sayso.archive.filters import Filters
    from sayso.archive.order import PARTITION, Order
    from sayso.intake.how import How

    return Order(
        filters=Filters(
            languages=options["languages"],
            outlets=options["outlets"],
            since=options["since"],
            until=options["until"],
            keywords=options["keywords"],
            copies=not options["no_copies"],
        ),
        how=How(from_words(options["columns"])),
        partition=options["partition"] or PARTITION,
        with_text=not options["without_text"],
    )


class _Told:
    """Shows how far it has come, on a terminal as a bar; says once what was there before."""

    def __init__(self, interrupts: Interrupts) -> None:
        self._interrupts = interrupts
        self._bar = Bar(None)
        self._begun = False

    def __enter__(self) -> _Told:
        self._bar.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.__exit__()

    def hear(self, progress: Progress) -> None:
        """It has come so far."""
        if not self._begun and progress.before:
            say(f"{progress.before:,} reports were dealt with before")
        self._begun = True
        self._bar.show(progress.totals.found, progress.expected)
        self._interrupts.heed()


def _foretold(forecast: Forecast) -> str:
    """A forecast in words."""
    whole = forecast.looked_at >= 1
    totals = f"{forecast.found:,} reports{'' if whole else f' or so (by {forecast.looked_at:.0%} of the input)'}"
    why = ", ".join(f"{count:,} {_REASONS[reason]}" for reason, count in sorted(forecast.skipped.items()))
    skipped = f"{forecast.skipped.total():,} skipped" + (f" ({why})" if why else "")
    return "\n".join(
        (
            f"{totals}: {forecast.read:,} to be read, {skipped}, {forecast.quarantined:,} quarantined",
            f"time     {_duration(forecast.seconds)} in {forecast.jobs} process{'es' * (forecast.jobs != 1)}",
            f"memory   {_bytes(forecast.memory)} at most, all processes together",
            f"archive  {_bytes(forecast.size)} in {forecast.partitions:,} partition{'s' * (forecast.partitions != 1)}",
        )
    )


def _duration(seconds: float) -> str:
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.0f} seconds"


def _bytes(count: int) -> str:
    for size, unit in ((10**12, "TB"), (10**9, "GB")):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count / 10**6:.1f} MB"


def _summary(totals: Totals) -> str:
    why = ", ".join(f"{count:,} {_REASONS[reason]}" for reason, count in sorted(totals.skipped.items()))
    skipped = f"{totals.skipped.total():,} skipped" + (f" ({why})" if why else "")
    counts = f"{totals.read:,} read, {skipped}, {totals.quarantined:,} quarantined"
    return f"{totals.found:,} found: {counts}; {totals.rows['attributions']:,} attributions"


_REASONS = {
    "language": "in other languages",
    "outlet": "of other outlets",
    "date": "of other days",
    "keyword": "without the words",
    "copy": "copies",
}
