"""A feed → the pages that its entries lead to, each with what the feed knows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sayso.errors import UnreadableSource
from sayso.intake import feed
from sayso.intake.feed import Entry
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.web import Web

Documents = Callable[[Original, Metadata], Iterator[Loaded | UnreadableSource]]

_NOWHERE = "https://feed.invalid/"
"""Where a feed stands that was found in a file: its links lead to the usual ports only."""


def followed(
    original: Original, known: Metadata, web: Web, documents: Documents
) -> Iterator[Loaded | UnreadableSource]:
    """The documents of the page that each entry of a feed leads to, once; an entry without a link gives what it holds.

    What a page does not say of itself is taken from its entry. `documents` reads what was fetched. What cannot be read
    is yielded as the error that says so.
    """
    try:
        entries = feed.entries(original)
    except UnreadableSource as error:
        yield error
        return
    seen: set[str] = set()
    for number, entry in enumerate(entries, 1):
        if entry.link is None:
            yield from feed.documents([entry], original, known, number)
        elif entry.link not in seen:
            seen.add(entry.link)
            for page in web.follow([entry.link], original.address or _NOWHERE):
                yield from [page] if isinstance(page, UnreadableSource) else _of_page(page, entry, known, documents)


def _of_page(
    page: Original, entry: Entry, known: Metadata, documents: Documents
) -> Iterator[Loaded | UnreadableSource]:
    with page.stream:
        for report in documents(page, known):
            yield report if isinstance(report, UnreadableSource) else _told_by(entry, report)


def _told_by(entry: Entry, report: Loaded) -> Loaded:
    """The report with what its entry says of it where the page says nothing."""
    document = report.document
    told = replace(
        document,
        title=document.title or entry.title,
        outlet=document.outlet or entry.outlet,
        author=document.author or entry.author,
        published=document.published or entry.published,
    )
    return replace(report, document=told)
