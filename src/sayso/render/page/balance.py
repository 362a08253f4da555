"""The balance: what a report stands on, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sayso.render.wording import NOBODY, UNSOURCED, counted

if TYPE_CHECKING:
    from sayso.profile import Profile


def balance(profile: Profile) -> str:
    """How many of the words stand on whom: a sentence, without its full stop, whose percents add up to 100."""
    voices = [part for voice, part in profile.voices.items() if voice is not None and part > 0]
    parts = (sum(voices), profile.voices.get(None, 0.0), profile.attributing, profile.narration)
    on, nobody, says, own = _whole_percents(parts)
    bare = min(own, round(100 * profile.unsourced))
    facts = (
        f"{on}% stand on {counted(len(voices), 'voice')}" if on else None,
        f"{nobody}% on {NOBODY}" if nobody else None,
        f"{says}% say who" if says else None,
        f"{own}% are in the report’s own voice{_of_which(bare, own)}",
    )
    return "Of all words, " + ", ".join(filter(None, facts))


def _of_which(bare: int, own: int) -> str:
    """How much of the narration stands on nobody."""
    if not bare:
        return ""
    return f" ({'all of it' if bare == own else f'{bare}%'} {UNSOURCED})"


def _whole_percents(parts: Sequence[float]) -> list[int]:
    """`parts` in whole percents that add up as the parts do: those cut the most by rounding down are rounded up."""
    percents = [int(100 * part) for part in parts]
    missing = round(100 * sum(parts)) - sum(percents)
    cut = sorted(range(len(parts)), key=lambda index: percents[index] - 100 * parts[index])
    for index in cut[: max(0, missing)]:
        percents[index] += 1
    return percents
