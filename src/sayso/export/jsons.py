"""JSON for other programs, written as it comes: a list in an object, one item a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sayso.export.plain import utf8


def dumped(value: Any) -> str:
    """`value` as JSON on one line, with what UTF-8 cannot hold replaced."""
    # Not only "\n" ends a line for those who read lines.
    written = utf8(json.dumps(value, ensure_ascii=False))
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def lines(items: Iterable[Any]) -> Iterator[str]:
    """JSON Lines: one item a line."""
    for item in items:
        yield dumped(item) + "\n"


def array(items: Iterable[Any]) -> Iterator[str]:
    """One array, an item a line."""
    return _between("[", items, "]")


def within(head: Mapping[str, Any], name: str, items: Iterable[Any]) -> Iterator[str]:
    """One object: what `head` says, and the items under `name`."""
    return _between(dumped(head)[:-1] + f', "{name}": [', items, "]}")


def _between(opening: str, items: Iterable[Any], closing: str) -> Iterator[str]:
    yield opening
    for number, item in enumerate(items):
        yield (",\n" if number else "\n") + dumped(item)
    yield f"\n{closing}\n"
