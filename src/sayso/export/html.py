"""A reading as an HTML page that needs nothing beside itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.render import page as _page

if TYPE_CHECKING:
    from sayso.reading import Reading


def page(reading: Reading) -> str:
    """The whole document."""
    return _page.page(reading)
