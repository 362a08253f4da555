"""What sort of voice a speaker is: person, organisation, outlet, document, unnamed, group, author.

A small learnt scorer weighs what the encoder makes of the speaker's sources against what the lexicon knows of their
words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import numpy as np

from sayso.decode import Floats
from sayso.types import VoiceType
from sayso.voices.lexicon import lexicon
from sayso.voices.options import KINDS
from sayso.voices.scorer import Perceptron
from sayso.voices.speakers import Speaker, normal

TYPES: tuple[VoiceType, ...] = get_args(VoiceType)
SORTS: tuple[str, ...] = (*TYPES, "none")
"""What the judge tells sources apart by; `none` is for words that name no speaker."""

WIDTH = len(SORTS) + 1 + len(KINDS) + 12


def voice_type(
    name: str, speaker: Speaker, judged: Sequence[Floats], speaks: bool, gendered: bool, scorer: Perceptron
) -> VoiceType:
    """The type of a voice. `judged` are the judge's log-probabilities of its sources that are no pronouns; `speaks` is
    false for one that only hands on what others say; `gendered` says that it is meant by "he" or "she"."""
    if speaker.kind == "author":
        return "author"
    if not speaks and speaker.bearer is not None and speaker.kind != "person":
        return "outlet"
    if speaker.bearer is not None and speaker.kind != "person" and _is_called_outlet(speaker):
        return "outlet"  # "the website Lyth Now"
    if speaker.bearer is None and speaker.words & {"unnamed", "anonymou", "unidentified"}:
        return "unnamed"
    scores = scorer.scores(features(name, speaker, judged)[None])[0]
    single: tuple[VoiceType, ...] = ("person", "unnamed")
    return max(single if gendered else TYPES, key=lambda sort: float(scores[SORTS.index(sort)]))


def _is_called_outlet(speaker: Speaker) -> bool:
    """Whether it is called what only outlets are ("the newspaper", "the news agency"); "the agency" may be any."""
    nouns, qualified = lexicon().media_nouns, lexicon().media_qualified
    return any(
        noun not in qualified or speaker.words & {normal(word) for word in qualified[noun]}
        for noun in speaker.heads & nouns
    )


def features(name: str, speaker: Speaker, judged: Sequence[Floats]) -> Floats:
    """One row (WIDTH,) for a speaker: the mean of the judge's log-probabilities over its sources that are no pronouns
    (`judged`, which may be empty), its kind, and what the lexicon says of its name and head."""
    mean = np.mean(judged, axis=0) if len(judged) else np.zeros(len(SORTS), np.float32)
    words = [w.strip("“”\"'’‘.,").lower() for w in name.split()]
    known = lexicon()
    heads = speaker.heads | ({words[-1]} if words else set())
    return np.array(
        [
            *np.maximum(mean, -6),
            float(len(judged) == 0),
            *(float(speaker.kind == kind) for kind in KINDS),
            float(known.is_outlet(name)),
            float(name.lower() in known.media_names),
            float(bool(heads & known.documents)),
            float(bool(heads & known.media_nouns)),
            float(bool(heads & known.unnamed)),
            float(bool(heads & known.body_nouns)),
            float(bool((heads | {f"{h}s" for h in heads} | set(words[:1])) & known.classes)),
            float(speaker.plural),
            float(speaker.bearer is not None),
            float(bool(words) and words[0] in known.first_names),
            float(len(words) == 1),
            float(name[:1].isupper()),
        ],
        np.float32,
    )
