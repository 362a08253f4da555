"""Libraries that only some of what Sayso does needs: loaded when it is done, or a sentence says what to install."""

from __future__ import annotations

import importlib
from typing import Any

from sayso.errors import MissingExtra


def need(module: str, extra: str, what: str = "this") -> Any:
    """The module of that name, which installing `sayso[extra]` brings; `what` needs it ("reading HTML").

    Raises MissingExtra with the sentence that says how to install it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtra(what, error.name or module, extra) from error
