"""A reading as plain text, without colour: the ledger, the table of labels, the table of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.render import facts as _facts
from sayso.render import labels as _labels
from sayso.render import ledger as _ledger

if TYPE_CHECKING:
    from sayso.reading import Reading


def ledger(reading: Reading) -> str:
    """The ledger, newline at the end."""
    return _ledger.plain(reading) + "\n"


def labels(reading: Reading) -> str:
    """The table of labels, newline at the end."""
    return _labels.plain(reading) + "\n"


def facts(reading: Reading) -> str:
    """The table of what can be checked, newline at the end."""
    return _facts.plain(reading) + "\n"
