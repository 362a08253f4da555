"""Lines for a terminal: safe to print, styled, and no wider than they may be."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from rich.console import Console
from rich.text import Text

from sayso.render.marks import one_line

TITLE, WHO, HOW, META = "bold", "bold cyan", "yellow", "dim"
"""The styles of the ledger: names of reports and sections, voices, cues, and all that Sayso adds."""

NARROWEST = 12
"""Cells for the words beside a margin, whatever the width asked for."""

# What a terminal would obey instead of showing: control characters, and the marks that reorder what follows them. The
# letters of right-to-left scripts, and the joiners they and emoji need, are no such thing.
_VISIBLE = (
    {code: 0x2400 + code for code in range(0x20)}
    | {0x7F: "␡", 0x2028: "␤", 0x2029: "␤"}
    | dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x2070)), "␦")
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)


def visible(text: str) -> str:
    """`text` made safe for a terminal, character for character: escapes, control characters and the marks that reverse
    reading order become symbols (␛ for escape)."""
    return text.translate(_VISIBLE)


def shown(text: str) -> str:
    """`text` on one line, made visible."""
    return visible(one_line(text))


def uncoloured(lines: Callable[[Console], Iterable[Text]], width: int) -> str:
    """What `lines` makes for a console of `width` cells, without colour, the last line without its newline."""
    console = Console(file=io.StringIO(), width=width, force_jupyter=False)
    return "\n".join(line.plain for line in lines(console))


def wrapped(text: Text, console: Console, width: int) -> list[Text]:
    """`text` in lines of at most `width` cells, words unbroken unless one is wider than that."""
    lines = list(text.wrap(console, width, overflow="fold"))
    for broken in lines:
        broken.rstrip()
    return lines
