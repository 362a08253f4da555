"""Ctrl-C, also where Python loses it."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs


class Interrupts:
    """Remembers an interruption that came while an object was being let go, where Python cannot raise anything (in what
    `regex` does when it compiles, for one), and would only have been printed. Use it as a context."""

    def __init__(self) -> None:
        self._lost = False
        self._before = sys.unraisablehook

    def __enter__(self) -> Interrupts:
        self._before, sys.unraisablehook = sys.unraisablehook, self._heard
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        sys.unraisablehook = self._before

    def heed(self) -> None:
        """Raise KeyboardInterrupt if one was lost."""
        if self._lost:
            self._lost = False
            raise KeyboardInterrupt

    def _heard(self, lost: UnraisableHookArgs) -> None:
        if issubclass(lost.exc_type, KeyboardInterrupt):
            self._lost = True
        else:
            self._before(lost)
