"""What a speaker is called: the fullest name that the document gives, or its fullest description."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.voices.lexicon import ARTICLES
from sayso.voices.speakers import Speaker

AUTHOR = "the author"


def name(text: str, speaker: Speaker) -> str:
    """The name on one line, without titles and leading articles. A description that begins with whose it is ("his
    lawyer") begins with that person's last name instead."""
    if speaker.bearer is not None:
        return speaker.bearer.text(text)
    if speaker.described is None:
        return AUTHOR
    words = without_articles(text[slice(*speaker.described)])
    if speaker.owner is not None and speaker.owner is not speaker and len(words) > 1:
        owner = name(text, speaker.owner).split()
        whose = owner[-1] if speaker.owner.kind == "person" else " ".join(owner)
        words = [_possessive(text, whose), *words[1:]]
    return " ".join(words)


def _possessive(text: str, whose: str) -> str:
    """A name with the mark of possession, as the document sets it: "Moss’s", or "Moss’" where it writes that."""
    mark = "’" if "’" in text else "'"
    bare = whose.endswith("s") and f"{whose}{mark} " in text and f"{whose}{mark}s" not in text
    return f"{whose}{mark}" if bare else f"{whose}{mark}s"


def without_articles(description: str) -> list[str]:
    """The words of a description from the first that is no article and does not only point ("this report")."""
    words = description.split()
    while len(words) > 1 and words[0].lower() in ARTICLES | {"this", "these"}:
        words = words[1:]
    return words


def joint(names: Sequence[str]) -> str:
    """The name of several speakers who speak as one."""
    return " & ".join(names)
