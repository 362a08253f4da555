"""Words → HTML: nothing that a text, a name or a reason says can be more than words."""

from __future__ import annotations

import html
import re

_EXCERPT = 280  # characters; the whole of it stands in the text

_NOT_IN_HTML = re.compile("[\0\ud800-\udfff]")  # null characters and halves of surrogate pairs


def escape(text: str) -> str:
    """`text` for HTML; a bare carriage return would come back as a line feed."""
    return _NOT_IN_HTML.sub("\ufffd", html.escape(text).replace("\r", "&#13;"))


def excerpt(words: str, longest: int = _EXCERPT) -> str:
    """`words`, cut at a blank if they are longer than `longest` characters."""
    if len(words) <= longest:
        return words
    head = words[:longest]
    return (head.rsplit(" ", 1)[0] or head) + " …"
