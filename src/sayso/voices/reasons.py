"""Why a source was given to a voice, in words that a person can check against the text."""

from __future__ import annotations

from collections.abc import Mapping

from sayso.voices.bearers import Key, key
from sayso.voices.lexicon import RELATIVE
from sayso.voices.options import PAIR, form
from sayso.voices.resolve import Link
from sayso.voices.speakers import Speaker

_OFFSET = {feature: index - len(PAIR) for index, feature in enumerate(PAIR)}


def reason(text: str, link: Link, bearers_of: Mapping[Key, int]) -> str:
    """One line on a link; empty where nobody is meant. `bearers_of` counts the bearers of each last word of a name."""
    speaker, mention = link.speaker, link.mention
    if speaker is None:
        return ""
    if mention.name is not None:
        return _named(text, link, speaker, bearers_of)
    if link.told:
        return link.told
    if link.features is None:
        if mention.form == "description":
            return "the same description is given to this person elsewhere"
        return "the writer’s own words" if speaker.kind == "author" else "spoken in this voice’s own quotation"
    if not link.features.size:
        return "described here, nobody before fits"
    features = link.features

    def holds(feature: str) -> bool:
        return bool(features[_OFFSET[feature]])

    shape = form(mention)
    if shape == "none":
        same = "its own sentence" if holds("same sentence") else "the sentence before"
        return "no source expressed; goes on from " + (
            "who spoke last" if holds("is previous") else f"who is named in {same}"
        )
    if mention.form == "pronoun" and mention.pronoun not in RELATIVE:
        why = ["named last before it"] if holds("rank in kind 0") else ["likeliest of those named before it"]
        why += ["of its gender"] * holds("gender agrees") + ["spoke last"] * holds("is previous")
        return f"“{mention.pronoun}”: {', '.join(why)}"
    if holds("same words"):
        return "the same description as before"
    if holds("head is a head") or holds("all words shared"):
        return f"“{mention.head}” is a role or description given to this voice"
    return "description of somebody named before" + (", in the same sentence" if holds("same sentence") else "")


def _named(text: str, link: Link, speaker: Speaker, bearers_of: Mapping[Key, int]) -> str:
    name, bearer = link.mention.name, speaker.bearer
    assert name is not None
    if bearer is None:
        return "named here"
    words = key(text[name.start : name.end])
    if words == bearer.key:
        return "named here in full" if len(words) > 1 or speaker.kind != "person" else "named here"
    if speaker.kind == "person":
        by_surname = words[-1:] == bearer.key[-1:]
        others = bearers_of.get(words[-1:], 0) - by_surname
        which = "surname" if by_surname else "name"
        return f"same {which}, " + (
            f"{others} other bearers of it"
            if others > 1
            else "one other bearer of it"
            if others
            else "no other bearer of it"
        )
    return "short for the full name"
