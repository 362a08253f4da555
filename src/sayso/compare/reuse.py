"""Which passages a report took over from another, word for word or with changes.

Candidates share runs of words; of those the sentences are aligned one with another, and neighbours that were taken over
are one passage (as in Broder 1997 for whole documents, here sentence by sentence).
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import regex

from sayso.compare.types import Reuse
from sayso.narration import sentences
from sayso.types import Document, Span

_RUN = 4
"""Words in a row that two sentences must share to be compared."""
_ALIKE = 0.6
"""Of the words of two sentences so many are common, in order, if one was taken from the other."""
_FEWEST = 8
"""Words: a shorter sentence may be alike by chance."""
_COMMON = 40
"""A run that stands in more sentences is a formula."""
_ONE_IN = 2
_GAP = 200
"""Code points between two sentences of one passage."""
_WORD = regex.compile(r"[\p{L}\p{N}]+")


class _Sentence(NamedTuple):
    report: int
    span: Span
    words: tuple[str, ...]


class _Taken(NamedTuple):
    """A sentence, the one it was taken from, and how much of their words both have in order."""

    sentence: _Sentence
    original: _Sentence
    alike: float


def reuses(documents: Sequence[Document]) -> list[Reuse]:
    """The passages that reports share, each from the report that was published first; where the dates are alike, from
    the first of the list. In the order of the reports."""
    dates = [(document.published or "9999", index) for index, document in enumerate(documents)]
    found = []
    for sentence, others in _candidates(_sentences(documents)):
        for other, alike in _alike(sentence, others):
            original, taken = sorted((other, sentence), key=lambda s: dates[s.report])
            found.append(_Taken(taken, original, alike))
    return sorted(_joined(found), key=lambda r: (r.report, r.original, r.span))


def _sentences(documents: Sequence[Document]) -> Iterator[_Sentence]:
    for report, document in enumerate(documents):
        text = document.text
        for span in sentences(text):
            words = tuple(word.lower() for word in _WORD.findall(text, span.start, span.end))
            if len(words) >= _FEWEST:
                yield _Sentence(report, span, words)


def _candidates(found: Iterator[_Sentence]) -> Iterator[tuple[_Sentence, Iterable[_Sentence]]]:
    """Each sentence with those before it, of other reports, that share a run of words with it which few others have.

    Of all runs only those whose hash is a multiple of `_ONE_IN` are kept, and the smallest of each sentence: two that
    share most of their runs still meet (Schleimer, Wilkerson, Aiken 2003).
    """
    holding: defaultdict[int, list[_Sentence]] = defaultdict(list)
    for sentence in found:
        met: dict[tuple[int, Span], _Sentence] = {}
        for run in _runs(sentence.words):
            others = holding[run]
            if len(others) < _COMMON:
                met |= {(o.report, o.span): o for o in others if o.report != sentence.report}
                others.append(sentence)
        yield sentence, met.values()


def _runs(words: Sequence[str]) -> set[int]:
    hashes = {zlib.crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(len(words) - _RUN + 1)}
    return {run for run in hashes if run % _ONE_IN == 0} | {min(hashes)}


def _alike(sentence: _Sentence, others: Iterable[_Sentence]) -> Iterator[tuple[_Sentence, float]]:
    """Those of the others that are alike enough, and how much so."""
    matcher = SequenceMatcher(None, (), sentence.words, autojunk=False)
    for other in others:
        matcher.set_seq1(other.words)
        # Two bounds from above, which are far cheaper: most candidates do not get past them.
        if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
            continue
        if (alike := matcher.ratio()) >= _ALIKE:
            yield other, alike


def _joined(found: Iterable[_Taken]) -> Iterator[Reuse]:
    """Sentences taken over one after the other, as passages: no more than `_GAP` lies between them in the taker."""
    by_reports: defaultdict[tuple[int, int], list[_Taken]] = defaultdict(list)
    for taken in found:
        by_reports[taken.sentence.report, taken.original.report].append(taken)
    for (report, source), parts in by_reports.items():
        passage: list[_Taken] = []
        for part in sorted(parts, key=lambda part: part.sentence.span):
            if passage and part.sentence.span.start - passage[-1].sentence.span.end > _GAP:
                yield _passage(report, source, passage)
                passage = []
            passage.append(part)
        yield _passage(report, source, passage)


def _passage(report: int, source: int, parts: Sequence[_Taken]) -> Reuse:
    words = sum(len(part.sentence.words) for part in parts)
    alike = sum(part.alike * len(part.sentence.words) for part in parts) / words
    here, there = _around([part.sentence for part in parts]), _around([part.original for part in parts])
    return Reuse(report, source, here, there, round(alike, 3))


def _around(sentences: Sequence[_Sentence]) -> Span:
    return Span(min(s.span.start for s in sentences), max(s.span.end for s in sentences))


def alike(taken: str, original: str) -> float:
    """How much of the words of two texts both have in the same order: 1 for the same words."""
    ours, theirs = ([word.lower() for word in _WORD.findall(text)] for text in (taken, original))
    return SequenceMatcher(None, theirs, ours, autojunk=False).ratio()


def changes(taken: str, original: str) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """What a passage says otherwise than the one it was taken from: where in it words were put in, and the words that
    were left out."""
    ours, theirs = ([m.span() for m in _WORD.finditer(text)] for text in (taken, original))
    words, others = ([text[a:b].lower() for a, b in spans] for text, spans in ((taken, ours), (original, theirs)))
    put_in: list[Span] = []
    left_out: list[str] = []
    for kind, i, j, k, n in SequenceMatcher(None, others, words, autojunk=False).get_opcodes():
        if kind != "equal":
            if k < n:
                put_in.append(Span(ours[k][0], ours[n - 1][1]))
            if i < j:
                left_out.append(original[theirs[i][0] : theirs[j - 1][1]])
    return tuple(put_in), tuple(left_out)
