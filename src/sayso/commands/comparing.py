"""What the commands that show claims share: what is new is compared first, and which claims are sure enough."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.commands.progress import Progress
from sayso.commands.said import say
from sayso.errors import UnusableLedger

if TYPE_CHECKING:
    import altair

    from sayso.ledger import Ledger

SURE = click.option("--sure", metavar="PERCENT", type=click.IntRange(0, 100), default=50, show_default=True,
                    help="Only what is so sure to belong together.")  # fmt: skip


def current(ledger: Ledger) -> None:
    """Compare what is new with all that is there; where the ledger may not be written to, say that it is not shown."""
    try:
        with Progress(None, "comparing") as bar:
            ledger.compare(told=bar.show)
    except UnusableLedger as error:
        if "may not be written to" not in error.reason:
            raise
        say(f"{error}: what was added since it was last compared is not shown")


def check_picture(path: str | None, ledger: str) -> None:
    """Check, before anything is asked, that a picture can be drawn and kept under that name, if one is wanted. Raises
    UnwritableOutput, MissingExtra."""
    if path is None:
        return
    from sayso.pictures.drawn import form_of, library

    if os.path.realpath(path) == os.path.realpath(ledger):
        raise click.UsageError(f"{path} is the ledger")
    form_of(Path(path))
    library()


def draw(path: str | None, chart: Callable[[], altair.TopLevelMixin]) -> None:
    """Keep a picture under that name, if one is wanted. Raises UnwritableOutput."""
    if path is None:
        return
    from sayso.output import whole
    from sayso.pictures.drawn import drawn, form_of

    picture = drawn(chart(), form_of(Path(path)))
    with whole(Path(path)) as stream:
        stream.write(picture)
    say(f"drawn in {path}")
