"""What databases of the press export, several reports in one file → each report, and what the export says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sayso.errors import UnreadableSource
from sayso.intake.exports import factiva, lexis, nexis
from sayso.intake.exports.article import Article, without_pages
from sayso.intake.loaded import Loaded, Made, Metadata, Original
from sayso.intake.making import by_sayso, is_of_its_file, loaded, named

_DATABASES = (factiva, nexis, lexis)


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds, and which database it is of."""

    database: str
    articles: tuple[Article, ...]


def split(text: str) -> Export | None:
    """The reports in a text that a database exported; None if it is no export that Sayso knows.

    The text may come from any kind of file; lines are paragraphs or lines of them.
    """
    lines = without_pages(text.splitlines())
    for database in _DATABASES:
        if database.is_one(lines):
            return Export(database.NAME, tuple(database.articles(lines)))
    return None


def unfolded(found: Loaded, original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """The reports in a document, if it is an export; else the document itself.

    What is known of an export's file is not known of its reports, so only what the user says and what the export says
    of each is kept. A report without text is yielded as the error that says so.
    """
    export = split(found.document.text)
    if export is None:
        yield found
        return
    count = len(export.articles)
    counted = f"{original.name}: an export of {export.database}, {count} {'report' if count == 1 else 'reports'}"
    notes = (*(note for note in found.notes if not is_of_its_file(note)), counted)
    made = found.made or by_sayso(b"", "text/plain")
    for number, article in enumerate(export.articles, 1):
        place = f"article {article.number or number}"
        try:
            yield _document(article, replace(made, place=place), export.database, original, known, notes)
            notes = ()
        except UnreadableSource as error:
            yield error


def _document(
    article: Article, made: Made, database: str, original: Original, known: Metadata, notes: tuple[str, ...]
) -> Loaded:
    found = Metadata(article.title, article.outlet, article.author, article.published, article.url)
    own = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    made = replace(made, original="sha256:" + own, options=(*made.options, ("export", database)), pages=())
    return loaded(article.text, found, known, original, made, notes + _shortened(article, named(original, made.place)))


def _shortened(article: Article, name: str) -> tuple[str, ...]:
    """A note if a report has far fewer words than the export says: something of it was not found."""
    words = len(article.text.split())
    if not article.length or words >= _SHORT * article.length:
        return ()
    return (f"{name}: {words} words were found, the export says {article.length}",)


_SHORT = 0.6
