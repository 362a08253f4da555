"""How the processes of an archive are started, and how they end."""

from __future__ import annotations

import multiprocessing
import os
from contextlib import suppress

CONTEXT = multiprocessing.get_context("spawn")
"""Not forked: the first process has threads by now, and a fork would inherit their locks."""


def end_with_parent() -> None:
    """Wait for the end of the process that started this one, and end this one then: it would wait for work for ever.
    For a thread of its own."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        with suppress(OSError):
            parent.join()
        os._exit(1)
