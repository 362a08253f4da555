"""How sources are read, beyond what they are: what a person may say of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.intake.columns import Columns
from sayso.intake.web.limits import Limits


@dataclass(frozen=True, slots=True)
class How:
    """`columns` says which columns of tables hold what; those it does not name are guessed. With `follow`, the pages
    are read that a feed's entries lead to. `limits` is what reading an address may cost. Nothing is fetched but the
    addresses that a person gave and, with `follow`, those pages."""

    columns: Columns = field(default_factory=Columns)
    follow: bool = False
    limits: Limits = field(default_factory=Limits)


USUAL = How()
"""As it is done if nobody says otherwise."""
