"""Rewrites of a training article that leave its attributions alone: other quotation marks, other names.

PolNeAR is American: straight or curly double quotes, and the same few politicians in every article. A reader of British
or Iraqi news meets ‘single’ quotes and names the encoder splits into many pieces.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evals.corpus import Article, Gold, Spans
from sayso.quotes import Quotation, quotations
from sayso.voices.lexicon import lexicon

_STYLES = (("‘", "’"), ("‘", "’"), ("'", "'"), ("“", "”"), ("“", "”"), ('"', '"'), ('"', '"'), ("«", "»"), ("„", "“"))
_INNER = {"‘": ("“", "”"), "'": ('"', '"')}
_NAME = re.compile(r"\b[A-Z][a-z]+\b")

Edit = tuple[int, int, str]


def requoted(article: Article, rng: random.Random) -> Article:
    """The article with every quotation in one other style of marks, apostrophes in that style too."""
    outer = rng.choice(_STYLES)
    inner = _INNER.get(outer[0], ("‘", "’"))
    edits: list[Edit] = []
    for quotation in quotations(article.text):
        marks = inner if quotation.depth else outer
        edits += _remarked(article.text, quotation, marks)
    taken = {start for start, _, _ in edits}
    apostrophe = "'" if outer[0] in "'\"" else "’"
    edits += [
        (m.start(), m.end(), apostrophe)
        for m in re.finditer(r"(?<=\w)['’](?=\w)|(?<=s)['’](?=\s)", article.text)
        if m.start() not in taken
    ]
    return _edited(article, edits)


@dataclass(frozen=True, slots=True)
class Exchanges:
    """`swappable` words, which may be replaced by any of `names`; `nations`: a state and its people, as in print."""

    swappable: frozenset[str]
    names: Sequence[str]
    nations: Sequence[tuple[str, str]]

    @classmethod
    def among(cls, articles: Sequence[Article], newswire: Path) -> Exchanges:
        """What may be exchanged in `articles`, with the names of the newswire corpus in that folder."""
        names = person_names(newswire)
        nations = sorted((state.title(), people.title()) for people, state in lexicon().countries.items())
        return cls(swappable_names(articles, names), names, nations)


def renamed(article: Article, rng: random.Random, exchanges: Exchanges) -> Article:
    """The article with each swappable name replaced, consistently, by a random one."""
    chosen: dict[str, str] = {}
    edits: list[Edit] = []
    for match in _NAME.finditer(article.text):
        word = match.group()
        if word in exchanges.swappable:
            edits.append((*match.span(), chosen.setdefault(word, rng.choice(exchanges.names))))
    return _edited(article, edits)


def exchanged(article: Article, rng: random.Random, exchanges: Exchanges) -> Article:
    """The article in which every state, with its people, has become another one."""
    others = list(exchanges.nations)
    rng.shuffle(others)
    new: dict[str, str] = {}
    for (state, people), (other, others_people) in zip(exchanges.nations, others, strict=True):
        new.setdefault(state, other)
        new.setdefault(people, others_people)
        new.setdefault(f"{people}s", f"{others_people}s")
    edits = [(*m.span(), new[m.group()]) for m in _capitalised(tuple(new)).finditer(article.text)]
    return _edited(article, edits)


@cache
def _capitalised(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b")


def person_names(folder: Path) -> list[str]:
    """The words that make up persons' names in `worldwide-newswire-ner`, one for each occurrence."""
    found: list[str] = []
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text("utf-8").split("\n"):
            columns = line.split("\t")
            if len(columns) > 1 and columns[1].endswith("Person") and _NAME.fullmatch(columns[0]):
                found.append(columns[0])
    return found


def swappable_names(articles: Sequence[Article], names: Sequence[str]) -> frozenset[str]:
    """Names frequent in `articles`, known as parts of persons' names, and never written in lower case."""
    words: Counter[str] = Counter()
    for article in articles:
        words.update(re.findall(r"\b[A-Za-z]+\b", article.text))
    known = Counter(names)
    return frozenset(w for w, n in words.items() if n >= 40 and known[w] >= 5 and words[w.lower()] == 0)


def _remarked(text: str, quotation: Quotation, marks: tuple[str, str]) -> list[Edit]:
    width = 2 if text.startswith("``", quotation.start) else 1
    edits = [(quotation.start, quotation.start + width, marks[0])]
    if quotation.closed:
        edits.append((quotation.end - width, quotation.end, marks[1]))
    return edits


def _edited(article: Article, edits: list[Edit]) -> Article:
    edits = sorted(edits)
    pieces: list[str] = []
    at = 0
    moved = list(range(len(article.text) + 1))
    shift = 0
    for start, end, new in edits:
        pieces += [article.text[at:start], new]
        for i in range(at, start):
            moved[i] += shift
        for i in range(start, end):
            moved[i] = start + shift
        shift += len(new) - (end - start)
        at = end
    for i in range(at, len(moved)):
        moved[i] += shift
    pieces.append(article.text[at:])

    def remap(spans: Spans) -> Spans:
        return tuple((moved[a], moved[b]) for a, b in spans)

    versions = tuple(
        tuple(Gold(remap(g.source), remap(g.cue), remap(g.content)) for g in version) for version in article.versions
    )
    return Article(article.name, "".join(pieces), versions)
