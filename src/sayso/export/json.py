"""A reading as JSON in schema `sayso/1`: indented for people, on one line for programs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.reading import Reading

# JSON's own line breaks are the only ones in what json.dumps indents: those of a text are escaped.
_SPAN = re.compile(r"\[\n +(\d+),\n +(\d+)\n +\]")
_SPANS = re.compile(r"\[\n +(\[\d+, \d+\](?:,\n +\[\d+, \d+\])*)\n +\]")

# What some readers of lines break at, and what UTF-8 cannot hold. The first half of a surrogate pair is given up: the
# pair would come back as one character, and every offset behind it would be wrong.
_HALF_OF_PAIR = re.compile("[\ud800-\udbff](?=[\udc00-\udfff])")
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def pretty(reading: Reading) -> str:
    """The reading as indented JSON, each list of spans on one line; newline at the end."""
    written = _SPAN.sub(r"[\1, \2]", _safe(json.dumps(reading.to_dict(), ensure_ascii=False, indent=2)))
    return _SPANS.sub(lambda match: "[" + re.sub(r",\n +", ", ", match[1]) + "]", written) + "\n"


def line(reading: Reading) -> str:
    """The reading as one line of JSON Lines, however lines are told apart; newline at the end."""
    return _safe(json.dumps(reading.to_dict(), ensure_ascii=False)) + "\n"


def _safe(written: str) -> str:
    """`written` with the characters that JSON allows but files and line readers do not take, as escapes."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", _HALF_OF_PAIR.sub("\ufffd", written))
