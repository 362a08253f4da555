"""Libraries that not everybody who runs the tests has: without one its tests are skipped, and an error where all must
run."""

from __future__ import annotations

import importlib.util
import os
import shutil
from typing import NoReturn

import pytest

REQUIRED = "SAYSO_TESTS_NEED_EXTRAS"
"""The environment variable that says so."""


def needed(module: str, extra: str, program: str | None = None) -> None:
    """Skip the tests of this module, or fail, if a library or a program that it needs is not there."""
    if importlib.util.find_spec(module) is None:
        missing(f"{module} is not installed: pip install '.[{extra}]'")
    if program is not None and shutil.which(program) is None:
        missing(f"{program} is not installed")


def missing(sentence: str) -> NoReturn:
    """Skip the tests of this module, or fail, for what the sentence says is missing."""
    if os.environ.get(REQUIRED):
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence, allow_module_level=True)
