"""What a site's robots.txt lets Sayso read: the Robots Exclusion Protocol (RFC 9309), and Crawl-delay.

The standard library's parser knows neither wildcards nor that the longest rule wins. Protego does, but keeps every rule
once for every agent it stands under: 64 KB made to that end cost it 9 seconds and 500 MB. This one takes time in
proportion to the file, and asking it in proportion to the file and the address.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

AGENT = "sayso"
"""The name by which a robots.txt may speak to Sayso."""
MOST_BYTES = 500 * 1024
"""What has to be read of a robots.txt (RFC 9309, 2.5)."""

_LINES = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[a-z_-]*")
_ESCAPED = re.compile(r"%([0-9a-fA-F]{2})")
_AS_WRITTEN = "/%:@!&'()+,;=~?"


@dataclass(frozen=True, slots=True)
class Rule:
    """Addresses whose path begins with `parts`, with anything between them, and ends there if `whole`."""

    allows: bool
    parts: tuple[str, ...]
    whole: bool
    weight: int

    def matches(self, target: str) -> bool:
        """Whether the rule speaks of this path: the earliest place for each part leaves the most to the next."""
        first, *rest = self.parts
        if not target.startswith(first):
            return False
        at = len(first)
        last = rest.pop() if rest and self.whole else None
        for part in rest:
            found = target.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        if last is not None:
            return target.endswith(last) and len(target) - len(last) >= at
        return not self.whole or at == len(target)


@dataclass(slots=True)
class Robots:
    """What holds for Sayso on one site. `delay` is the time in seconds that it asks to leave between two requests."""

    rules: list[Rule] = field(default_factory=list)
    delay: float = 0.0

    def allows(self, target: str) -> bool:
        """Whether the path (with what is asked) may be read: the longest rule decides, and if two are, the kinder."""
        target = _normal(target)
        if target == "/robots.txt":
            return True
        heaviest = max(((r.weight, r.allows) for r in self.rules if r.matches(target)), default=(0, True))
        return heaviest[1]


def robots(text: str) -> Robots:
    """What a robots.txt says to Sayso: all groups that name it, or else all that are for everybody."""
    for_sayso, for_all = Robots(), Robots()
    named = starred = False  # whom the group is for that we are in
    spoken_to = False
    in_rules = False
    for key, value in _entries(text):
        if key == "user-agent":
            if in_rules:
                named = starred = in_rules = False
            agent = _TOKEN.match(value.lower())
            named = named or (agent is not None and agent[0] == AGENT)
            starred = starred or value.startswith("*")
            spoken_to = spoken_to or named
            continue
        in_rules = in_rules or key in ("allow", "disallow", "crawl-delay")
        if named:
            _add(for_sayso, key, value)
        if starred:
            _add(for_all, key, value)
    return for_sayso if spoken_to else for_all


def _entries(text: str) -> Iterator[tuple[str, str]]:
    for line in _LINES.split(text.removeprefix("\ufeff")):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _add(to: Robots, key: str, value: str) -> None:
    if key == "crawl-delay":
        to.delay = max(to.delay, _seconds(value))
    elif key in ("allow", "disallow") and value:
        to.rules.append(_rule(key == "allow", value))


def _rule(allows: bool, value: str) -> Rule:
    parts = tuple(map(_normal, value.removesuffix("$").split("*")))
    return Rule(allows, parts, value.endswith("$"), sum(map(len, parts)) + len(parts))


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return seconds if math.isfinite(seconds) and seconds > 0 else 0.0


def _normal(path: str) -> str:
    """A path percent-encoded in the one way in which paths and rules are compared; a * or $ in it means itself."""
    return _ESCAPED.sub(_plain, quote(path, _AS_WRITTEN, errors="replace"))


def _plain(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character.isascii() and (character.isalnum() or character in "-._~") else escape[0].upper()
