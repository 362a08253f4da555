"""A reading as lines that a person can compare: attributions, voices, shares, entities and labels, no scores."""

from __future__ import annotations

from pathlib import Path

from sayso.reading import Reading
from sayso.types import Attribution, Entity, Label, Voice

FOLDER = Path(__file__).parent
EXAMPLES = FOLDER.parents[1] / "examples"


def lines(reading: Reading) -> list[str]:
    """The attributions in order, `source | cue | content | kind stance | chain`; the voices, `name (type): roles`; the
    sentences on no source; the shares; the entities, `name (TYPE) how often: names`; and what each is called."""
    profile = reading.profile()
    shares = f"{sum(profile.voices.values()):.0%} voices, {profile.narration:.0%} narration"
    return [
        *(_attribution(reading, a) for a in reading.attributions),
        *(_voice(reading, v) for v in reading.voices),
        *(f"unsourced: {reading.words((span,))}".replace("\n", "¶") for span in reading.unsourced),
        shares,
        *(_entity(e) for e in reading.entities),
        *(_label(reading, label) for label in reading.labels),
    ]


def _attribution(reading: Reading, a: Attribution) -> str:
    words = (reading.words(spans).replace("\n", "¶") for spans in (a.source, a.cue, a.content))
    inside = f" inside {a.parent}" if a.parent else ""
    return " | ".join((*words, f"{a.kind} {a.stance}{inside}", " ← ".join(reading.chain(a))))


def _voice(reading: Reading, voice: Voice) -> str:
    roles = "; ".join(reading.words((role,)).replace("\n", "¶") for role in voice.roles)
    why = f" ({reading.words((voice.withheld.why,))})" if voice.withheld and voice.withheld.why else ""
    return f"{voice.name} ({voice.type}): {roles}{why}"


def _entity(entity: Entity) -> str:
    return f"{entity.name} ({entity.type}) {len(entity.mentions)}×: {'; '.join(entity.names)}"


def _label(reading: Reading, label: Label) -> str:
    names = {known.id: known.name for known in (*reading.entities, *reading.voices)}
    who = "itself" if label.attribution is None else names.get(label.voice or "", "nobody")
    words = reading.words((label.span,)).replace("\n", "¶")
    return f"{names[label.entity]} called {words}{' (loaded)' * label.loaded} by {who}"
