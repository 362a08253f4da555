"""How attributions are scored: whole relations over words (`linked`), and exact spans per role (`flat`).

`linked` follows the measure by which annotators of PolNeAR were compared with each other; `flat` the protocol of
CofeNet (Wang et al., COLING 2022). Both give the same figures as the project's reference scorer on the same readings;
the test suite holds them to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evals.corpus import Gold, Spans

_WORD = re.compile(r"\w+(?:[’']\w+)*")
ROLES = ("source", "cue", "content")

Words = frozenset[int]


class Marked(NamedTuple):
    """An attribution as the sets of words that its roles touch."""

    source: Words
    cue: Words
    content: Words


@dataclass(frozen=True, slots=True)
class Case:
    """One article with what annotators and engine found in it."""

    name: str
    text: str
    gold: Sequence[Gold]
    found: Sequence[Gold]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A sentence of the published protocol: tokens as offsets into the article's text, with BIO labels."""

    name: str
    tokens: Sequence[tuple[int, int]]
    labels: Sequence[str]


def linked(cases: Iterable[Case]) -> dict[str, float]:
    """F1 in percent over whole attributions.

    `found`: the cue overlaps or half of the content agrees; `source`: and the source's words are the same; `content`:
    and the contents agree at Jaccard 0.8; `relation`: that, and the sources overlap or both are empty; `strict`: cues
    overlap, source and content are the same words. `gold` and `pred` count attributions.
    """
    counts: Counter[str] = Counter()
    for case in cases:
        gold, found = marked(case.text, case.gold), marked(case.text, case.found)
        counts["gold"] += len(gold)
        counts["pred"] += len(found)
        for i, j in match(gold, found):
            g, p = gold[i], found[j]
            counts["found"] += 1
            counts["source"] += g.source == p.source
            counts["content"] += jaccard(g.content, p.content) >= 0.8
            counts["relation"] += is_right(g, p)
            counts["strict"] += g.source == p.source and g.content == p.content and bool(g.cue & p.cue)
    total = max(1, counts["gold"] + counts["pred"])
    names = ("found", "source", "content", "relation", "strict")
    return {name: round(200 * counts[name] / total, 1) for name in names} | {
        "gold": counts["gold"],
        "pred": counts["pred"],
    }


def is_right(gold: Marked, found: Marked) -> bool:
    """Whether a found attribution hands the same content (Jaccard ≥ 0.8) to an overlapping source (or both to none)."""
    sources = bool(gold.source & found.source) or not (gold.source or found.source)
    return sources and jaccard(gold.content, found.content) >= 0.8


def marked(text: str, attributions: Iterable[Gold]) -> list[Marked]:
    """Attributions as word sets; those that touch no word with cue or content are left out."""
    words = [m.span() for m in _WORD.finditer(text)]
    out = [Marked(*(_touched(words, spans) for spans in (a.source, a.cue, a.content))) for a in attributions]
    return [m for m in out if m.cue or m.content]


def match(gold: list[Marked], found: list[Marked]) -> list[tuple[int, int]]:
    """One-to-one pairs of the likest: overlapping cues first, then by agreement of cue, content and source."""
    candidates = []
    for i, g in enumerate(gold):
        for j, p in enumerate(found):
            content = jaccard(g.content, p.content) if g.content and p.content else 0.0
            cue = jaccard(g.cue, p.cue) if g.cue and p.cue else 0.0
            if cue > 0 or content >= 0.5:
                candidates.append((cue > 0, cue + content + 0.5 * jaccard(g.source, p.source), i, j))
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for *_, i, j in sorted(candidates, reverse=True):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return pairs


def jaccard(a: Words, b: Words) -> float:
    """Shared words over all words; 1 for two empty sets."""
    return len(a & b) / len(a | b) if a | b else 1.0


def flat(aligned: Iterable[Aligned], cases: Iterable[Case]) -> dict[str, float]:
    """Exact-match F1 in percent per role over the sentences of the published protocol.

    A token has one role there: source and cue punch holes into contents. Runs that only punctuation interrupts are one.
    """
    by_name = {case.name: case for case in cases}
    counts: dict[str, list[int]] = {role: [0, 0, 0] for role in ROLES}
    for sentence in aligned:
        case = by_name.get(sentence.name)
        if case is None:
            continue
        gold = _labelled_runs(sentence.labels)
        found = _flat_runs(sentence, case)
        for role in ROLES:
            g, p = {s for s in gold if s[0] == role}, {s for s in found if s[0] == role}
            for at, n in enumerate((len(g & p), len(p), len(g))):
                counts[role][at] += n
    return {role: round(200 * both / max(1, p + g), 1) for role, (both, p, g) in counts.items()}


def _touched(words: list[tuple[int, int]], spans: Spans) -> Words:
    return frozenset(i for i, (a, b) in enumerate(words) if any(a < y and b > x for x, y in spans))


def _labelled_runs(labels: Sequence[str]) -> set[tuple[str, int, int]]:
    runs: set[tuple[str, int, int]] = set()
    role, first = "", 0
    for i, label in enumerate([*labels, "O"]):
        if role and label != f"I-{role}":
            runs.add((role, first, i))
            role = ""
        if label.startswith("B-") or (label.startswith("I-") and not role):
            role, first = label[2:], i
    return runs


def _flat_runs(sentence: Aligned, case: Case) -> set[tuple[str, int, int]]:
    lexical = [any(map(str.isalnum, case.text[a:b])) for a, b in sentence.tokens]
    runs: set[tuple[str, int, int]] = set()
    for attribution in case.found:
        roles: dict[int, str] = {}
        for role in ("content", "source", "cue"):
            spans: Spans = getattr(attribution, role)
            for i, (a, b) in enumerate(sentence.tokens):
                if any(a < y and b > x for x, y in spans):
                    roles[i] = role
        for role in ROLES:
            held = sorted(i for i, r in roles.items() if r == role)
            runs |= {(role, a, b) for a, b in _joined(held, lexical, roles)}
    return runs


def _joined(held: list[int], lexical: list[bool], roles: dict[int, str]) -> list[tuple[int, int]]:
    """Runs of token indices, two being one where only punctuation without a role stands between."""
    runs: list[tuple[int, int]] = []
    for i in held:
        between = range(runs[-1][1], i) if runs else ()
        if runs and not any(lexical[k] or k in roles for k in between):
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs
