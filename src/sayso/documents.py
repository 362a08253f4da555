"""A text and what is known of it → a `Document`, checked."""

from __future__ import annotations

import datetime
import hashlib
import re

from sayso.errors import InvalidMetadata
from sayso.language import language
from sayso.types import Document

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?")


def document(
    text: str,
    *,
    path: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Document:
    """A document of `text`, with its id and language worked out.

    Raises InvalidMetadata if `published` is not an ISO 8601 date ("2031-05-24") or date and time.
    """
    return Document(
        id=text_id(text),
        text=text,
        path=path,
        title=title or None,
        outlet=outlet or None,
        author=author or None,
        published=checked_date(published) if published else None,
        url=url or None,
        language=language(text),
    )


def text_id(text: str) -> str:
    """The id of the document that has this text."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def checked_date(published: str) -> str:
    """`published` itself; raises InvalidMetadata if it is no ISO 8601 date or date and time."""
    try:
        if not _DATE.fullmatch(published):
            raise ValueError
        datetime.datetime.fromisoformat(published)
    except ValueError:
        raise InvalidMetadata(
            f"published: {published!r} is not a date of the form 2031-05-24 or 2031-05-24T18:30:00+02:00"
        ) from None
    return published
