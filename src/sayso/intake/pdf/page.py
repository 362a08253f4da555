"""What stands on a page of a PDF: runs of characters with their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Run(NamedTuple):
    """Characters that stand side by side on one line, and the box around them, in points from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """What is written on a page; `picture` is the share of it that its largest picture covers."""

    width: float
    height: float
    runs: tuple[Run, ...]
    picture: float
    blank: bool
