"""Messages and mailboxes (EML, MBOX) → documents: newsletters and wire copy that came by mail, one message each."""

from __future__ import annotations

import email
import email.policy
import email.utils
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from sayso.errors import UnreadableSource
from sayso.intake.dates import iso
from sayso.intake.fragment import plain
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.making import by_sayso, loaded, named
from sayso.intake.text import decode

NAME = "mail"
SUFFIXES = frozenset({".eml", ".mbox"})
MEDIA_TYPES = frozenset({"message/rfc822", "application/mbox"})

MAX_MESSAGE = 32 * 1024 * 1024
"""The largest message in bytes, attachments and all."""
_LONGEST_HEADER = 4000
_LINE = 1 << 16
_MOST_PARTS = 1000

# "From wire@harbour.example Fri Mar  7 08:00:00 2031" begins a message; "From the quay, …" does not.
_ENVELOPE = re.compile(rb"From \S+ .{0,200}?\d\d:\d\d.{0,40}?\d{4}")
_QUOTED_ENVELOPE = re.compile(rb">+From ")
_HEADER = re.compile(rb"^(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID):", re.IGNORECASE | re.MULTILINE)
_FIRST_HEADER = re.compile(rb"[!-9;-~]{1,100}:[ \t]")

_REPLY = re.compile(r"(?:re|aw|sv)(?:\[\d+\])?:", re.IGNORECASE)
_WROTE = re.compile(r"^(?:on\b.{0,300}\bwrote:|-{2,} ?original message ?-{2,}|_{20,})$", re.IGNORECASE)
_QUOTES = frozenset(
    {"gmail_quote", "gmail_attr", "yahoo_quoted", "moz-cite-prefix", "moz-signature", "gmail_signature"}
)
_FOOTER = re.compile(
    r"\bunsubscribe\b"
    r"|\bopt[ -]out of (?:these|our|future|all) (?:e-?mails|messages|newsletters)"
    r"|\b(?:manage|update) (?:your |my )?(?:(?:e-?mail|newsletter|subscription) )?(?:preferences|subscriptions?)\b"
    r"|\byou(?:’|'| a)re receiving this"
    r"|\bthis (?:e-?mail|message|newsletter) was sent to\b"
    r"|\bno longer (?:want|wish) to receive\b",
    re.IGNORECASE,
)
_BROWSER = re.compile(
    r"\b(?:view|read|open|see)\b.{0,40}\b(?:in (?:your |a |the )?browser|online|on the web)\b", re.IGNORECASE
)
_SIGNATURE_LINES = 15
_FOOTER_PARAGRAPHS = 15
_LONGEST_FOOTER = 2000
_LONGEST_FOOTER_LINE = 300


def is_one(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a message or a mailbox."""
    return bool(_ENVELOPE.match(head) or (_FIRST_HEADER.match(head) and _HEADER.search(head)))


def reports(original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """One document a message: its sender's name is the outlet, its subject the title.

    In a reply, what it answers to is left out, and of every message the lines about how to unsubscribe; attachments are
    not read, and a note says so. A message without text is yielded as the error that says so.
    """
    original.stream.seek(0)
    if not _ENVELOPE.match(original.stream.read(512)):
        original.stream.seek(0)
        data = original.stream.read(MAX_MESSAGE + 1)
        yield _message(_Raw(data[:MAX_MESSAGE], len(data) > MAX_MESSAGE), original, known, None)
        return
    original.stream.seek(0)
    for number, raw in enumerate(_mailbox(original), 1):
        yield _message(raw, original, known, f"message {number}")


class _Policy(email.policy.Compat32):
    """Headers as they stand, none too long: the newer policies parse each, in a time that grows with its square."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


@dataclass(frozen=True, slots=True)
class _Raw:
    data: bytes
    is_cut: bool


def _mailbox(original: Original) -> Iterator[_Raw]:
    """The messages of a mailbox, one in memory at a time."""
    lines: list[bytes] = []
    size = 0
    begun = blank = True
    starts_line = True
    while line := original.stream.readline(_LINE):
        if starts_line and blank and _ENVELOPE.match(line):
            if not begun:
                yield _Raw(b"".join(lines), size > MAX_MESSAGE)
            lines, size, begun = [], 0, False
        elif size <= MAX_MESSAGE:
            lines.append(line[1:] if starts_line and _QUOTED_ENVELOPE.match(line) else line)
            size += len(line)
        blank = starts_line and not line.strip()
        starts_line = line.endswith(b"\n")
    yield _Raw(b"".join(lines), size > MAX_MESSAGE)


def _message(raw: _Raw, original: Original, known: Metadata, place: str | None) -> Loaded | UnreadableSource:
    name = named(original, place)
    if raw.is_cut:
        return UnreadableSource(name, f"it is larger than {MAX_MESSAGE >> 20} MB")
    try:
        message = email.message_from_bytes(raw.data, policy=_Policy())
        headers = _headers(message)
        if not headers.keys() & {"from", "subject", "date"}:
            return UnreadableSource(name, "it is no mail message")
        parts = _parts(message)
        text = _text(parts, name, _is_reply(headers))
    except RecursionError:
        return UnreadableSource(name, "its parts are nested too deeply")
    except UnreadableSource as error:
        return error
    text, without = _without_footer(text)
    notes = (f"{name}: {parts.others} attachment{'s' * (parts.others > 1)} not read",) if parts.others else ()
    found = Metadata(
        title=headers.get("subject"),
        outlet=_sender(headers.get("from", "")),
        published=iso(headers.get("date")),
        url=_archived(headers.get("archived-at", "")),
    )
    made = by_sayso(raw.data, "message/rfc822", place, (("footer", "left out"),) if without else ())
    try:
        return loaded(text, found, known, original, made, notes)
    except UnreadableSource as error:
        return UnreadableSource(name, "it is encrypted") if parts.is_encrypted else error


def _headers(message: Message) -> dict[str, str]:
    """The headers that say what a message is, decoded, by their small names; the first of each."""
    found: dict[str, str] = {}
    for name, value in message.raw_items():
        small = name.lower()
        if small in ("from", "subject", "date", "archived-at") and small not in found:
            found[small] = _words(str(value))
    return found


def _words(value: str) -> str:
    """A header's words; those in other letters are packed (RFC 2047), or wrongly stand there as they are."""
    if not value.isascii():
        return _guessed(value.encode("utf-8", "surrogateescape"))
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError, HeaderParseError):  # of no such encoding, or wrongly packed: as it stands
        return value


@dataclass(frozen=True, slots=True)
class _Parts:
    """What of a message may be its text, and how many other parts there are."""

    text: str
    html: str
    others: int
    is_encrypted: bool


def _parts(message: Message) -> _Parts:
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    others = 0
    is_encrypted = False
    inside: set[int] = set()  # parts of messages that are attached
    for part in itertools.islice(message.walk(), _MOST_PARTS):
        kind = part.get_content_type()
        if id(part) in inside or kind == "message/rfc822":
            others += kind == "message/rfc822" and id(part) not in inside
            inside.update(id(inner) for inner in part.get_payload() if part.is_multipart())
            continue
        is_encrypted |= kind == "multipart/encrypted"
        if part.is_multipart():
            continue
        if kind in texts and not _is_attached(part):
            texts[kind].append(_decoded(part))
        elif not _is_picture_in_text(part):
            others += 1
    return _Parts("\n\n".join(texts["text/plain"]), "\n".join(texts["text/html"]), others, is_encrypted)


def _raw_header(part: Message, name: str) -> str:
    return next((str(value) for key, value in part.raw_items() if key.lower() == name), "")


def _is_attached(part: Message) -> bool:
    return _raw_header(part, "content-disposition").strip().lower().startswith("attachment")


def _is_picture_in_text(part: Message) -> bool:
    return part.get_content_maintype() == "image" and not _is_attached(part)


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    kind = _raw_header(part, "content-type").lower()
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", kind)
    try:
        text = data.decode(charset[1] if charset else "ascii")
    except (ValueError, LookupError):
        text = _guessed(data)
    text = text.replace("\r\n", "\n")
    return _unflowed(text) if re.search(r"format\s*=\s*[\"']?flowed", kind) else text


def _guessed(data: bytes) -> str:
    """The text of bytes that are not what they are called."""
    try:
        return decode(data, "")[0]
    except UnreadableSource:
        return data.decode("utf-8", "replace")


def _unflowed(text: str) -> str:
    """Lines that a mail program broke, put together again (RFC 3676)."""
    parts: list[str] = []
    for line in text.split("\n"):
        is_soft = line.endswith(" ") and line != "-- "
        parts.append(line if is_soft else line + "\n")
    return "".join(parts)


def _text(parts: _Parts, name: str, is_reply: bool) -> str:
    """The plain text of a message; or what its HTML says, if that is much more: the plain part may be a mere stub."""
    html = plain(parts.html, name, _QUOTES if is_reply else frozenset())
    text = _unsigned(_unquoted(parts.text) if is_reply else parts.text).strip()
    return html if len(html) > 2 * len(_without_footer(text)[0]) else text


def _unsigned(text: str) -> str:
    """The text without the signature, which stands under a line of two hyphens and a blank (RFC 3676)."""
    before, _, signature = text.rpartition("\n-- \n")
    return before if before and signature.count("\n") <= _SIGNATURE_LINES else text


def _is_reply(headers: dict[str, str]) -> bool:
    return bool(_REPLY.match(headers.get("subject", "")))


def _unquoted(text: str) -> str:
    """A reply without what it answers to: the quoted lines at its end, and the line that says whose they are."""
    lines = text.rstrip().split("\n")
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith(">")):
        end -= 1
    for count in (1, 2, 3):  # such a line may have been broken in two or three
        if end < len(lines) and _WROTE.match(" ".join(lines[max(0, end - count) : end]).strip()):
            end = max(0, end - count)
            break
    return "\n".join(lines[:end])


def _without_footer(text: str) -> tuple[str, bool]:
    """The text without what the sender's program writes over and under it, and whether there was such a thing."""
    paragraphs = text.split("\n\n")
    first = next((i for i, paragraph in enumerate(paragraphs[:3]) if not _is_browser_line(paragraph)), None)
    if first is None:
        first = 0 if len(paragraphs) > 3 else len(paragraphs)
    last = len(paragraphs)
    for index in range(max(first + 1, last - _FOOTER_PARAGRAPHS), last):
        paragraph = paragraphs[index]
        rest = sum(map(len, paragraphs[index:]))
        if len(paragraph) <= _LONGEST_FOOTER_LINE and rest <= _LONGEST_FOOTER and _FOOTER.search(paragraph):
            last = index
            break
    return "\n\n".join(paragraphs[first:last]), (first, last) != (0, len(paragraphs))


def _is_browser_line(paragraph: str) -> bool:
    return len(paragraph) <= 200 and _BROWSER.search(paragraph) is not None


def _sender(words: str) -> str | None:
    """The name of a sender: "Harbour Wire" of `"Harbour Wire" <news@harbour.example>`."""
    try:
        name, _ = email.utils.parseaddr(words)
    except (ValueError, IndexError, RecursionError):  # of comments in comments
        return None
    return name if name and "@" not in name else None


def _archived(words: str) -> str | None:
    """Where on the web the message is kept, if it says so (RFC 5064)."""
    address = words.strip().removeprefix("<").removesuffix(">")
    return address if address.startswith(("https://", "http://")) else None
