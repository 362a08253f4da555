"""An interruption that falls where Python raises nothing is heeded all the same."""

from __future__ import annotations

import signal
import sys

import pytest

from sayso.commands.interrupts import Interrupts


class Gone:
    """What is interrupted while it is let go."""

    def __init__(self, error: type[BaseException]) -> None:
        self._error = error

    def __del__(self) -> None:
        if self._error is KeyboardInterrupt:
            signal.raise_signal(signal.SIGINT)
        else:
            raise self._error


def test_an_interruption_that_was_lost(capsys: pytest.CaptureFixture[str]) -> None:
    before = sys.unraisablehook
    heeding = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Interrupts() as interrupts:
            interrupts.heed()
            Gone(KeyboardInterrupt)
            with pytest.raises(KeyboardInterrupt):
                interrupts.heed()
            interrupts.heed()
    finally:
        signal.signal(signal.SIGINT, heeding)
    assert sys.unraisablehook is before
    assert capsys.readouterr().err == ""


def test_what_else_is_lost_is_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = list[type[BaseException]]()
    monkeypatch.setattr(sys, "unraisablehook", lambda lost: seen.append(lost.exc_type))
    with Interrupts() as interrupts:
        Gone(ValueError)
        interrupts.heed()
    assert seen == [ValueError]
