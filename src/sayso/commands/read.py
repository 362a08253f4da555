"""`sayso read`: reports → readings, printed or written to files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.commands.interrupts import Interrupts
from sayso.commands.progress import Progress
from sayso.commands.said import FAILED, INTERRUPTED, say, say_if_foreign, silence, stop
from sayso.commands.taking import check_known, how, may_be_many, takes
from sayso.errors import SaysoError, UnreadableSource, UnwritableOutput
from sayso.export import FORMATS
from sayso.intake.how import How
from sayso.intake.loaded import Metadata
from sayso.intake.opened import Intake
from sayso.intake.sources import STDIN, sources
from sayso.intake.web import is_address

if TYPE_CHECKING:
    from sayso.output import Output
    from sayso.types import Document

_ONE = {"html": "page", "csv": "table"}

# Click keeps the lines of a block behind \b as they are.
_EPILOG = f"""
\b
Formats:
{chr(10).join(f"  {name:15}{known.summary}" for name, known in FORMATS.items())}

\b
Examples:
  sayso read report.txt
  sayso read report.pdf --labels
  sayso read report.txt --facts
  sayso read reports/ --format jsonl --output found.jsonl
  sayso read report.txt --format html --output report.html
  sayso read reports/ --format brat --output annotated/
  sayso read report.txt --outlet "Harbour Wire" --published 2031-03-12
  sayso read https://harbourwire.example/report
  pdftotext report.pdf - | sayso read -

\b
What is known of NAME.txt (or .pdf …) is also read from NAME.json beside it:
  {{"title": "…", "outlet": "…", "author": "…", "published": "2031-03-12",
   "url": "…"}}

\b
Exit codes:
  0    every report was read
  1    some report could not be read, or the output not be written
  2    the command cannot be carried out as it stands
  130  interrupted
"""


def _view(context: click.Context, option: click.Parameter, asked: bool) -> None:
    """Keep as the parameter `view` which table is asked for."""
    if asked and context.params.setdefault("view", option.name) != option.name:
        raise click.UsageError("--facts and --labels are two tables: ask for one")


@click.command("read", epilog=_EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    type=click.Choice(tuple(FORMATS)),
    default="text",
    show_default=True,
    help="What to write; see below.",
)
@click.option(
    "--labels",
    is_flag=True,
    expose_value=False,
    callback=_view,
    help="Print what each voice calls whom: short for --format labels.",
)
@click.option(
    "--facts",
    is_flag=True,
    expose_value=False,
    callback=_view,
    help="Print what can be checked: short for --format facts.",
)
@click.option("--output", metavar="PATH", help="Write here, not to the terminal: a file, or a folder.")
@takes
@click.option("--threads", metavar="N", type=click.IntRange(min=1), help="Cores to use.  [default: all]")
@click.option(
    "--width", metavar="N", type=click.IntRange(min=30), help="Columns of what is printed.  [default: the terminal's]"
)
def command(
    paths: tuple[str, ...],
    form: str,
    output: str | None,
    threads: int | None,
    width: int | None,
    view: str | None = None,
    **options: Any,
) -> None:
    """Read reports and print every attribution in them: who, how, what.

    PATH is a file (text, Markdown, HTML, PDF, DOCX, EPUB, RTF, mail, a feed, WARC,
    or a table: CSV, JSON Lines, Parquet), a folder (the reports in it and below), an
    address on the web, or - for standard input. Nothing is fetched but the addresses
    you give.
    """
    way = how(options)
    reports = _Reports(Metadata(**options), way)
    form = _viewed(form, view) if view else form
    target = None if output in (None, "-") else Path(output)
    try:
        from sayso.output import Output

        reports.found += sources(list(paths))
        check_known(reports.found, options, way)
        _check_usage(reports, form, output)
        into_folder = target is not None and str(output).endswith(("/", os.sep))
        _read(reports, Output(form, target, width, reports.many, folder=into_folder, reports=reports.paths), threads)
    except KeyboardInterrupt:
        stop(f"interrupted after {reports.finished} of {reports.count} reports", INTERRUPTED)
    except BrokenPipeError:
        silence(sys.stdout)
        stop(f"the output was closed after {reports.finished} of {reports.count} reports", FAILED)
    except UnwritableOutput as error:
        if target is None:
            silence(sys.stdout)
        stop(str(error), FAILED)
    except SaysoError as error:
        stop(str(error), FAILED)
    if reports.failed:
        if reports.count > 1:
            say(f"{reports.failed} of {reports.count} reports could not be read")
        sys.exit(FAILED)


@dataclass(slots=True)
class _Reports:
    """The reports asked for, loaded one by one; what cannot be is said on stderr, counted and passed over."""

    known: Metadata
    how: How
    found: list[str | UnreadableSource] = field(default_factory=list)
    failed: int = 0
    finished: int = 0

    @property
    def paths(self) -> list[str]:
        """The files among them."""
        return [source for source in self._named if not is_address(source)]

    @property
    def _named(self) -> list[str]:
        """All that have a name."""
        return [source for source in self.found if isinstance(source, str) and source != STDIN]

    @property
    def many(self) -> bool:
        """Whether there may be more than one report."""
        return may_be_many(self.found, self.how)

    @property
    def count(self) -> int:
        """How many there are, as far as is known: a file may hold several."""
        return max(len(self.found), self.finished + self.failed)

    def documents(self) -> Iterator[Document]:
        """Each report that can be read."""
        with Intake(self.how) as intake:
            for source in self.found:
                for report in [source] if isinstance(source, UnreadableSource) else intake.loaded(source, self.known):
                    if isinstance(report, UnreadableSource):
                        self.failed += 1
                        say(str(report))
                        continue
                    for note in report.notes:
                        say(note)
                    say_if_foreign(report.document, "standard input" if source == STDIN else str(source))
                    yield report.document


def _read(reports: _Reports, output: Output, threads: int | None) -> None:
    from sayso.engine import Engine

    engine = Engine(threads=threads)
    with Interrupts() as interrupts, output, Progress(len(reports.found)) as progress:
        for reading in engine.read_many(reports.documents()):
            with progress.out_of_the_way():
                output.write(reading)
            reports.finished += 1
            progress.show(reports.finished + reports.failed, reports.count)
            interrupts.heed()


def _viewed(form: str, view: str) -> str:
    """The format that --labels or --facts means beside --format."""
    if form not in ("text", view):
        raise click.UsageError(f"--{view} is a table for people: it cannot be written as --format {form}")
    return view


def _check_usage(reports: _Reports, form: str, output: str | None) -> None:
    many = reports.many
    if output == "":
        raise click.UsageError("--output is empty")
    if form == "brat" and output in (None, "-"):
        raise click.UsageError("--format brat writes two files a report: say --output FOLDER")
    if many and output in (None, "-") and form != "json" and not getattr(FORMATS[form], "joins", True):
        raise click.UsageError(f"--format {form} writes one {_ONE.get(form, 'file')} a report: say --output FOLDER")
    if output and os.path.realpath(output) in map(os.path.realpath, reports.paths):
        raise click.UsageError(f"--output {output} is one of the reports to be read")
