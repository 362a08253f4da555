"""A reading as plain text: the ledger without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.render import ledger as _ledger

if TYPE_CHECKING:
    from sayso.reading import Reading


def ledger(reading: Reading) -> str:
    """The ledger, newline at the end."""
    return _ledger.plain(reading) + "\n"
