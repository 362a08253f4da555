"""Through whose hands a statement reached the reader."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from sayso.types import Attribution, Document


def chain(document: Document, names: Mapping[str, str], attribution: Attribution) -> tuple[str, ...]:
    """The names on the way from the reader to the speaker: the outlet of `document`, the voices the attribution came
    through, its voice; what is not known is left out, and who hands on to themselves stands once.

    `names` gives the name of each voice by its id.
    """
    voices = (names.get(voice, "") for voice in (*attribution.via, attribution.voice or ""))
    known = (name for name in (document.outlet or "", *voices) if name.strip())
    return tuple(name for name, _ in itertools.groupby(known))
