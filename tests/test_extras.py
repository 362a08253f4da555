"""What is not installed is said in a sentence."""

from __future__ import annotations

import sys

import pytest

from sayso.errors import MissingExtra
from sayso.extras import need


def test_what_is_installed_is_returned() -> None:
    assert need("json", "intake") is sys.modules["json"]


def test_what_is_missing_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtra) as caught:
        need("trafilatura", "intake", "reading HTML")
    assert str(caught.value) == "reading HTML needs trafilatura: pip install 'sayso[intake]'"
