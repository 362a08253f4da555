"""What a cue does with its content, and how sure it is of it."""

from __future__ import annotations

from typing import get_args

import regex

from sayso.types import Span, Spans, Stance

STANCES: tuple[Stance, ...] = get_args(Stance)

_NEGATION = regex.compile(r"\b(?:not|never|no|nor|neither|without|cannot|nobody)\b|\b\w+n['’]t\b", regex.IGNORECASE)
# What takes a statement back a little; modal verbs only where they stand with what is said, not with the saying.
_HEDGE_ABOUT = regex.compile(
    r"\b(?:alleg(?:ed|edly|es|ing|e)|reported(?:ly)?|suppos(?:ed|edly)|purported(?:ly)?|apparent(?:ly)?|presumably|ostensibly"
    r"|so-called|seem(?:s|ed|ingly)?|appear(?:s|ed)?|suspect(?:s|ed)?|rumou?red|unconfirmed|believed to|thought to"
    r"|said to|understood to|accused of)\b",
    regex.IGNORECASE,
)
_HEDGE_WITHIN = regex.compile(
    r"\b(?:could|may|might|possibly|perhaps|probably|likely|unlikely|potentially|maybe|allegedly|reportedly|apparently"
    r"|supposedly|purportedly|presumably|seems?|appears?|suspected|suggests?)\b",
    regex.IGNORECASE,
)
_CLAUSE = regex.compile(r"[.;:!?]\s|\bthat\b.{60}|\bwhich\b|\bwho\b|\bbecause\b|\bwhile\b|\balthough\b|,\s")
_REACH = 120
_BETWEEN = 30


def circumstances(text: str, source: Spans, cue: Spans, content: Spans) -> tuple[float, ...]:
    """What the judge is told beside the vectors: no source, a negated cue, content first, no cue, how long the cue is,
    a short content."""
    words = " ".join(text[start:end] for start, end in cue)
    return (
        float(not source),
        float(_NEGATION.search(words) is not None),
        float(bool(content and cue) and content[0].start < cue[0].start),
        float(not cue),
        min(6, len(words.split())) / 3,
        float(bool(content) and content[-1].end - content[0].start < 25),
    )


CIRCUMSTANCES = 6


def stance(scores: tuple[float, ...]) -> Stance:
    """The likeliest stance by the judge's log-probabilities; where it has seen nothing (a relay read from its words
    alone) the report only says that something was said."""
    return STANCES[max(range(len(scores)), key=scores.__getitem__)] if scores else "asserts"


def negated(text: str, source: Spans, cue: Spans) -> Spans:
    """The words that deny the cue: "did not say", "never claimed"."""
    found = [Span(*m.span()) for start, end in cue for m in _NEGATION.finditer(text, start, end)]
    if source and cue and 0 <= cue[0].start - source[-1].end <= _BETWEEN:
        found += [Span(*m.span()) for m in _NEGATION.finditer(text, source[-1].end, cue[0].start)]
    return tuple(sorted(set(found)))


def hedged(text: str, source: Spans, cue: Spans, content: Spans) -> Spans:
    """The words that make the content less than certain: beside the saying ("reportedly said"), or in the first clause
    of what is said ("could", "may")."""
    found = {Span(*m.span()) for start, end in cue for m in _HEDGE_ABOUT.finditer(text, start, end)}
    if source and cue and 0 <= cue[0].start - source[-1].end <= _BETWEEN:
        found |= {Span(*m.span()) for m in _HEDGE_ABOUT.finditer(text, source[-1].end, cue[0].start)}
    if content:
        start, end = content[0]
        stop = _CLAUSE.search(text, min(start + 25, end), min(end, start + _REACH))
        limit = stop.start() if stop else min(end, start + _REACH)
        found |= {Span(*m.span()) for m in _HEDGE_WITHIN.finditer(text, start, limit)}
    ordered = sorted(found)
    return tuple(s for i, s in enumerate(ordered) if not i or ordered[i - 1].end <= s.start)
