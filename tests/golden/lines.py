"""A reading as lines that a person can compare: attributions, voices and shares, no scores."""

from __future__ import annotations

from pathlib import Path

from sayso.reading import Reading
from sayso.types import Attribution, Voice

FOLDER = Path(__file__).parent
EXAMPLES = FOLDER.parents[1] / "examples"


def lines(reading: Reading) -> list[str]:
    """The attributions in order, `source | cue | content | kind stance | chain`; the voices, `name (type): roles`; the
    sentences on no source; the shares."""
    profile = reading.profile()
    shares = f"{sum(profile.voices.values()):.0%} voices, {profile.narration:.0%} narration"
    return [
        *(_attribution(reading, a) for a in reading.attributions),
        *(_voice(reading, v) for v in reading.voices),
        *(f"unsourced: {reading.words((span,))}".replace("\n", "¶") for span in reading.unsourced),
        shares,
    ]


def _attribution(reading: Reading, a: Attribution) -> str:
    words = (reading.words(spans).replace("\n", "¶") for spans in (a.source, a.cue, a.content))
    inside = f" inside {a.parent}" if a.parent else ""
    return " | ".join((*words, f"{a.kind} {a.stance}{inside}", " ← ".join(reading.chain(a))))


def _voice(reading: Reading, voice: Voice) -> str:
    roles = "; ".join(reading.words((role,)).replace("\n", "¶") for role in voice.roles)
    why = f" ({reading.words((voice.withheld.why,))})" if voice.withheld and voice.withheld.why else ""
    return f"{voice.name} ({voice.type}): {roles}{why}"
