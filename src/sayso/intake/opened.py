"""A source → the documents in it, whatever its format. The one place that knows all formats."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.errors import UnreadableSource
from sayso.intake.loaded import Loaded, Metadata
from sayso.intake.text import load


def loaded(source: str, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """The documents that a file, an address or standard input (`-`) holds, one by one; what cannot be read is yielded
    as the error that says why, and the rest goes on.

    Raises InvalidMetadata if `known` is not usable.
    """
    try:
        yield load(source, known)
    except UnreadableSource as error:
        yield error
