"""Tokens → the time expressions among them, by the patterns of `grammar.toml`.

A pattern is a regular expression over symbols, compiled from its names; patterns have no unbounded repetition, so the
time taken grows with the number of tokens alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import regex

from sayso.grounding.times.lexicon import grammar, lexicon
from sayso.grounding.times.tokens import Tokens

_NAME = regex.compile(r"(?<!\(\?)\b[A-Z]+\b")
_MACRO = regex.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern with what it means. `after` and `not_after` are symbols; `follows` the name of another rule."""

    pattern: regex.Pattern[str]
    meaning: str
    score: float
    name: str | None
    after: frozenset[str]
    not_after: frozenset[str]
    follows: str | None


class Match(NamedTuple):
    """Where a rule holds: tokens `[first, last)`, and the tokens of each of its groups."""

    tokens: Tokens
    rule: Rule
    first: int
    last: int
    groups: dict[str, tuple[int, int]]

    def has(self, group: str) -> bool:
        """Whether the expression has that part."""
        return group in self.groups

    def word(self, group: str) -> str:
        """The part as it is written; of several tokens the last."""
        return self.tokens.word(self.groups[group][1] - 1)

    def number(self, group: str) -> int:
        """What the last word of a part stands for, where that is a number."""
        return int(self.tokens.value(self.groups[group][1] - 1))

    def letter(self, group: str) -> str:
        """What the last word of a part stands for, where that is a letter or a name."""
        return str(self.tokens.value(self.groups[group][1] - 1))


def matches(tokens: Tokens) -> Iterator[Match]:
    """The expressions of a paragraph in order, without overlap: at each place the longest, then the first rule."""
    codes, starters = tokens.codes, _starters()
    at, latest = 0, None
    while (start := starters.search(codes, at)) is not None:
        at = start.start()
        found = _longest(tokens, at, latest)
        if found is None:
            at += 1
        else:
            at, latest = found.last, found
            yield found


def _longest(tokens: Tokens, at: int, latest: Match | None) -> Match | None:
    codes = tokens.codes
    before = codes[at - 1] if at else lexicon().symbols["START"]
    best, chosen = None, None
    for rule in _possible(codes[at : at + 2]):
        if (rule.after and before not in rule.after) or before in rule.not_after:
            continue
        if rule.follows and not _follows(rule.follows, latest, tokens, at):
            continue
        match = rule.pattern.match(codes, at)
        if match and (best is None or match.end() > best.end()):
            best, chosen = match, rule
    if best is None or chosen is None:
        return None
    groups = {name: best.span(name) for name in best.groupdict() if best[name] is not None}
    return Match(tokens, chosen, at, best.end(), groups)


def _follows(name: str, latest: Match | None, tokens: Tokens, at: int) -> bool:
    """Whether the match of a rule of that name ended before the token before this one, or before ", and"."""
    if latest is None or latest.rule.name != name:
        return False
    symbols = lexicon().symbols
    return latest.last == at - 1 or tokens.codes[latest.last : at] == symbols["COMMA"] + symbols["AND"]


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(_rule(entry) for entry in grammar()["rules"])


@cache
def _starters() -> regex.Pattern[str]:
    """The symbols that an expression can begin with."""
    return regex.compile("[" + "".join(code for code in lexicon().symbols.values() if _possible(code)) + "]")


@cache
def _possible(codes: str) -> tuple[Rule, ...]:
    """The rules whose pattern can begin with one or two symbols: there are not many pairs, so each is tried once."""
    return tuple(rule for rule in _rules() if rule.pattern.match(codes, partial=True))


def _rule(entry: dict[str, str | float]) -> Rule:
    return Rule(
        pattern=regex.compile(_compiled(str(entry["pattern"])), regex.VERBOSE),
        meaning=str(entry["meaning"]),
        score=float(entry["score"]),
        name=str(entry["name"]) if "name" in entry else None,
        after=_codes(str(entry.get("after", ""))),
        not_after=_codes(str(entry.get("not_after", ""))),
        follows=str(entry["follows"]) if "follows" in entry else None,
    )


def _compiled(pattern: str) -> str:
    """The pattern with its macros written out and each name replaced by the character of its symbol."""
    macros: dict[str, str] = grammar()["macros"]
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda m: macros[m[1]], pattern)
    return _NAME.sub(lambda m: "[" + "".join(sorted(_codes(m[0]))) + "]", pattern)


def _codes(names: str) -> frozenset[str]:
    """The characters of some symbols and classes of symbols."""
    classes: dict[str, str] = grammar()["classes"]
    return frozenset(
        code
        for name in names.split()
        for code in (_codes(classes[name]) if name in classes else {lexicon().symbols[name]})
    )
