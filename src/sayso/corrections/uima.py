"""A corrected UIMA CAS (as INCEpTION or cassis saves it) → what came back.

Who adds an attribution in INCEpTION marks the cue and fills its slots: where there is no slot for the cue, and the
annotation itself is none of its parts, it is the cue.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sayso.corrections.differ import Returned, marked
from sayso.corrections.pairs import Candidate
from sayso.corrections.speakers import Speakers
from sayso.corrections.told import Told, as_told
from sayso.corrections.values import SPANS, Field, Marked
from sayso.export.plain import xml
from sayso.export.uima import ATTRIBUTION
from sayso.types import Span

if TYPE_CHECKING:
    from sayso.reading import Reading

CARRIES: tuple[Field, ...] = ("source", "cue", "content", "hedged", "negated", "kind", "stance", "voice", "via")

Say = Callable[[str], None]


def returned(reading: Reading, cas: Any, say: Say) -> Returned:
    """What came back of `reading` in a `cassis.Cas`. What cannot be used is told to `say`."""
    speakers = Speakers(reading)
    ids = {xml(attribution.id): attribution.id for attribution in reading.attributions}
    back, spoilt, unsure = [], [], False
    for number, found in enumerate(cas.select(ATTRIBUTION), 1):
        name = found.get("identifier") if isinstance(found.get("identifier"), str) else None
        known = ids.get(name or "")
        if name and known is None:
            say(f"attribution {number}: {name!r} is no attribution that went out; it counts as a new one")
        try:
            back.append(Candidate(known, _marked(found, speakers, len(reading.document.text))))
        except (ValueError, TypeError, AttributeError) as error:
            say(f"attribution {known or number}: {error}; it is left as it was")
            if known is None:
                unsure = True
            else:
                spoilt.append(known)
    voices = {voice.id: speaker for voice in reading.voices if (speaker := speakers.of(voice.id))}
    sent = {attribution.id: marked(attribution, voices) for attribution in reading.attributions}
    return Returned(sent, back, CARRIES, spoilt, unsure)


def _marked(found: Any, speakers: Speakers, size: int) -> Marked:
    roles: dict[str, list[Span]] = {role: [] for role in SPANS}
    for slot in _elements(found.get("parts")):
        role, part = slot.get("role"), slot.get("target")
        if role not in roles or part is None:
            raise ValueError(f"a slot has the role {role!r}" if part is not None else "a slot is empty")
        roles[role].append(Span(part.begin, part.end))
    own = Span(found.begin, found.end)
    if not roles["cue"] and not any(own in spans for spans in roles.values()):
        roles["cue"].append(own)
    kind, stance, voice, sort = map(found.get, ("kind", "stance", "voice", "voiceType"))
    return as_told(roles, Told(kind, stance, voice, sort, _elements(found.get("via"))), speakers, size)


def _elements(array: Any) -> list[Any]:
    """What an array of UIMA holds, which may be missing altogether."""
    return [element for element in getattr(array, "elements", None) or () if element is not None]
