"""The names and phrases of a document, to be asked what lies in a stretch of it."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import regex

from sayso.names import Named, Phrases

WORD = regex.compile(r"[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}.&’'_-]*[\p{L}\p{M}\p{N}])?")

_BODY_OF = regex.compile(
    r"(?:['’]s|(?<=s)['’])?[ \u00a0](?:campaign|administration|team|camp|office|government)\b", regex.IGNORECASE
)


class Marks:
    """The names and phrases of a document, to be asked what lies in a stretch of it."""

    def __init__(self, text: str, names: Sequence[Named], phrases: Sequence[Named]) -> None:
        """Both sorted by where they begin, neither overlapping itself."""
        self.text = text
        self.names = names
        self.phrases = Phrases.of(phrases)
        self.bodies = [body for name in names if (body := _body_of(text, name))]
        self._bodies = {body.start: body for body in self.bodies}
        self.known = frozenset(
            word for n in names if n.kind == "organisation" for word in text[n.start : n.end].lower().split()
        )
        self._names = [n.start for n in names]
        self._phrases = self.phrases.starts

    def names_in(self, start: int, end: int) -> Sequence[Named]:
        """The names that lie wholly in `[start, end)`."""
        first = bisect.bisect_left(self._names, start)
        last = bisect.bisect_left(self._names, end)
        return [n for n in self.names[first:last] if n.end <= end]

    def body_at(self, at: int) -> Named | None:
        """The body that begins at `at` and is called by whose it is ("the Ode campaign", "Lyth’s government")."""
        return self._bodies.get(at)

    def phrases_in(self, start: int, end: int) -> Sequence[Named]:
        """The phrases that begin in `[start, end)`."""
        return self.phrases[bisect.bisect_left(self._phrases, start) : bisect.bisect_left(self._phrases, end)]

    def phrase_at(self, at: int) -> Named | None:
        """The phrase that holds the character at `at`."""
        index = bisect.bisect_right(self._phrases, at) - 1
        phrase = self.phrases[index] if index >= 0 else None
        return phrase if phrase is not None and phrase.end > at else None


def _body_of(text: str, name: Named) -> Named | None:
    body = _BODY_OF.match(text, name.end)
    return Named(name.start, body.end(), "organisation", name.score) if body else None
