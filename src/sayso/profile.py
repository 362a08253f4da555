"""The profile of a report: how much of it stands on whom."""

from __future__ import annotations

import bisect
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sayso.narration import unsourced
from sayso.text import units
from sayso.types import Attribution, Kind, Spans, VoiceType

if TYPE_CHECKING:
    from sayso.reading import Reading

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose the words of a report are. All figures but `words` are shares of them, from 0 to 1.

    `words` counts units that hold a letter or a digit. A word in the contents of several attributions belongs to the
    smallest content. `voices` gives the share of each voice by its id, `types` of each type of voice, both with None
    for contents that are given to nobody; `kinds` that of direct, mixed and indirect contents. Each lists what has any
    words, the largest share first. `attributing` are the words of sources and cues in no content, `narration` all
    others; `unsourced` is the part of the narration in sentences that stand on nobody. Each of the three tables, with
    `attributing` and `narration`, adds up to 1, unless there are no words.
    """

    words: int
    voices: dict[str | None, float]
    types: dict[VoiceType | None, float]
    kinds: dict[Kind, float]
    attributing: float
    narration: float
    unsourced: float


def profile(reading: Reading) -> Profile:
    """The profile of `reading`, in time that grows with its text and its attributions alone."""
    text = reading.document.text
    words = _Words(text)
    types = {voice.id: voice.type for voice in reading.voices}
    by_voice: Counter[str | None] = Counter()
    by_type: Counter[VoiceType | None] = Counter()
    by_kind: Counter[Kind] = Counter()
    for attribution in sorted(reading.attributions, key=_inner_first):
        own = words.claim(attribution.content)
        by_voice[attribution.voice] += own
        by_type[types.get(attribution.voice or "")] += own
        by_kind[attribution.kind] += own
    attributing = sum(words.claim(a.source) + words.claim(a.cue) for a in reading.attributions)
    narration = words.total - by_kind.total() - attributing
    return Profile(
        words=words.total,
        voices=_shares(by_voice, words.total),
        types=_shares(by_type, words.total),
        kinds=_shares(by_kind, words.total),
        attributing=_share(attributing, words.total),
        narration=_share(narration, words.total),
        unsourced=_share(words.claim(unsourced(text, reading.attributions)), words.total),
    )


class _Words:
    """The words of a text, each of which is claimed once. A word is in a span if it begins there."""

    def __init__(self, text: str) -> None:
        self._starts = [start for start, end in units(text) if any(map(str.isalnum, text[start:end]))]
        self._next = list(range(len(self._starts) + 1))  # for each word a later one with none left before it
        self.total = len(self._starts)

    def claim(self, spans: Spans) -> int:
        """Claim the words in `spans`; how many of them nobody had claimed before."""
        claimed = 0
        for span in spans:
            end = bisect.bisect_left(self._starts, span.end)
            word = self._left(bisect.bisect_left(self._starts, span.start))
            while word < end:
                self._next[word] = word + 1
                claimed += 1
                word = self._left(word)
        return claimed

    def _left(self, word: int) -> int:
        """The first unclaimed word from `word` on; the way there is halved, so that no stretch is walked twice."""
        while self._next[word] != word:
            self._next[word] = self._next[self._next[word]]
            word = self._next[word]
        return word


def _inner_first(attribution: Attribution) -> tuple[int, bool]:
    """Smaller contents first, and of equal ones that which lies in another."""
    return sum(end - start for start, end in attribution.content), attribution.parent is None


def _shares(counts: Counter[_Key], total: int) -> dict[_Key, float]:
    return {key: _share(count, total) for key, count in counts.most_common() if count}


def _share(count: int, total: int) -> float:
    return count / total if total else 0.0
