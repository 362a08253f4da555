"""Texts made for tests: anything at all, with what reports are made of in it."""

from __future__ import annotations

import re

from hypothesis import strategies as st

_WORDS = (
    "He said|the mayor told reporters|according to|that the bridge was closed|Anna Reyl|quoted an aide as|saying"
    "|, as reported by the agency|SMITH:|denied|U.S.|3.5|it’s|it's|the soldiers’|al-Waeli|a|Z|é|e\u0301|ß|İ|ŉ|漢字|각"
    "|عبد|\u0661|²|ำ|\u0600|क्\u200dष|👩\u200d🚀|🇫🇷|🇫|👍🏽|" + "x" * 120
).split("|")
_MARKS = [*".,:?…—-()/'\"‘’“”«»„", "...", "--", "``", "''"]
_SPACES = [" ", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\xa0", "\u2003", "\u2028", "\x1f", "\x0b", "\x85"]
_ODD = list("\u0301\u200d\u200b\u200f\u202e\xad\ufeff\ufffd\0\x1b\x7f\ud800\udc00\U0010ffff\ue000")

_PIECES = st.sampled_from([*_WORDS, *_MARKS, *_SPACES, *_ODD])

texts: st.SearchStrategy[str] = st.lists(_PIECES | st.text(max_size=4), max_size=30).map("".join)
"""Any text, short enough to be read quickly."""

SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
"""Two code points that JSON can only write as one: no decoded file has them, a Python string may."""
