"""Cells of a spreadsheet: reports are written by strangers, and a spreadsheet obeys what begins like a formula."""

from __future__ import annotations

from sayso.render.terminal import visible

_FORMULA = ("=", "+", "-", "@")


def safe(cell: object) -> object:
    """`cell`; text on one line, with nothing that a terminal or a spreadsheet would obey: what would be a formula
    begins with an apostrophe."""
    if not isinstance(cell, str):
        return cell
    seen = visible(" ".join(cell.splitlines())).lstrip()
    return f"'{seen}" if seen.startswith(_FORMULA) else seen
