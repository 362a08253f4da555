"""The corpora that the namer learns from, as running text in which every name or phrase keeps its offsets.

Names: the Worldwide Newswire corpus (Shan et al., EMNLP 2023), whose tokens are joined as print would have them.
Phrases: GUM (Zeldes, LREV 2017), of its genres those whose texts may be used freely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

SENTENCES_A_PARAGRAPH = 3
"""The newswire corpus marks sentences only; a line of a newspaper holds about so many."""

NAME_KINDS = {
    "Person": "person",
    "Organization": "organisation",
    "Location": "place",
    "Facility": "place",
    "NORP": "people",
    "Product": "thing",
    "Misc": "thing",
}
"""The newswire corpus's classes as ours; its dates and sums of money are no names."""

FREE_GENRES = ("academic", "bio", "court", "interview", "news", "voyage")
"""GUM's genres with a licence, stated in its LICENSE.txt, that asks for credit only."""

_NO_SPACE_BEFORE = re.compile(r"[,.;:!?%)\]}’”»]|n['’]t|['’](?:s|ll|re|ve|d|m)|'s?", re.IGNORECASE)
_NO_SPACE_AFTER = re.compile(r"[(\[{‘“«$£€#@]")


class Marked(NamedTuple):
    """A name or a phrase in the text: code points [start, end), and its kind."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text with what is marked in it, in text order, nothing overlapping."""

    name: str
    text: str
    marked: tuple[Marked, ...]


HOLDOUT_EVERY = 20
"""Every 20th text of a corpus is held out."""


def split(texts: list[Text]) -> tuple[list[Text], list[Text]]:
    """The texts to learn from, and those held out."""
    return [t for i, t in enumerate(texts) if i % HOLDOUT_EVERY], texts[::HOLDOUT_EVERY]


def newswire(folder: Path) -> list[Text]:
    """Every article of the Worldwide Newswire corpus, with its names."""
    return [_article(path) for path in sorted(folder.glob("*.tsv"))]


def gum(folder: Path) -> list[Text]:
    """GUM's texts of free genres, with their noun phrases up to the head: person, people (several), organisation,
    other."""
    paths = [path for genre in FREE_GENRES for path in sorted((folder / "dep").glob(f"GUM_{genre}_*.conllu"))]
    return [_parsed(path) for path in paths]


def _article(path: Path) -> Text:
    text = ""
    names: list[Marked] = []
    for number, sentence in enumerate(_sentences(path.read_text("utf-8").split("\n"))):
        if text:
            text += " " if number % SENTENCES_A_PARAGRAPH else "\n"
        open_kind = None
        open_quote = False
        glued = True
        for token, tag in sentence:
            closes = token == '"' and open_quote
            start = len(text) + (not glued and not closes and not _NO_SPACE_BEFORE.fullmatch(token))
            text = text + " " * (start - len(text)) + token
            kind = NAME_KINDS.get(tag[2:]) if tag[:2] in ("B-", "I-") else None
            if kind and tag[0] == "I" and open_kind == kind:
                names[-1] = Marked(names[-1].start, len(text), kind)
            elif kind:
                names.append(Marked(start, len(text), kind))
            open_kind = kind
            glued = _NO_SPACE_AFTER.fullmatch(token) is not None or (token == '"' and not open_quote)
            if token == '"':
                open_quote = not open_quote
    return Text(path.name, text, tuple(names))


def _sentences(lines: Iterable[str]) -> Iterator[list[tuple[str, str]]]:
    sentence: list[tuple[str, str]] = []
    for line in [*lines, ""]:
        token, *layers = line.strip().split("\t")
        if token:
            # A further column holds a name inside a name (the country of a ministry): the outer one is what is learnt.
            sentence.append((token, layers[0] if layers else "O"))
        elif sentence:
            yield sentence
            sentence = []


class _Token(NamedTuple):
    """A row of CoNLL-U: its place in the text, its head (an index in the sentence, -1 for the root), the rest."""

    start: int
    end: int
    head: int
    relation: str
    plural: bool
    misc: str


def _parsed(path: Path) -> Text:
    text = ""
    phrases: list[Marked] = []
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.split("\n")
        if text and any(line.startswith("# newpar") for line in lines):
            text = text.rstrip() + "\n"
        tokens: list[_Token] = []
        for columns in (line.split("\t") for line in lines if line[:1].isdigit()):
            if not columns[0].isdigit():
                continue
            plural = "Number=Plur" in columns[5]
            tokens.append(
                _Token(len(text), len(text) + len(columns[1]), int(columns[6]) - 1, columns[7], plural, columns[9])
            )
            text += columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
        phrases += _phrases(tokens)
    return Text(path.stem, text.rstrip(), tuple(phrases))


def _phrases(tokens: list[_Token]) -> list[Marked]:
    """The outermost phrases of one sentence, each from its first word to its head, names to their end."""
    found: list[Marked] = []
    end = 0
    for first, last, kind in sorted(_entities(tokens), key=lambda e: (e[0], -e[1])):
        head = next((i for i in range(first, last + 1) if not first <= tokens[i].head <= last), last)
        while head < last and tokens[head + 1].relation.startswith("flat"):
            head += 1
        if first >= end:
            end = head + 1
            if kind == "person" and tokens[head].plural:
                kind = "people"
            known = kind if kind in ("person", "people", "organisation") else "other"
            found.append(Marked(tokens[first].start, tokens[head].end, known))
    return found


def _entities(tokens: list[_Token]) -> Iterator[tuple[int, int, str]]:
    """First token, last token and type of every entity that lies in one piece in the sentence."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for index, token in enumerate(tokens):
        value = re.search(r"Entity=([^|]*)", token.misc)
        for bracket in re.findall(r"\([^()]*\)?|[^()]+\)", value.group(1)) if value else ():
            name = re.split(r"[-()]", bracket.strip("()"))[0]
            if bracket.startswith("("):
                kind = bracket.strip("()").split("-")[1].replace("organization", "organisation")
                opened.setdefault(name, []).append((index, kind))
            if bracket.endswith(")") and opened.get(name):
                first, kind = opened[name].pop()
                yield first, index, kind
