"""Pointing at the text: what leads from the views to the words they are about."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.types import Span


def at(spans: Iterable[Span]) -> str:
    """The attribute that tells the script which words (code points of the text) an element is about."""
    places = " ".join(f"{start}-{end}" for start, end in sorted(spans))
    return f' data-at="{places}"' if places else ""


def paragraph(number: int, prefix: str) -> str:
    """A link to a paragraph of the text."""
    return f'<a href="#{prefix}p{number}">¶{number}</a>'
