"""Pages saved whole as MHTML (RFC 2557) → documents: the page itself, of all that was saved with it."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import Message

from sayso.errors import UnreadableSource
from sayso.intake import html
from sayso.intake.loaded import Loaded, Metadata, Original

NAME = "MHTML"
SUFFIXES = frozenset({".mhtml", ".mht"})
MEDIA_TYPES = frozenset({"multipart/related", "application/x-mimearchive", "application/vnd.mhtml"})
MAX_BYTES = 128 * 1024 * 1024

_HEADERS = re.compile(rb"\r?\n\r?\n")
_RELATED = re.compile(rb"(?im)^content-type:\s*multipart/related\b")
_MAILED = re.compile(rb"(?im)^(?:to|received|delivered-to|message-id):")
_WEB = re.compile(r"https?://\S{1,2000}")


def is_one(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a saved page, not a mail that is put together the same way."""
    headers = _HEADERS.split(head, maxsplit=1)[0]
    return _RELATED.search(headers) is not None and _MAILED.search(headers) is None


def reports(original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """The one report of a saved page; what cannot be read is yielded as the error that says so."""
    original.stream.seek(0)
    data = original.stream.read(MAX_BYTES + 1)
    try:
        if len(data) > MAX_BYTES:
            raise UnreadableSource(original.name, f"it is larger than {MAX_BYTES // 2**20} MB")
        message = email.message_from_bytes(data)
        part = _page(message)
        if part is None:
            raise UnreadableSource(original.name, "there is no page in it")
        body = part.get_payload(decode=True)
        address = _address(message, part) or original.address
        opened = Original(original.name, original.stream, original.path, address)
        yield html.report(body if isinstance(body, bytes) else b"", opened, known, _charset(part))
    except UnreadableSource as error:
        yield error
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        # The standard library's parser has no list of what it raises on broken mail.
        yield UnreadableSource(original.name, "it is no readable MHTML file")


def _page(message: Message) -> Message | None:
    """The part that is the page: the one named as the start, else the first HTML."""
    start = message.get_param("start")
    pages = [part for part in message.walk() if part.get_content_type() in html.MEDIA_TYPES]
    named = [part for part in pages if start and part.get("Content-ID") == start]
    return next(iter(named or pages), None)


def _charset(part: Message) -> str | None:
    charset = part.get_content_charset()
    return charset if isinstance(charset, str) else None


def _address(message: Message, part: Message) -> str | None:
    for headers, name in ((message, "Snapshot-Content-Location"), (part, "Content-Location")):
        if found := _WEB.match(str(headers.get(name, "")).strip()):
            return found[0]
    return None
