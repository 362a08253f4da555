"""What all tests share: one engine, loaded once, and how Hypothesis runs."""

from __future__ import annotations

import pytest
from hypothesis import settings

from sayso.engine import Engine

# The first example of a property also pays for what is loaded or cached; a deadline would blame the property.
settings.register_profile("sayso", deadline=None)
settings.load_profile("sayso")


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The shipped model."""
    return Engine()
