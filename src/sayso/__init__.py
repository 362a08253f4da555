"""Sayso reads news reports and shows on whose say-so every statement stands.

    >>> import sayso
    >>> reading = sayso.read(text, outlet="Harbour Wire")
    >>> print(reading)

`Engine` holds the model for many reports, `Ledger` keeps them, `frame` reads those of a data frame.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from sayso.errors import SaysoError
from sayso.types import Attribution, Document, Kind, Span, Spans, Stance, Voice, VoiceType, Withheld
from sayso.version import __version__

if TYPE_CHECKING:
    from sayso.documents import document
    from sayso.engine import Engine
    from sayso.frames import frame
    from sayso.ledger import Ledger
    from sayso.profile import Profile
    from sayso.reading import Reading

__all__ = [
    "Attribution",
    "Document",
    "Engine",
    "Kind",
    "Ledger",
    "Profile",
    "Reading",
    "SaysoError",
    "Span",
    "Spans",
    "Stance",
    "Voice",
    "VoiceType",
    "Withheld",
    "__version__",
    "document",
    "frame",
    "read",
]


def read(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    published: str | None = None,
    url: str | None = None,
) -> Reading:
    """The reading of one report.

    `text` may be any text at all; what is known of the report (headline, outlet, byline, an ISO 8601 date, address)
    lands in `reading.document`. Raises InvalidMetadata if `published` is not a date. The first call loads the model.
    """
    from sayso.documents import document

    return _engine().read(document(text, title=title, outlet=outlet, author=author, published=published, url=url))


@functools.cache
def _engine() -> Engine:
    from sayso.engine import Engine

    return Engine()


def __getattr__(name: str) -> Any:
    # Loading onnxruntime and numpy takes most of the start; `sayso --help` and the types need neither.
    if name == "Engine":
        from sayso.engine import Engine

        return Engine
    if name == "Ledger":
        from sayso.ledger import Ledger

        return Ledger
    if name == "frame":
        from sayso.frames import frame

        return frame
    if name == "Reading":
        from sayso.reading import Reading

        return Reading
    if name == "Profile":
        from sayso.profile import Profile

        return Profile
    if name == "document":
        from sayso.documents import document

        return document
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")
