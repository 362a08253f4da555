"""One bearer of several names: the aliases that a text gives ("the Relief Front, also known as …"), those that reports
use without a word of explanation (`aliases.tsv`), and one name spelt in several ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import regex

from sayso.names import Named
from sayso.voices.bearers import Bearer, Key, key
from sayso.voices.lexicon import lexicon

_HOW = (
    r"(?:also|better|best|more|most|commonly|widely|otherwise|formerly|previously|once|locally|sometimes|originally|usually"
    r"|now|generally|popularly|officially)"
)
_OPENS = r"(?:the\s)?[“\"‘']?"
_TONGUE = r"(?:\s(?:in|to)\s\p{L}+(?:\s\p{L}+)?)?"
_SAID = regex.compile(
    rf"""\s?\)?[,(–—-]?\s?(?:
        (?:(?:who|which|that)\s(?:is|was|are|were)\s)?(?:{_HOW}\s)*known{_TONGUE}
            (?:\s\p{{L}}+ly)?\sas
      | (?:(?:who|which)\s(?:is|was|are|were)\s(?:{_HOW}\s)*|(?:{_HOW}\s)+)
            (?:called|named|nicknamed|dubbed|abbreviated(?:\sas|\sto)?|spelled|spelt|referred\sto\sas){_TONGUE}
      | (?:{_HOW}\s)*(?:known\s)?by\s(?:its|the|his|her|their)\s(?:[\p{{L}}-]+\s){{0,2}}
            (?:acronym|initials|abbreviation|nom\sde\sguerre|alias|nickname|pseudonym)(?:\sof)?,?
      | (?:is|was)\s(?:an?|the|its|their)\s(?:[\p{{L}}-]+\s){{0,2}}
            (?:acronym|abbreviation|alias|nickname|pseudonym|other\sname)\s(?:for|of)
      | a\.?k\.?a\.? | alias
    )\s{_OPENS}""",
    regex.VERBOSE,
)
"""What may stand between a name and an alias of it, whatever they are names of."""
_FORMERLY = regex.compile(rf"\s?[,(]\s?(?:formerly|previously|originally|until recently)\s{_OPENS}")
_OR = regex.compile(rf",?\sor\s{_OPENS}")
_BRACKET = regex.compile(rf"\s?[(\[]{_OPENS}")
_AS = regex.compile(rf"\s?[,(–—]\s?as\s{_OPENS}")
_IS_CALLED = regex.compile(r" (?:is|are|was|were)(?: \p{L}+)? (?:known|called)\b")
_CLOSES = regex.compile(r"[”\"’']?[),.;–—]|[”\"’']?\s[–—-]\s")
_CLOSES_BRACKET = regex.compile(r"[”\"’']?[)\]]")
_REACH = 70
_LETTERS = (2, 7)
_DOUBLE = regex.compile(r"(\p{L})\1+")
_SPELT = tuple(
    (regex.compile(pattern), plain)
    for pattern, plain in (
        ("ou|oo", "u"), ("ee|iy|ei|ai|ay|ey", "i"), ("kh|q|ck|c(?![eiy])", "k"), ("dh", "d"), ("ph", "f"),
        ("o", "u"), ("e|y", "i"), ("h$|(?<=[ai])h", ""), ("'|’|-", ""),
    )
)  # fmt: skip
_LONG_ENOUGH = 5


class _Place(NamedTuple):
    """A name at one place, and whose it is."""

    name: Named
    bearer: int


def with_aliases(text: str, bearers: Sequence[Bearer]) -> list[Bearer]:
    """The bearers, those that are one under several names made one. It goes by the name that it is given most often,
    and keeps the keys of the others. Takes time in proportion to the number of names."""
    one = _Unions(len(bearers))
    for group in _same_names(bearers):
        for other in group[1:]:
            one.join(group[0], other)
    for first, second in _told(text, bearers):
        one.join(first, second)
    return sorted((_made_one([bearers[i] for i in group]) for group in one.groups()), key=lambda b: b.names[0])


class _Unions:
    """Which of so many things are one (union and find)."""

    def __init__(self, size: int) -> None:
        self._up = list(range(size))

    def _top(self, index: int) -> int:
        while self._up[index] != index:
            self._up[index] = self._up[self._up[index]]
            index = self._up[index]
        return index

    def join(self, first: int, second: int) -> None:
        """The two are one."""
        first, second = sorted((self._top(first), self._top(second)))
        self._up[second] = first

    def groups(self) -> Iterable[list[int]]:
        """All things, those that are one together."""
        found: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._up)):
            found[self._top(index)].append(index)
        return found.values()


def _made_one(group: list[Bearer]) -> Bearer:
    """The bearers as one: the most often named takes in the others."""
    main = max(group, key=lambda b: (len(b.names), -b.full.start))
    kinds: dict[str, float] = defaultdict(float)
    for bearer in group:
        for name in bearer.names:
            kinds[name.kind] += name.score
        if bearer is not main:
            for name in bearer.names:
                main.add(name)
            main.others += (bearer.key, *bearer.others)
            main.gender = main.gender or bearer.gender
    main.names.sort()
    known = next((_known()[b.key][1] for b in group if b.key in _known()), None)
    if known is not None and (len(group) > 1 or main.kind != "person"):
        main.kind = known
    elif len(group) > 1:
        if all(len(b.key) == 1 for b in group) and len(kinds) > 1:
            kinds.pop("person", None)  # who has but one name is more often no person
        main.kind = "organisation" if _is_body(group) else max(kinds, key=lambda kind: (kinds[kind], kind))
    return main


def _is_body(group: list[Bearer]) -> bool:
    """Whether one of the names is a body's: a person and a body that are one are a body with a name that is read as a
    person's."""
    return any(b.kind == "organisation" and len(b.names) > 1 for b in group)


def _same_names(bearers: Sequence[Bearer]) -> Iterator[list[int]]:
    """Bearers of one name: in the list, spelt differently, or marked as different kinds."""
    by_sound: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, bearer in enumerate(bearers):
        known = _known().get(bearer.key)
        if known is not None:
            by_sound["", known[0]].append(index)
        if bearer.kind != "people":
            # A surname is not the town or the body of that name; a name of several words is one, however it was marked.
            sort = "person" if bearer.kind == "person" and len(bearer.key) == 1 else "other"
            by_sound[sort, *sounds(bearer.key)].append(index)
    for group in by_sound.values():
        if len(group) > 1:
            yield group


def sounds(name: Key) -> Key:
    """A name as it may be spelt in another alphabet's transliteration: Hizbollah and Hezbullah sound alike. Words of
    less than five letters are compared as they stand, and so is what a single word begins with."""
    words = tuple(word for word in name if word not in ("al", "el", "ul", "ash", "as", "ad"))
    return tuple(_sound(word) for word in words) or name


@lru_cache(maxsize=1 << 14)  # a few words make up most of a text
def _sound(word: str) -> str:
    if len(word) < _LONG_ENOUGH or not word.isalpha():
        return word
    for pattern, plain in _SPELT:
        word = pattern.sub(plain, word)
    return _DOUBLE.sub(r"\1", word)


def _told(text: str, bearers: Sequence[Bearer]) -> Iterator[tuple[int, int]]:
    """The pairs of bearers of whom the text says that they are one."""
    places = sorted(_Place(name, index) for index, bearer in enumerate(bearers) for name in bearer.names)
    for position, (name, index) in enumerate(places[:-1]):
        other, second = places[position + 1]
        if index == second or not 0 < other.start - name.end <= _REACH:
            continue
        if _are_one(text, bearers, places[position], places[position + 1]):
            yield index, second


def _are_one(text: str, bearers: Sequence[Bearer], first: _Place, second: _Place) -> bool:
    name, other = first.name, second.name
    between = text[name.end : other.start]
    kinds = {bearers[first.bearer].kind, bearers[second.bearer].kind}
    if _SAID.fullmatch(between):
        return "people" not in kinds
    if _AS.fullmatch(between):
        return _IS_CALLED.match(text, other.end) is not None
    letters = shortens(text[name.start : name.end], text[other.start : other.end])
    if _BRACKET.fullmatch(between):
        return _CLOSES_BRACKET.match(text, other.end) is not None and (
            letters or _abbreviates(text, kinds, name, other)
        )
    if _CLOSES.match(text, other.end) is None:
        return False
    if _FORMERLY.fullmatch(between):
        return not kinds & {"person", "people"}
    return _OR.fullmatch(between) is not None and letters


def shortens(one: str, other: str) -> bool:
    """Whether one of two names is made of the initials of the other."""
    return any(
        " " in long and _is_short(short) and _subsequence(short.replace(".", "").lower(), long)
        for short, long in ((one, other), (other, one))
    )


def _is_short(surface: str) -> bool:
    letters = surface.replace(".", "")
    return _LETTERS[0] <= len(letters) <= _LETTERS[1] and letters.isupper()


def _subsequence(letters: str, long: str) -> bool:
    initials = iter([word[0].lower() for word in regex.split(r"[\s-]+", long) if word])
    return all(letter in initials for letter in letters)


def _abbreviates(text: str, kinds: set[str], name: Named, other: Named) -> bool:
    """Whether what stands in brackets is a body's other name: an abbreviation in another language, or the name that it
    abbreviates. Brackets behind a person or a place hold a party, an age or a country."""
    if "people" in kinds or "organisation" not in kinds or name.kind == "person" or other.kind == "place":
        return False
    one, two = text[name.start : name.end], text[other.start : other.end]
    short = two if _is_short(two) else one if _is_short(one) else ""
    return len(short) > 2 and not lexicon().is_known_outlet(short) and not lexicon().is_known_outlet(two)


@cache
def _known() -> dict[Key, tuple[str, str]]:
    """The names of `aliases.tsv`: for each the first name of its row, and what it is a name of."""
    found: dict[Key, tuple[str, str]] = {}
    for row in (files(__package__) / "aliases.tsv").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            kind, first, *others = row.split("\t")
            for name in (first, *others):
                found.setdefault(key(name), (first, kind))
    return found
