"""What an amount counts: the noun phrase after it, whether that is people, and what happened to them."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.grounding.quantities.amounts import Amount
from sayso.grounding.quantities.lexicon import (
    AUXILIARIES,
    BEFORE_NUMBER,
    DETERMINERS,
    FATES,
    HARM,
    NUMBERS,
    STOP,
    STRONG,
    are_persons,
    is_demonym,
    is_person,
    is_plural,
)
from sayso.grounding.quantities.numerals import numeral
from sayso.grounding.quantities.tokens import BREAK, Tokens

_WINDOW, _FAR = 8, 10
_IN_ORDER = frozenset({"first", "last", "past", "next", "previous", "top", "remaining", "latest"})
_QUOTES = frozenset('“”‘"„«')


@dataclass(frozen=True, slots=True)
class Counted:
    """The tokens [first, head] are the noun phrase, None where there is none; `last` is where the search for it ended
    (the token after the phrase). `fate` is what befell those counted ("killed"), `people` whether they are persons."""

    first: int
    head: int | None
    last: int
    people: bool
    fate: str | None


def counted(tokens: Tokens, found: Amount) -> Counted:
    """What the amount counts."""
    if found.unit is None and tokens.hyphen(found.last) and tokens.word(found.last + 1)[0].isalpha():
        return _compound(tokens, found.last + 1)
    first, head = _phrase(tokens, found)
    last = found.last if head is None else head + 1
    if tokens.word(last) == "times":
        return Counted(first, head, last, False, None)
    fate = _before(tokens, found.first) or _after(tokens, last) or _toll(tokens, found.first)
    if head is None:
        return Counted(first, None, last, fate is not None, fate)
    noun = tokens.words[head]
    fate = fate or (FATES.get(noun) if noun in HARM else None)
    natives = tokens.capital(head) and noun.endswith("ans")  # Iowans, Texans
    people = are_persons(noun) or is_person(noun) or is_demonym(noun) or natives or noun in HARM
    return Counted(first, head, last, people, fate if people else None)


def _compound(tokens: Tokens, at: int) -> Counted:
    """Six-member, a 300-strong force."""
    noun = tokens.word(at)
    if noun in STRONG:
        return Counted(at, None, at + 1, True, None)
    people = is_person(noun) or are_persons(noun)
    return Counted(at, at, at + 1, people, None)


def _phrase(tokens: Tokens, found: Amount) -> tuple[int, int | None]:
    """The first token and the head of the noun phrase after the amount."""
    first = found.last
    if tokens.word(first) == "of":
        first += 1
    elif found.unit is not None:
        return first, None
    while tokens.word(first) in DETERMINERS or tokens.word(first) in _QUOTES:
        first += 1
        if first - found.last > 5:
            return first, None
    if tokens.word(found.last) == "of":
        at = first + (tokens.word(first) in _IN_ORDER)
        number = numeral(tokens, at) if tokens.word(at) in NUMBERS or tokens.figures(at) else None
        first = number.last if number else first  # "nine of the eleven judges"
    single = found.unit is not None or ((found.high or found.low) == 1 and found.number.form == "words")
    head = _head(tokens, first, single)
    return first, head


def _head(tokens: Tokens, first: int, single: bool) -> int | None:
    """The head of the noun phrase that begins at `first`: the last of its first nouns that are in the plural or people.

    Without such a noun it is the last word of the phrase where the amount counts one or measures (`single`).
    """
    head: int | None = None
    last: int | None = None
    for at in range(first, first + _WINDOW):
        word = tokens.word(at)
        if tokens.hyphen(at) and tokens.glued(at):
            continue
        if word in _APOSTROPHES and _owns(tokens, at):
            head, last = None, None
            continue
        if word == "s" and tokens.word(at - 1) in _APOSTROPHES:
            continue
        if not word[0].isalpha() or (word in STOP and word not in ("us", "it")) or word in NUMBERS:
            break
        if word in FATES and not is_plural(word) and not (word in HARM and at == first) and not _describes(tokens, at):
            break
        if head is not None and not _is_noun(tokens, at) and not _leads_on(tokens.words[head]):
            break
        if head is None and last is not None and single and _ends_mass(tokens, at):
            break
        if _is_noun(tokens, at):
            head = at
        last = at
    if head is not None and not single and is_person(tokens.words[head]) and not are_persons(tokens.words[head]):
        return None  # "12 member"
    return last if head is None and single else head


def _owns(tokens: Tokens, at: int) -> bool:
    """Whether the apostrophe makes what is before it the owner of what is counted: "eight of Reyl's palaces".

    Not in "the two nations' parliaments", where the nations are counted.
    """
    return tokens.glued(at) and tokens.glued(at + 1) and tokens.word(at + 1) == "s"


_APOSTROPHES = frozenset("'’")
_MODIFIERS = frozenset({"aircraft", "police", "media", "data", "species", "series"})


def _ends_mass(tokens: Tokens, at: int) -> bool:
    """Whether a phrase without plural ("territory") is over before the token: at an adverb, or a name after a noun."""
    return tokens.words[at].endswith(("ly", "ed")) or (tokens.capital(at) and not tokens.capital(at - 1))


def _leads_on(noun: str) -> bool:
    """Whether a noun may be but the first part of a longer one: "aircraft carriers", "suspect packages"."""
    return noun in _MODIFIERS or (is_person(noun) and not are_persons(noun))


def _is_noun(tokens: Tokens, at: int) -> bool:
    word = tokens.words[at]
    return is_plural(word) or are_persons(word) or is_person(word)


def _describes(tokens: Tokens, at: int) -> bool:
    """Whether a fate is said of a noun right after it: "12 wounded soldiers"."""
    after = tokens.word(at + 1)
    return after[0].isalpha() and after not in STOP and (is_plural(after) or are_persons(after))


def _before(tokens: Tokens, first: int) -> str | None:
    """The fate that is said before the amount: "killing", "wounded almost"."""
    at = first - 1
    for _ in range(4):
        word = tokens.word(at)
        if word in FATES and word != "toll":
            return FATES[word]
        if word not in BEFORE_NUMBER:
            break
        at -= 1
    return None


def _toll(tokens: Tokens, first: int) -> str | None:
    """The fate that a death toll counts, which stands a few words before: "the death toll has risen to"."""
    for at in range(first - 1, first - _FAR, -1):
        word = tokens.word(at)
        if word == "toll":
            return FATES[word]
        if word in (".", ";", BREAK) or word in NUMBERS or word[0].isdecimal():
            return None
    return None


def _after(tokens: Tokens, last: int) -> str | None:
    """The fate that is said after the amount: "dead", "were wounded", "have been arrested"."""
    passive = False
    for at in range(last, last + 7):
        word = tokens.word(at)
        if word in FATES and (word not in AUXILIARIES or tokens.word(at + 1) not in FATES):
            return FATES[word] if passive or _is_undergone(tokens, at) else None
        if word not in AUXILIARIES:
            return None
        passive = True
    return None


def _is_undergone(tokens: Tokens, at: int) -> bool:
    """Whether a bare form is what befell them ("12 people killed by a mine"), not what they did ("12 men killed a")."""
    word, after = tokens.words[at], tokens.word(at + 1)
    if word in ("died", "die", "dead", "missing", "drowned", "perished", "homeless", "casualties", "fatalities"):
        return True
    if word.endswith(("ing", "s")) or word in ("kill", "wound", "injure", "arrest", "detain"):
        return False
    return not after[0].isalnum() or (after in STOP and after not in DETERMINERS and after not in ("a", "an", "some"))
