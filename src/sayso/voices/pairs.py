"""Two who are taken up together ("both", "the two senators", "the pair") once they have been named side by side."""

from __future__ import annotations

import itertools

import regex

from sayso.names import Named
from sayso.voices.marks import Marks
from sayso.voices.mention import Mention

_REACH = 1500
_TWO = regex.compile(r"both|the (?:two|pair|couple|duo)|(?:the two|both|the past two) [\p{L}.-]+(?: [\p{L}.-]+){0,3}")
_BESIDE = regex.compile(r"(?:\s\([^()\n]{0,24}\))?,?\s(?:and|or)\s(?:[\p{L}.’'-]+\s){0,6}")


def means_two(found: Mention) -> bool:
    """Whether a source means two who are known already: "both", "the two", "the two leading bakers"."""
    return found.name is None and _TWO.fullmatch(" ".join(found.words)) is not None


def pair_before(marks: Marks, at: int, reach: int = _REACH) -> tuple[Named, Named] | None:
    """The last two persons that are named side by side in the `reach` characters before `at`: "Amal Ode and the baker
    Rurik Moss"."""
    names = [n for n in marks.names_in(max(0, at - reach), at) if n.kind == "person"]
    for second, first in itertools.pairwise(reversed(names)):
        if _BESIDE.fullmatch(marks.text, first.end, second.start):
            return first, second
    return None
