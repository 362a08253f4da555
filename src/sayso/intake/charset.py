"""The bytes of a page → its characters, in the encoding that a mark, a header or the page says, as browsers do."""

from __future__ import annotations

import codecs
import re

from sayso.errors import UnreadableSource
from sayso.intake.text import decode

_LOOKED_AT = 4096
_META = re.compile(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})""")
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([a-zA-Z0-9_:.-]{2,40})["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python also has codecs that unpack or escape; those of texts are these.
_OF_TEXTS = re.compile(
    r"utf-8|utf-16|utf-16-[lb]e|ascii|cp\d{3,4}|iso8859-\d+|koi8-[rtu]|mac-\w+|gb2312|gbk|gb18030|hz|big5(?:hkscs)?"
    r"|shift_jis(?:x0213|_2004)?|euc_(?:jp|kr)|iso2022_(?:jp|kr)\w*|johab|tis-620|ptcp154|kz1048"
)
_MEANS_WINDOWS = frozenset({"ascii", "iso8859-1"})
_MOST_WRONG = 0.01


def decoded(data: bytes, name: str, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The characters of a page, and a note if some bytes fit no encoding; those become U+FFFD.

    A byte-order mark goes before `charset`, what a header said; that before what the page says; that before a guess.
    Raises UnreadableSource for what is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _told(data[len(mark) :], encoding, name)
    for label in filter(None, (charset, _declared(data))):
        encoding = known(label) or ""
        if encoding and (text := data.decode(encoding, "replace")).count("\ufffd") <= _MOST_WRONG * len(text):
            return _told(data, encoding, name)
    try:
        return decode(data, name)
    except UnreadableSource:
        if data.count(0) > _MOST_WRONG * len(data):
            raise
        return _told(data, "utf-8", name)


def known(label: str) -> str | None:
    """Python's name of the encoding that the web calls `label`; None for what is no encoding of texts.

    Latin-1 and ASCII mean Windows' superset of them on the web.
    """
    try:
        encoding = codecs.lookup(label.strip().lower()).name
    except (LookupError, ValueError):
        return None
    if encoding in _MEANS_WINDOWS:
        return "cp1252"
    return encoding if _OF_TEXTS.fullmatch(encoding) else None


def _declared(data: bytes) -> str | None:
    head = data[:_LOOKED_AT]
    found = _XML.match(head) or _META.search(head)
    if found is None:
        return None
    label = found[1].decode("ascii")
    # Whoever can read this declaration byte by byte knows that it is not in UTF-16.
    return "utf-8" if label.lower().startswith("utf-16") else label


def _told(data: bytes, encoding: str, name: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    wrong = text.count("\ufffd") - data.count("\ufffd".encode())
    if wrong > 0:
        return text, (f"{name}: {wrong} places in it are not {encoding.upper()}; they became \ufffd",)
    return text, ()
