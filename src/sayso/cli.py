"""The command line: `sayso read`. What goes wrong is one sentence on stderr and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from sayso import __version__
from sayso.documents import checked_date
from sayso.errors import InvalidMetadata, SaysoError, UnreadableSource
from sayso.export import FORMATS
from sayso.intake.text import STDIN, Metadata, load, sources
from sayso.model import DEFAULT

if TYPE_CHECKING:
    from rich.progress import Progress

    from sayso.output import Output
    from sayso.types import Document

FAILED, INTERRUPTED = 1, 130

_EXAMPLES = """
\b
Examples:
  sayso read report.txt                     a ledger of who said what
  sayso read reports/ --format jsonl        one JSON reading a line
  sayso read report.txt --format html --output report.html
  sayso read reports/ --format brat --output annotated/
  sayso read report.txt --outlet "Harbour Wire" --published 2031-03-12
  curl -s https://example.org/report.txt | sayso read -

What is known of NAME.txt is also read from NAME.json beside it
("title", "outlet", "published", "url").

\b
Exit codes:
  0    every report was read
  1    some could not be read, or the output could not be written
  2    the command itself is not usable
  130  interrupted
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message=f"%(prog)s %(version)s, model {DEFAULT}")
def main() -> None:
    """Read news reports and see on whose say-so every statement stands."""


@main.command(epilog=_EXAMPLES)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "form", type=click.Choice(tuple(FORMATS)), default="text", show_default=True, help="What to write.")
@click.option("--output", type=click.Path(path_type=Path), help="Write here, not to the terminal: a file, or a folder "
              "for brat and for html of several reports.")
@click.option("--title", help="The report's headline.")
@click.option("--outlet", help="Who published it.")
@click.option("--published", metavar="DATE", help="When, as 2031-03-12 or 2031-03-12T18:30:00+02:00.")
@click.option("--url", help="Where it stood.")
@click.option("--threads", type=click.IntRange(min=1), help="Cores to use.  [default: all]")
@click.option("--width", type=click.IntRange(min=30), help="Columns of the text format.  [default: the terminal's]")
def read(
    paths: tuple[str, ...],
    form: str,
    output: Path | None,
    threads: int | None,
    width: int | None,
    **known: str | None,
) -> None:
    """Read reports and print every attribution: who, how, what.

    PATH is a text file, a folder (its .txt files, recursively) or - for standard input.
    """
    from sayso.output import Output

    found = list(sources(list(paths)))
    metadata = Metadata(**known)
    reports = _Reports(found, metadata)
    _check_usage(found, form, output, metadata)
    try:
        _read(reports, Output(form, output, width, many=len(found) > 1), threads)
    except KeyboardInterrupt:
        _stop(f"interrupted: {reports.finished} of {len(found)} reports were read", INTERRUPTED)
    except BrokenPipeError:
        # What reads our output has gone; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _stop(f"the output was closed after {reports.finished} of {len(found)} reports", FAILED)
    except SaysoError as error:
        _stop(str(error), FAILED)
    if reports.failed:
        if len(found) > 1:
            _say(f"{reports.failed} of {len(found)} reports could not be read")
        sys.exit(FAILED)


@dataclass(slots=True)
class _Reports:
    """The reports asked for, loaded one by one; what cannot be is said on stderr, counted and passed over."""

    found: list[str | UnreadableSource]
    known: Metadata
    failed: int = 0
    finished: int = 0
    _warned: set[str] = field(default_factory=set)

    def documents(self) -> Iterator[Document]:
        for source in self.found:
            try:
                if isinstance(source, UnreadableSource):
                    raise source
                loaded = load(source, self.known)
            except UnreadableSource as error:
                self.failed += 1
                _say(str(error))
                continue
            for note in loaded.notes:
                _say(note)
            language = loaded.document.language
            if language not in (None, "en"):
                _say(f"{source}: seems to be in another language ({language}); Sayso reads English, expect little")
            yield loaded.document


def _read(reports: _Reports, output: Output, threads: int | None) -> None:
    from sayso.engine import Engine

    engine = Engine(threads=threads)
    with output, _progress(len(reports.found)) as progress:
        task = progress.add_task("reading", total=len(reports.found)) if progress else None
        for reading in engine.read_many(reports.documents()):
            output.write(reading)
            reports.finished += 1
            if progress and task is not None:
                progress.update(task, completed=reports.finished + reports.failed)


def _progress(total: int) -> Progress | nullcontext[None]:
    if total < 2:
        return nullcontext()
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _check_usage(found: list[str | UnreadableSource], form: str, output: Path | None, known: Metadata) -> None:
    many = len(found) > 1
    if many and (known.title or known.url):
        raise click.UsageError(f"--title and --url are those of one report, and there are {len(found)}")
    if found.count(STDIN) > 1:
        raise click.UsageError("standard input (-) can be read only once")
    if form == "brat" and output is None:
        raise click.UsageError("--format brat writes two files a report: say --output FOLDER")
    if form == "html" and many and output is None:
        raise click.UsageError("--format html writes one page a report: say --output FOLDER")
    if known.published:
        try:
            checked_date(known.published)
        except InvalidMetadata as error:
            raise click.UsageError(str(error)) from None


def _say(sentence: str) -> None:
    click.echo(f"sayso: {sentence}", err=True)


def _stop(sentence: str, code: int) -> NoReturn:
    _say(sentence)
    sys.exit(code)
