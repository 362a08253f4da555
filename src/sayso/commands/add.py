"""`sayso add`: reports → a ledger."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from sayso.commands.interrupts import Interrupts
from sayso.commands.progress import Progress
from sayso.commands.said import FAILED, INTERRUPTED, say, say_if_foreign, stop
from sayso.commands.taking import check_known, how, takes
from sayso.errors import SaysoError
from sayso.intake.how import How
from sayso.intake.sources import sources as found_in

if TYPE_CHECKING:
    from sayso.ledger.add import Outcome

_WORDS = {
    "added": "added",
    "copy": "linked as copies",
    "updated": "read again",
    "there": "there already",
    "unreadable": "could not be read",
}

_EPILOG = """
\b
Examples:
  sayso add strait.sayso reports/
  sayso add strait.sayso report.txt --outlet "Harbour Wire" --published 2031-03-12
  sayso add strait.sayso https://harbourwire.example/strait.rss --follow
  sayso add strait.sayso articles.csv --columns text=body,published=day
  sayso add postgresql://desk@archive/strait reports/
  sayso add strait.sayso --update

What is in the ledger already is passed over, so an add that was interrupted is completed by adding again. Copies of a
document are linked to it and not read twice.

\b
Exit codes:
  0    every report is in the ledger
  1    some report could not be read, or the ledger not be written
  2    the command cannot be carried out as it stands
  130  interrupted
"""


@click.command("add", epilog=_EPILOG)
@click.argument("ledger")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--update", is_flag=True, help="Read again what an older model read; without SOURCE, everything.")
@takes
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Cores to use.  [default: all]")
def command(ledger: str, sources: tuple[str, ...], update: bool, jobs: int | None, **options: Any) -> None:
    """Read reports into LEDGER: a file, which is begun if it is not there, or postgresql://…

    SOURCE is a file, a folder (the reports in it and below), an address on the web, or - for standard input. Files may
    be text, Markdown, HTML, PDF, DOCX, EPUB, RTF, mail (EML, MBOX), feeds, WARC, or tables of reports (CSV, JSON Lines,
    Parquet). Nothing is fetched but the addresses you give.
    """
    way = how(options)
    _check_usage(sources, update, options, way)
    interrupts = Interrupts()
    told = _Told(interrupts)
    try:
        from sayso.ledger import Ledger

        with interrupts, Ledger(ledger) as opened, told:
            opened.add(sources, update=update, jobs=jobs, engine=None, told=told.hear, how=way, **options)
    except KeyboardInterrupt:
        stop(f"interrupted; {told.summary()}; adding again goes on from there", INTERRUPTED)
    except SaysoError as error:
        if told.documents:
            say(told.summary())
        stop(str(error), FAILED)
    say(told.summary())
    if told.unreadable:
        sys.exit(FAILED)


class _Told:
    """Hears what becomes of each document, says what a person should know, and counts."""

    def __init__(self, interrupts: Interrupts) -> None:
        self._interrupts = interrupts
        self._counts: Counter[str] = Counter()
        self._bar: Progress | None = None
        self._furthest = 0

    def __enter__(self) -> _Told:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.__exit__()

    def hear(self, outcome: Outcome) -> None:
        """One more."""
        self._counts[outcome.what] += 1
        for note in outcome.notes:
            say(note)
        if outcome.error is not None:
            say(str(outcome.error))
        if outcome.document is not None and outcome.what in ("added", "updated"):
            say_if_foreign(outcome.document, outcome.document.path or outcome.document.url or "standard input")
        if self._bar is None:
            self._bar = Progress(outcome.sources if outcome.sources > 1 else None).__enter__()
        self._furthest = max(self._furthest, outcome.source)
        self._bar.show(self._furthest if outcome.sources > 1 else self.documents)
        self._interrupts.heed()

    @property
    def documents(self) -> int:
        """How many were heard of."""
        return self._counts.total()

    @property
    def unreadable(self) -> int:
        """How many could not be read."""
        return self._counts["unreadable"]

    def summary(self) -> str:
        """What became of all, in a sentence."""
        parts = [f"{self._counts[what]} {words}" for what, words in _WORDS.items() if self._counts[what]]
        return ", ".join(parts) or "nothing to do"


def _check_usage(sources: tuple[str, ...], update: bool, known: dict[str, str | None], way: How) -> None:
    if not sources and not update:
        raise click.UsageError("say what to add: files, folders, addresses, or - for standard input")
    if not sources and any(known.values()):
        raise click.UsageError("--update of everything takes no --title, --outlet, --author, --published or --url")
    check_known(list(found_in(list(sources))), known, way)
