"""What somebody asks of an archive: what is read, how, by what, and in what it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.archive.filters import Filters
from sayso.intake.how import USUAL, How
from sayso.model import DEFAULT

PARTITION = 250
"""Reports found that make a partition, unless somebody says otherwise: about a minute of work for one core."""


@dataclass(frozen=True, slots=True)
class Order:
    """`filters` say what is read, `how` how sources are opened. A partition holds what was read of at most `partition`
    reports that were found. Without `with_text` the archive has no column of texts, only what was found in them."""

    filters: Filters = field(default_factory=Filters)
    how: How = USUAL
    partition: int = PARTITION
    model: str = DEFAULT
    with_text: bool = True
