"""Text as other programs can hold it, character for character: offsets stay what they are."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_TOOL = re.compile("[\0\ud800-\udfff]")

REPLACEMENT = "\ufffd"


def utf8(text: str) -> str:
    """`text` with what UTF-8 cannot hold (halves of surrogate pairs) replaced one for one."""
    return _SURROGATE.sub(REPLACEMENT, text)


def xml(text: str) -> str:
    """`text` with what XML 1.0 cannot hold (control characters too) replaced one for one."""
    return _NO_XML.sub(REPLACEMENT, text)


def stored(text: str) -> str:
    """`text` with what annotation tools' databases cannot hold (NUL, halves of surrogate pairs) replaced one for
    one."""
    return _NO_TOOL.sub(REPLACEMENT, text)
