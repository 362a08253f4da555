"""What all commands that take reports in share: what is known of them, and how they are read, as options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from sayso.commands.options import with_options
from sayso.documents import checked_date
from sayso.errors import InvalidMetadata, UnreadableSource
from sayso.intake.columns import from_words
from sayso.intake.formats import may_hold_many
from sayso.intake.how import How
from sayso.intake.sources import STDIN
from sayso.intake.web.limits import MEGABYTE, Limits

_USUAL = Limits()
_OPTIONS = (
    click.option("--title", help="The report's headline."),
    click.option("--outlet", help="Who published it."),
    click.option("--author", help="Whose byline it bears."),
    click.option("--published", metavar="DATE", help="When: 2031-03-12 or 2031-03-12T18:30:00+02:00."),
    click.option("--url", help="Where it stood."),
    click.option("--columns", metavar="text=NAME,…", multiple=True,
                 help="In tables (CSV, JSON Lines, Parquet), which column holds what: text, title, outlet, author, "
                 "published, url.  [default: guessed from their names]"),
    click.option("--follow", is_flag=True, help="Of a feed, read the pages that its entries lead to."),
    click.option("--allow-private", is_flag=True,
                 help="Read addresses on this machine and its own network too, at any port."),
    click.option("--timeout", metavar="SECONDS", type=click.FloatRange(min=0.1), default=_USUAL.whole,
                 help=f"How long one address may take.  [default: {_USUAL.whole:g}]"),
    click.option("--max-size", metavar="MB", type=click.IntRange(min=1), default=_USUAL.wire // MEGABYTE,
                 help=f"How much one address may send.  [default: {_USUAL.wire // MEGABYTE}]"),
    click.option("--pause", metavar="SECONDS", type=click.FloatRange(min=0), default=_USUAL.pause,
                 help=f"Between two requests to one site.  [default: {_USUAL.pause:g}]"),
)  # fmt: skip


takes = with_options(_OPTIONS)
"""Gives a command these options; `how` takes their values out again."""


def how(options: dict[str, Any]) -> How:
    """How reports are to be read, by the values of the options, which leave in `options` only what is known of them.

    Raises click.UsageError for what cannot be meant.
    """
    words, timeout, size = options.pop("columns"), options.pop("timeout"), options.pop("max_size")
    limits = Limits(
        connect=min(_USUAL.connect, timeout),
        read=min(_USUAL.read, timeout),
        whole=timeout,
        wire=size * MEGABYTE,
        unpacked=size * MEGABYTE * (_USUAL.unpacked // _USUAL.wire),
        pause=options.pop("pause"),
        allow_private=options.pop("allow_private"),
    )
    try:
        if options["published"]:
            checked_date(options["published"])
        return How(from_words(words), options.pop("follow"), limits)
    except InvalidMetadata as error:
        raise click.UsageError(f"--{error}") from None


def may_be_many(found: Sequence[str | UnreadableSource], way: How) -> bool:
    """Whether what was found may hold more than one report."""
    named = (source for source in found if isinstance(source, str) and source != STDIN)
    return len(found) > 1 or way.follow or any(map(may_hold_many, named))


def check_known(found: Sequence[str | UnreadableSource], known: Mapping[str, str | None], way: How) -> None:
    """Raise click.UsageError where what is said of one report would be said of several, or standard input be read
    twice."""
    if may_be_many(found, way) and (known.get("title") or known.get("url")):
        there = f"are {len(found)}" if len(found) > 1 else "may be more"
        raise click.UsageError(f"--title and --url are those of one report, and there {there}")
    if list(found).count(STDIN) > 1:
        raise click.UsageError("standard input (-) can be read only once")
