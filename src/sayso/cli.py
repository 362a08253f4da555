"""The command line: `sayso read`. What goes wrong is one sentence on stderr and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from sayso import __version__
from sayso.documents import checked_date
from sayso.errors import InvalidMetadata, SaysoError, UnreadableSource, UnwritableOutput
from sayso.export import FORMATS
from sayso.intake.formats import may_hold_many
from sayso.intake.loaded import Metadata
from sayso.intake.opened import loaded
from sayso.intake.sources import STDIN, sources

if TYPE_CHECKING:
    from rich.progress import Progress

    from sayso.output import Output
    from sayso.types import Document

FAILED, INTERRUPTED = 1, 130

_ONE = {"html": "page", "csv": "table"}

# Click keeps the lines of a block behind \b as they are.
_EPILOG = f"""
\b
Formats:
{chr(10).join(f"  {name:7}{known.summary}" for name, known in FORMATS.items())}

\b
Examples:
  sayso read report.txt
  sayso read report.pdf --labels
  sayso read report.txt --facts
  sayso read reports/ --format jsonl --output found.jsonl
  sayso read report.txt --format html --output report.html
  sayso read reports/ --format brat --output annotated/
  sayso read report.txt --outlet "Harbour Wire" --published 2031-03-12
  curl -s https://harbourwire.example/report | sayso read -

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


class _Commands(click.Group):
    """The commands of Sayso, with a word of help where a path stands in place of one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            if os.path.exists(args[0]):
                raise click.UsageError(f"to read {args[0]}, say: sayso read {args[0]}", ctx) from None
            raise

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            return super().main(*args, **extra)
        except OSError as error:  # of what Click writes by itself: the help and the version
            _silence(sys.stdout)
            _stop(f"standard output: it cannot be written ({(error.strerror or str(error)).lower()})", FAILED)


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from sayso.model import DEFAULT  # loads numpy, which nothing else here needs yet

        click.echo(f"sayso {__version__}, model {DEFAULT}")
        context.exit()


def _view(context: click.Context, option: click.Parameter, asked: bool) -> None:
    """Keep as the parameter `view` which table is asked for."""
    if asked and context.params.setdefault("view", option.name) != option.name:
        raise click.UsageError("--facts and --labels are two tables: ask for one")


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and the model, and exit.",
)
@click.pass_context
def main(context: click.Context) -> None:
    """Read news reports and see on whose say-so every statement stands."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@main.command(epilog=_EPILOG)
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
@click.option("--title", help="The report's headline.")
@click.option("--outlet", help="Who published it.")
@click.option("--author", help="Whose byline it bears.")
@click.option("--published", metavar="DATE", help="When: 2031-03-12 or 2031-03-12T18:30:00+02:00.")
@click.option("--url", help="Where it stood.")
@click.option("--threads", metavar="N", type=click.IntRange(min=1), help="Cores to use.  [default: all]")
@click.option(
    "--width", metavar="N", type=click.IntRange(min=30), help="Columns of what is printed.  [default: the terminal's]"
)
def read(
    paths: tuple[str, ...],
    form: str,
    output: str | None,
    threads: int | None,
    width: int | None,
    view: str | None = None,
    **known: str | None,
) -> None:
    """Read reports and print every attribution in them: who, how, what.

    PATH is a file (text, Markdown, HTML, PDF, DOCX, EPUB or RTF), a folder (the
    reports in it and below), or - for standard input.
    """
    reports = _Reports(Metadata(**known))
    form = _viewed(form, view) if view else form
    target = None if output in (None, "-") else Path(output)
    try:
        from sayso.output import Output

        reports.found += sources(list(paths))
        _check_usage(reports, form, output)
        into_folder = target is not None and str(output).endswith(("/", os.sep))
        _read(reports, Output(form, target, width, reports.many, folder=into_folder, reports=reports.paths), threads)
    except KeyboardInterrupt:
        _stop(f"interrupted after {reports.finished} of {reports.count} reports", INTERRUPTED)
    except BrokenPipeError:
        _silence(sys.stdout)
        _stop(f"the output was closed after {reports.finished} of {reports.count} reports", FAILED)
    except UnwritableOutput as error:
        if target is None:
            _silence(sys.stdout)
        _stop(str(error), FAILED)
    except SaysoError as error:
        _stop(str(error), FAILED)
    if reports.failed:
        if reports.count > 1:
            _say(f"{reports.failed} of {reports.count} reports could not be read")
        sys.exit(FAILED)


@dataclass(slots=True)
class _Reports:
    """The reports asked for, loaded one by one; what cannot be is said on stderr, counted and passed over."""

    known: Metadata
    found: list[str | UnreadableSource] = field(default_factory=list)
    failed: int = 0
    finished: int = 0

    @property
    def paths(self) -> list[str]:
        """The files among them."""
        return [source for source in self.found if isinstance(source, str) and source != STDIN]

    @property
    def many(self) -> bool:
        """Whether there may be more than one report."""
        return len(self.found) > 1 or any(map(may_hold_many, self.paths))

    @property
    def count(self) -> int:
        """How many there are, as far as is known: a file may hold several."""
        return max(len(self.found), self.finished + self.failed)

    def documents(self) -> Iterator[Document]:
        """Each report that can be read."""
        for source in self.found:
            for report in [source] if isinstance(source, UnreadableSource) else loaded(source, self.known):
                if isinstance(report, UnreadableSource):
                    self.failed += 1
                    _say(str(report))
                    continue
                for note in report.notes:
                    _say(note)
                language = report.document.language
                if language not in (None, "en"):
                    name = "standard input" if source == STDIN else source
                    _say(f"{name}: seems to be in another language ({language}); Sayso reads English, expect little")
                yield report.document


def _read(reports: _Reports, output: Output, threads: int | None) -> None:
    from sayso.engine import Engine

    engine = Engine(threads=threads)
    with output, _Progress(len(reports.found)) as progress:
        for reading in engine.read_many(reports.documents()):
            with progress.out_of_the_way():
                output.write(reading)
            reports.finished += 1
            progress.show(reports.finished + reports.failed, reports.count)


class _Progress:
    """A bar on stderr, for more than one report and where somebody sees it."""

    def __init__(self, total: int) -> None:
        self._bar: Progress | None = None
        if total < 2 or sys.stderr is None or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
        self._task = self._bar.add_task("", total=total)

    def __enter__(self) -> _Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, done: int, total: int) -> None:
        """So many reports are done with, of so many."""
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total)

    @contextmanager
    def out_of_the_way(self) -> Iterator[None]:
        """Take the bar off the terminal while something else is printed on it."""
        if self._bar is None or not sys.stdout.isatty():
            yield
            return
        self._bar.stop()
        yield
        self._bar.start()


def _viewed(form: str, view: str) -> str:
    """The format that --labels or --facts means beside --format."""
    if form not in ("text", view):
        raise click.UsageError(f"--{view} is a table for people: it cannot be written as --format {form}")
    return view


def _check_usage(reports: _Reports, form: str, output: str | None) -> None:
    many = reports.many
    known = reports.known
    if many and (known.title or known.url):
        there = f"are {len(reports.found)}" if len(reports.found) > 1 else "may be more"
        raise click.UsageError(f"--title and --url are those of one report, and there {there}")
    if reports.found.count(STDIN) > 1:
        raise click.UsageError("standard input (-) can be read only once")
    if output == "":
        raise click.UsageError("--output is empty")
    if form == "brat" and output in (None, "-"):
        raise click.UsageError("--format brat writes two files a report: say --output FOLDER")
    if form in ("html", "csv") and many and output in (None, "-"):
        raise click.UsageError(f"--format {form} writes one {_ONE[form]} a report: say --output FOLDER")
    if output and os.path.realpath(output) in map(os.path.realpath, reports.paths):
        raise click.UsageError(f"--output {output} is one of the reports to be read")
    if known.published:
        try:
            checked_date(known.published)
        except InvalidMetadata as error:
            raise click.UsageError(f"--{error}") from None


def _say(sentence: str) -> None:
    try:
        click.echo(f"sayso: {sentence}", err=True)
    except OSError:  # nobody can hear us
        _silence(sys.stderr)


def _stop(sentence: str, code: int) -> NoReturn:
    _say(sentence)
    sys.exit(code)


def _silence(stream: TextIO | None) -> None:
    """Let go what could not be written to `stream`: Python would try once more at exit, and complain."""
    if stream is None:
        return
    with suppress(OSError):  # a stream in memory has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
