"""Corrections: what people changed in tools of their own, taken back.

found = corrections(Path("corrected/"), among(readings), who="I. Tamarind")
reading = applied(reading, [item for item in found if isinstance(item, Correction)])
"""

from __future__ import annotations

from sayso.corrections.apply import applied, apply, unfitting
from sayso.corrections.differ import differences
from sayso.corrections.files import corrections, returned
from sayso.corrections.outgoing import Readings, among
from sayso.corrections.values import Correction, Marked, Speaker

__all__ = [
    "Correction",
    "Marked",
    "Readings",
    "Speaker",
    "among",
    "applied",
    "apply",
    "corrections",
    "differences",
    "returned",
    "unfitting",
]
