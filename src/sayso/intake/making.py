"""A text that one of the formats found, what stands beside it, what the user says → a document and how it was made."""

from __future__ import annotations

import hashlib
import re
from dataclasses import fields

from sayso.documents import document
from sayso.errors import UnreadableSource
from sayso.intake.loaded import Loaded, Made, Metadata, Original
from sayso.version import __version__

_SURROGATES = re.compile("[\ud800-\udfff]")
_LONGEST_VALUE = 2000


def loaded(
    text: str, found: Metadata, known: Metadata, original: Original, made: Made, notes: tuple[str, ...] = ()
) -> Loaded:
    """The document of `text`, with what the user knows of it before what was found, and before where it was found.

    Halves of characters (JSON can write them, no file can hold them) become U+FFFD. Raises UnreadableSource if there is
    no text, InvalidMetadata if what the user says is not usable.
    """
    text = whole(text)
    if not text.strip():
        raise UnreadableSource(named(original, made.place), "it holds no text")
    said = {field.name: getattr(known, field.name) or _value(getattr(found, field.name)) for field in fields(Metadata)}
    if made.place is None:
        said["url"] = said["url"] or original.address
    return Loaded(document(text, path=original.path, **said), notes, made)


def by_sayso(data: bytes, media_type: str, place: str | None = None, options: tuple[tuple[str, str], ...] = ()) -> Made:
    """How a document was made whose text Sayso itself took from `data`."""
    return Made("sayso", __version__, "sha256:" + hashlib.sha256(data).hexdigest(), media_type, options, place)


def named(original: Original, place: str | None) -> str:
    """What a person calls a part of an original: "reports.csv, row 3"."""
    return original.name if place is None else f"{original.name}, {place}"


def whole(text: str) -> str:
    """The text with U+FFFD for every half of a character; pairs of halves become what they are."""
    if _SURROGATES.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _value(words: str | None) -> str | None:
    """A title, name or address in one line and of no absurd length."""
    return whole(" ".join(words[:_LONGEST_VALUE].split())) or None if words else None


_ITS_DAY = "when the file was made"


def by_its_file(name: str, day: str) -> str:
    """A note that the date of publication is only that of the file."""
    return f"{name}: taken as published on {day}, {_ITS_DAY}"


def is_of_its_file(note: str) -> bool:
    """Whether this is such a note, which does not hold for reports that bear dates of their own."""
    return note.endswith(_ITS_DAY)
