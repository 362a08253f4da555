"""No one was hurt, no casualties: a count of zero."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.grounding.quantities.lexicon import AUXILIARIES, BEFORE_HARM, FATES, HARM, are_persons, is_person
from sayso.grounding.quantities.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Nobody:
    """The tokens [first, last) say that nobody came to harm; `of` are the tokens of what there is none of, and `fate`
    the harm."""

    first: int
    last: int
    of: tuple[int, int]
    fate: str


def nobody(tokens: Tokens, index: int) -> Nobody | None:
    """The count of zero at the token `index` ("no", "nobody", "none"); None where the text denies anything else."""
    word = tokens.words[index]
    last = index + 1
    if word == "no":
        if tokens.word(last) == "one":
            return _unharmed(tokens, index, last + 1)
        return _no_harm(tokens, index) or _no_people(tokens, index)
    return _unharmed(tokens, index, last)


def _no_harm(tokens: Tokens, index: int) -> Nobody | None:
    """No casualties, no further reports of injuries."""
    for at in range(index + 1, index + 6):
        word = tokens.word(at)
        if word in HARM and not (word in ("wounded", "dead") and tokens.word(at + 1)[0].isalpha()):
            return Nobody(index, index + 1, (at, at + 1), FATES.get(word, word))
        if word not in BEFORE_HARM:
            return None
    return None


def _no_people(tokens: Tokens, index: int) -> Nobody | None:
    """No soldiers were killed."""
    for at in range(index + 1, index + 4):
        word = tokens.word(at)
        if are_persons(word) or is_person(word):
            found = _unharmed(tokens, index, at + 1)
            return found and Nobody(index, index + 1, (index + 1, at + 1), found.fate)
        if not word[0].isalpha():
            return None
    return None


def _unharmed(tokens: Tokens, index: int, last: int) -> Nobody | None:
    """Whoever it is, followed by "was hurt", "has been killed"."""
    if tokens.word(last) == "of" and tokens.words[index] == "none":
        return _none_of(tokens, index)
    for at in range(last, last + 6):
        word = tokens.word(at)
        if word in FATES and at > last:
            return Nobody(index, last, (at, at + 1), FATES[word])
        if word not in AUXILIARIES:
            return None
    return None


def _none_of(tokens: Tokens, index: int) -> Nobody | None:
    """None of the crew was injured."""
    for at in range(index + 2, index + 6):
        if tokens.word(at + 1) in AUXILIARIES:
            found = _unharmed(tokens, index, at + 1)
            return found and Nobody(index, index + 1, (index + 2, at + 1), found.fate)
        if not tokens.word(at)[0].isalpha():
            return None
    return None
