"""Which reading a file that came back belongs to, and whether its text is still the one that went out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.reading import Reading

Readings = Callable[[str], "Reading | None"]
"""Gives the reading that went out, by its document's id or by the beginning of one that only one document has."""

_NAMED = re.compile(r"-([0-9a-f]{12,64})(?:\.\w+)*$")


def among(readings: Iterable[Reading]) -> Readings:
    """Readings that are at hand."""
    known = {reading.document.id: reading for reading in readings}

    def named(name: str) -> Reading | None:
        if name in known:
            return known[name]
        found = [reading for document, reading in known.items() if document.startswith(name)]
        return found[0] if len(found) == 1 else None

    return named


def stem(reading: Reading) -> str:
    """A file name for a reading that is its own: what people call it, and the beginning of its document's id."""
    document = reading.document
    words = re.findall(r"[a-z0-9]+", (document.title or Path(document.path or "").stem).casefold())
    digest = document.id.removeprefix("sha256:")
    if not re.fullmatch(r"[0-9a-f]{12,}", digest):
        digest = hashlib.sha256(document.id.encode("utf-8", "replace")).hexdigest()
    return f"{'-'.join(words)[:60].strip('-') or 'report'}-{digest[:12]}"


def went_out(
    readings: Readings, name: str, text: str, as_sent: Callable[[str], str], document: str | None = None
) -> Reading:
    """The reading that the file `name` with this `text` belongs to; `document` is its id where the file says so.

    `as_sent` is what the form made of a text. Raises ValueError, saying what is wrong, if no such reading is known or
    the text was changed.
    """
    hashed = "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    named = _NAMED.search(name)
    for id_ in (document, hashed, f"sha256:{named[1]}" if named else None):
        reading = readings(id_) if id_ else None
        if reading is not None:
            if as_sent(reading.document.text) != text:
                raise ValueError("its text is not the one that went out, so its spans cannot be placed")
            return reading
    raise ValueError("no report with this text is known")
