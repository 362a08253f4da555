"""Names for documents, attributions and voices that are unique in the world, as linked data needs them.

A document is `urn:sayso:` and its id, what is in it that and its own id: `urn:sayso:sha256:9f…:a3`. They are names, not
addresses; the address where a report stood is said beside them.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from sayso.types import Document

_IN_NAMES = ":!$&'()*+,;=@"
_IN_ADDRESSES = _IN_NAMES + "/?#[]%~"


def named(document: Document, *inside: str) -> str:
    """The name of a document, or of what is `inside` it: an attribution's id, and a part of that."""
    return ":".join(("urn:sayso", *(quote(part, _IN_NAMES, errors="replace") for part in (document.id, *inside))))


def outlet(name: str) -> str:
    """The name of an outlet, the same in all documents."""
    return "urn:sayso:outlet:" + quote(" ".join(name.split()), _IN_NAMES, errors="replace")


def web(url: str | None) -> str | None:
    """`url` as an IRI in ASCII if it is an address of the web, else None."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return quote(url.strip(), _IN_ADDRESSES, errors="replace") if known else None
