"""What a report says in its own voice, and which of its sentences stand on nobody."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence

import regex

from sayso.text import Unit, paragraphs, sentence_ends, units
from sayso.types import Attribution, Span, Spans

_FEWEST_WORDS = 4
"""Shorter sentences state little: they are datelines, headings and cries."""

_LONGEST_CREDIT = 200  # code points

# A line that says who wrote the report is no statement of it: "By Isolde Nwade in Port Aurel", without a full stop.
_CREDIT = regex.compile(
    r"By\b.*[\p{L}\p{N})]"
    r"|\(?(?:(?:Additional )?[Rr]eporting|[Ww]riting|[Ee]diting|Compiled|Written|Edited|Translated) by\b.*"
)


def narration(text: str, attributions: Sequence[Attribution]) -> Spans:
    """What the report says in its own voice: every stretch of a sentence that is in no attribution's source, cue or
    content, without the white space around it.

    Spans are in text order, never overlap and never cross the end of a sentence; each holds a letter or a digit.
    """
    taken = _Taken(attributions)
    trimmed = (_trimmed(text, free) for sentence in sentences(text) for free in taken.free(sentence))
    return tuple(span for span in trimmed if span is not None)


def unsourced(text: str, attributions: Sequence[Attribution]) -> Spans:
    """The sentences that stand on nobody: no source, cue or content of any attribution touches them.

    They are spans of the narration. Sentences of fewer than four words and lines that credit the writers are left out.
    """
    taken = _Taken(attributions)
    return tuple(
        span
        for paragraph in paragraphs(text)
        if not _is_credit(text, Span(*paragraph))
        for sentence in _sentences_of(text, Span(*paragraph))
        if taken.is_free(span := _extent(sentence)) and _words(text, sentence) >= _FEWEST_WORDS
    )


class _Taken:
    """The stretches of a text that play some part in an attribution."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._spans = merged(span for a in attributions for span in a.source + a.cue + a.content)
        self._ends = [span.end for span in self._spans]

    def is_free(self, stretch: Span) -> bool:
        """Whether nothing of `stretch` is taken."""
        first = bisect.bisect_right(self._ends, stretch.start)
        return first == len(self._spans) or self._spans[first].start >= stretch.end

    def free(self, stretch: Span) -> Iterator[Span]:
        """The parts of `stretch` that are not taken, in order."""
        at = stretch.start
        for index in range(bisect.bisect_right(self._ends, stretch.start), len(self._spans)):
            start, end = self._spans[index]
            if start >= stretch.end:
                break
            if at < start:
                yield Span(at, start)
            at = end
        if at < stretch.end:
            yield Span(at, stretch.end)


def merged(spans: Iterable[Span]) -> list[Span]:
    """`spans` in text order, those that overlap or touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def sentences(text: str) -> Iterator[Span]:
    """The sentences of `text`, in order, without the white space between them."""
    return (_extent(found) for paragraph in paragraphs(text) for found in _sentences_of(text, Span(*paragraph)))


def _sentences_of(text: str, paragraph: Span) -> Iterator[Sequence[Unit]]:
    found = units(text, *paragraph)
    start = 0
    for end in sentence_ends(text, found):
        if start < end:
            yield found[start:end]
        start = end


def _extent(sentence: Sequence[Unit]) -> Span:
    return Span(sentence[0][0], sentence[-1][1])


def _words(text: str, sentence: Sequence[Unit]) -> int:
    return sum(any(map(str.isalnum, text[start:end])) for start, end in sentence)


def _trimmed(text: str, span: Span) -> Span | None:
    """`span` without the white space at its ends; None if it holds neither a letter nor a digit."""
    words = text[span.start : span.end]
    if not any(map(str.isalnum, words)):
        return None
    return Span(span.end - len(words.lstrip()), span.start + len(words.rstrip()))


def _is_credit(text: str, paragraph: Span) -> bool:
    short = paragraph.end - paragraph.start <= _LONGEST_CREDIT
    return short and _CREDIT.fullmatch(text, *paragraph) is not None
