"""What every format of intake takes and gives: an opened original, what is known of it, the documents in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from sayso.types import Document


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the user says of a report; it goes before what stands beside the file or in it."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """What a report, or many, are read from.

    `name` is what a person calls it (a path, an address, "standard input"); `stream` stands at its beginning and can be
    sought in; `path` is that of a file, `address` where on the web it was found, at the end of all redirects.
    `media_type` ("text/html") and `charset` are what the server said it is: a hint, which is often wrong.
    """

    name: str
    stream: BinaryIO
    path: str | None = None
    address: str | None = None
    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """How a document's text was made, so that it can be made again.

    `extractor` and `version` name the program ("trafilatura", "2.0.0"; "sayso" and its own version for plain text);
    `options` are those that were not left alone; `original` is "sha256:" and the hash of the bytes the document was
    read from (its own part of them, where one original holds many); `media_type` is what they are. `place` says where
    in the original the document stands if it is not all of it ("record 17", "article 3"); `pages` are the code points
    of the text at which the pages begin that it was printed on.
    """

    extractor: str
    version: str
    original: str
    media_type: str
    options: tuple[tuple[str, str], ...] = ()
    place: str | None = None
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document, how it was made, and what a person should know of that."""

    document: Document
    notes: tuple[str, ...] = ()
    made: Made | None = None
