"""A text cut into words, figures and marks once, for all that is matched against them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.text import paragraphs

BATCH_CHARACTERS = 1 << 16
BREAK = "\n"
"""The token that stands between two paragraphs."""

_TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*"  # 254, 2,000, 3.5
    r"|R(?=\d+(?:,\d{3}|[\d.]* ?(?:m|bn|million|billion|trillion)\b))"  # the rand of R15m
    r"|(?:[^\W\d_]\.){2,}"  # U.S., p.m.
    r"|[^\W\d_]\w*"  # soldiers, km2, M23
    r"|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """`words` are in lower case and compared only; what is shown is sliced from `text` by `starts` and `ends`."""

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]

    def __len__(self) -> int:
        return len(self.words)

    def word(self, index: int) -> str:
        """The word at `index`; a break where there is none."""
        return self.words[index] if 0 <= index < len(self.words) else BREAK

    def glued(self, index: int) -> bool:
        """Whether nothing stands between the token and the one before it."""
        return 0 < index < len(self.words) and self.ends[index - 1] == self.starts[index]

    def figures(self, index: int) -> bool:
        """Whether the token is written in digits."""
        return self.word(index)[0].isdecimal()

    def capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter."""
        return 0 <= index < len(self.words) and self.text[self.starts[index]].isupper()

    def phrase(self, first: int, last: int) -> str:
        """The words of the tokens [first, last), one blank between two."""
        return " ".join(self.words[max(0, first) : last])

    def slice(self, first: int, last: int) -> str:
        """The text from the token `first` to the end of the one before `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def hyphen(self, index: int) -> bool:
        """Whether the token joins the words around it into one, as in "three-nation"."""
        return self.word(index) in _HYPHENS and (self.glued(index) == self.glued(index + 1))


_HYPHENS = frozenset("-‐‑")
DASHES = _HYPHENS | {"–", "—"}
"""Marks that join two numbers."""


def key(phrase: str) -> str:
    """A phrase of the word lists as `Tokens.phrase` has it."""
    return " ".join(_TOKEN.findall(phrase.lower()))


def tokenise(text: str, batch: int = BATCH_CHARACTERS) -> Iterator[Tokens]:
    """The tokens of `text`, some whole paragraphs of about `batch` characters at a time: what they take in memory does
    not grow with the text."""
    starts: list[int] = []
    ends: list[int] = []
    begun = 0
    for first, last in paragraphs(text):
        if starts and last - begun > batch:
            yield _tokens(text, starts, ends)
            starts, ends, begun = [], [], first
        for match in _TOKEN.finditer(text, first, last):
            starts.append(match.start())
            ends.append(match.end())
        starts.append(last)
        ends.append(last)
    yield _tokens(text, starts, ends)


def _tokens(text: str, starts: list[int], ends: list[int]) -> Tokens:
    words = [text[start:end].lower() or BREAK for start, end in zip(starts, ends, strict=True)]
    return Tokens(text, starts, ends, words)
