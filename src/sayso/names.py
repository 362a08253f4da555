"""Names and noun phrases in the text: runs of units that the namer marks, and what they stand for."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, overload

import regex

from sayso.decode import Floats
from sayso.windows import Window

NAME_KINDS = ("person", "organisation", "place", "people", "thing")
"""What a name may be a name of; `people` is a nation, a faith, a party's followers."""
PHRASE_KINDS = ("person", "people", "organisation", "other")
"""What a noun phrase may stand for; `people` is several persons."""


class Named(NamedTuple):
    """A name or phrase at one place: code points `[start, end)`, its kind, and how sure the namer is of it."""

    start: int
    end: int
    kind: str
    score: float


class Phrases(Sequence[Named]):
    """Phrases in text order, in a tenth of the memory of a list: a document may have hundreds of thousands."""

    def __init__(self, phrases: Iterable[Named] = ()) -> None:
        self.starts = array("L")
        self._ends = array("L")
        self._scores = array("d")
        self._kinds = bytearray()
        self.extend(phrases)

    @classmethod
    def of(cls, phrases: Iterable[Named]) -> Phrases:
        """The same phrases in this form, in which they may be already."""
        return phrases if isinstance(phrases, Phrases) else cls(phrases)

    def extend(self, phrases: Iterable[Named]) -> None:
        """Take in more phrases, which stand behind all others."""
        for start, end, kind, score in phrases:
            self.starts.append(start)
            self._ends.append(end)
            self._kinds.append(PHRASE_KINDS.index(kind))
            self._scores.append(score)

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Named: ...

    @overload
    def __getitem__(self, index: slice) -> list[Named]: ...

    def __getitem__(self, index: int | slice) -> Named | list[Named]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        return Named(self.starts[index], self._ends[index], PHRASE_KINDS[self._kinds[index]], self._scores[index])


def tags(kinds: Sequence[str]) -> tuple[str, ...]:
    """What the namer says of a unit: outside, or at the beginning or inside of something, by kind."""
    return ("O", *(f"{position}-{kind}" for kind in kinds for position in "BI"))


def named(scores: Floats, kinds: Sequence[str], window: Window) -> list[Named]:
    """The names or phrases that begin in what a window owns, from log-probabilities (N, tags of `kinds`)."""
    best = scores.argmax(-1).tolist()
    found: list[Named] = []
    first = 0
    while first < len(best):
        if not best[first]:
            first += 1
            continue
        kind = (best[first] - 1) // 2
        last = first + 1
        while last < len(best) and best[last] == 2 * kind + 2:
            last += 1
        if first >= window.owned:
            score = math.exp(float(scores[range(first, last), best[first:last]].mean()))
            start, end = int(window.units[first, 0]), int(window.units[last - 1, 1])
            found.append(Named(start, end, kinds[kind], score))
        first = last
    return found


_CAPITAL_BEFORE = regex.compile(r"(?<![\p{L}\p{N}.’'-])((?:\p{Lu}\.){2,}|\p{Lu}[\p{L}&-]*)[ \u00a0]$")
_CAPITAL_AFTER = regex.compile(r"[ \u00a0](?:(?:of|for|and|on|&)[ \u00a0](?:the[ \u00a0])?)?(\p{Lu}[\p{L}&-]*)")
_NICKNAME = regex.compile(r"\s[\"“‘'(]{1,2}\s?|[\"”’')]{1,2}\s|\s[\"“‘'(]{1,2}[\p{L} -]+[\"”’')]{1,2}\s")
_INITIAL_BEFORE = regex.compile(r"(?:^|(?<=[\s.“\"‘(]))(\p{Lu}\.)\s?$")
_BRACKET = regex.compile(r"\s*\([^)]*$")
_PARTY = regex.compile(r"\s*\(\s*(?:D|R|I|Dem|Rep|Ind|Lab|Con)\b[^()\n]{0,24}")
_SUFFIX = regex.compile(r",? (?:Jr\b\.?|Sr\b\.?|I{2,3}\b|IV\b)")
_OWNER = regex.compile(r"(?:\p{Lu}[\p{L}.]+\s){0,2}\p{Lu}[\p{L}.]+['’]s\s(?=\p{Lu})(?!\p{Lu}\p{Ll}*day\b)")
_WHERE = regex.compile(r"[\p{L}.]+-(?:based|backed|led|run|owned|born|controlled|aligned)\s(?=\p{Lu})")
_FIRST_WORD = regex.compile(r"(\p{Ll}+)\s+(?=\p{Lu})")
_LAST_WORD = regex.compile(r"\s(\p{L}+)$")
_PORTFOLIOS = frozenset(
    {"justice", "interior", "defence", "defense", "finance", "foreign", "supreme", "general", "grand"}
)
"""Words of offices that also begin the names of bodies ("Justice Department")."""
_LINE_REACH = 2000  # a line may be a million characters long
_LINE = regex.compile(r"[^\n]*")
_WORD = regex.compile(r"\p{L}+")


def tidied(
    text: str, names: Sequence[Named], stops: frozenset[str], nations: Mapping[str, str] = MappingProxyType({})
) -> list[Named]:
    """Names as print shows them: none without a capital, and bodies with all the capitals that stand next to them
    ("Democratic" and "National Committee" are one) up to one of the `stops` (function words, titles), unless the whole
    line is in capitals or title case. `nations` gives the kind of the names of countries and peoples, in lower case:
    what the namer takes for a body or a thing and is just that is one of these, whichever the country."""
    kept = _joined(text, [n for n in names if any(map(str.isupper, text[n.start : n.end]))])
    found: list[Named] = []
    for index, name in enumerate(kept):
        if name.kind in ("organisation", "thing") and not all_capitals(text, name.start):
            name = _widened(text, name, stops, kept[index + 1].start if index + 1 < len(kept) else len(text))
            while found and found[-1].end > name.start:
                found.pop()
        elif found and found[-1].end > name.start:
            continue
        found.append(_settled(text, _trimmed(text, name), nations))
    return found


def _settled(text: str, name: Named, nations: Mapping[str, str]) -> Named:
    end = name.end - 2 if text[name.start : name.end].endswith(("'s", "’s")) else name.end
    kind = nations.get(text[name.start : end].lower())
    if kind is None or name.kind not in ("organisation", "thing", kind):
        return name
    return Named(name.start, end, kind, name.score)


def _joined(text: str, names: list[Named]) -> list[Named]:
    """Persons with what belongs to their names: a nickname in marks between two parts, "Jr." behind."""
    found: list[Named] = []
    for name in names:
        if name.kind == "person":
            name = _person(text, name)
            party = _PARTY.match(text, found[-1].end) if found else None
            if party is not None and name.start < party.end():
                continue  # "(D-Mo.)"
            if found and found[-1].kind == "person" and _NICKNAME.fullmatch(text, found[-1].end, name.start):
                name = Named(found.pop().start, name.end, "person", name.score)
            suffix = _SUFFIX.match(text, name.end)
            if suffix:
                name = Named(name.start, suffix.end(), "person", name.score)
        found.append(name)
    return found


def _person(text: str, name: Named) -> Named:
    """A person's name with the initials before it ("C. Stewart Ode"), without a bracket that opens in it ("(Lab")."""
    start = name.start
    while initial := _INITIAL_BEFORE.search(text, max(0, start - 4), start):
        start = initial.start(1)
    bracket = _BRACKET.search(text, start, name.end)
    return Named(start, bracket.start() if bracket else name.end, "person", name.score)


def _trimmed(text: str, name: Named) -> Named:
    """The name without small words at its end, or what only stands before it ("group Judicial Watch", "Iraq's")."""
    end = name.end
    start = name.start
    if name.kind != "person" and (owner := _OWNER.match(text, start, end)):
        start = owner.end()
    if name.kind != "person" and (where := _WHERE.match(text, start, end)):
        start = where.end()
    while (first := _FIRST_WORD.match(text, start, end)) and len(first.group(1)) > 3:
        start = first.end()
    while (last := _LAST_WORD.search(text, start, end)) and last.group(1).islower():
        end = last.start()
    return Named(start, end, name.kind, name.score)


def _widened(text: str, name: Named, stops: frozenset[str], limit: int) -> Named:
    start, end = name.start, name.end
    while before := _CAPITAL_BEFORE.search(text, max(0, start - 30), start):
        word = before.group(1)
        if word.lower() in stops and word.lower() not in _PORTFOLIOS and not word.isupper():  # "US" is not "us"
            break
        start = before.start(1)
    while after := _CAPITAL_AFTER.match(text, end, min(len(text), end + 30)):
        if after.start(1) >= limit or after.group(1).lower() in stops:
            break
        end = after.end(1)
    return Named(start, end, name.kind, name.score)


def all_capitals(text: str, at: int) -> bool:
    """Whether most words of the line begin with a capital: they tell nothing there."""
    first = max(0, at - _LINE_REACH)
    begin = max(first, text.rfind("\n", first, at) + 1)
    line = _LINE.match(text, begin, begin + 200)
    words = [w.group() for w in _WORD.finditer(line.group())] if line else []
    return sum(w[0].isupper() for w in words) > 0.6 * len(words)
