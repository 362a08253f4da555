"""re3d (Dstl, Aleph Insights and Committed Software): reports on Syria and Iraq, and the names in what is marked there.

re3d marks, by offsets, everything that a person, a body or a place is meant by: pronouns ("we", "he"), descriptions
("the regime", "ISIL-held buildings") and whole phrases ("the Foreign Secretary Boris Johnson"), of nested ones the
outermost; the crowd's confidence tells what was taken for right, and only what has at least a half of it is taken here.
`names` are the names in that, by this rule:

1. Small words before the first capital go, the article included ("the port city of Tartus" is "Tartus"); with them,
   of places, common nouns at the end ("Idlib province" is "Idlib").
2. Of a person, what stands before the first comma, without words that are titles ("Gen. Joseph Votel" is "Joseph
   Votel"); who is only told by an office ("commander of the Task Group") has no name.
3. A place given with what it lies in is several ("Sarmada, Syria").
4. What then ends in a word without a capital is a description ("U.S. forces"), so are pronouns, and one word that the
   corpus also has in small letters ("Militants"). Peoples ("Iraqis"), which re3d counts among bodies and Sayso does
   not, are left out.

What lies in a marked phrase beside the names so taken ("ISIL" in "an ISIL-held building") is not judged: re3d says
nothing of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sayso.grounding.nations import is_nation
from sayso.types import EntityType
from sayso.voices.lexicon import PREPOSITIONS, PRONOUNS, lexicon

FOLDERS = (
    "Australian Department of Foreign Affairs", "CENTCOM", "Delegation of the European Union to Syria",
    "UK Government", "US State Department", "Wikipedia",
)  # fmt: skip
"""The parts whose licences let them be kept; that of the BBC is not among them."""
_TYPES: dict[str, EntityType] = {"Person": "PERSON", "Organisation": "ORG", "Location": "PLACE"}
_CONFIRMED = 0.5
_AREAS = frozenset({"province", "governorate", "district", "region", "area", "city", "town", "village", "river"})
_WORD = re.compile(r"[^\s,;()\[\]\"“”‘]+")
_POSSESSIVE = re.compile(r"['’]s?$")


class Mention(NamedTuple):
    """Where somebody, some body or some place is meant: code points [start, end), and its type."""

    start: int
    end: int
    type: EntityType


@dataclass(frozen=True, slots=True)
class Report:
    """A document of re3d: `marked` are the confirmed mentions of the three types as they are annotated, `names` the
    names in them; both in text order, each once."""

    name: str
    text: str
    marked: tuple[Mention, ...]
    names: tuple[Mention, ...]

    def judges(self, found: Mention) -> bool:
        """Whether re3d says anything of a name found: not if it lies in what is marked and beside the names in that."""
        if any(name.start < found.end and found.start < name.end for name in self.names):
            return True
        return not any(m.start <= found.start and found.end <= m.end for m in self.marked)


def read(folder: Path) -> list[Report]:
    """All documents of the folder, in the order of their ids."""
    rows = [row for part in FOLDERS for row in _rows(folder / part / "documents.json")]
    marks: dict[str, set[Mention]] = {row["_id"]: set() for row in rows}
    for part in FOLDERS:
        for row in _rows(folder / part / "entities.json"):
            if row["type"] in _TYPES and row["confidence"] >= _CONFIRMED:
                marks[row["documentId"]].add(Mention(row["begin"], row["end"], _TYPES[row["type"]]))
    common = {word for row in rows for word in row["text"].split() if word.islower()}
    return [_report(row["_id"], row["text"], sorted(marks[row["_id"]]), common) for row in _by_id(rows)]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(row["_id"]))


def _report(name: str, text: str, marked: list[Mention], common: set[str]) -> Report:
    names = {found for mention in marked for found in _names(text, mention, common)}
    return Report(name, text, tuple(marked), tuple(sorted(names)))


def _names(text: str, mention: Mention, common: set[str]) -> Iterator[Mention]:
    """The names in a mention, by the rule of the module's description."""
    parts = [_words(text, start, end) for start, end in _parts(text, mention)]
    for words in parts if mention.type == "PLACE" else parts[:1]:
        kept = _trimmed(text, words, mention.type)
        if kept and not _is_description(text, kept, common):
            yield Mention(kept[0][0], kept[-1][1], mention.type)


def _parts(text: str, mention: Mention) -> Iterator[tuple[int, int]]:
    """What stands between the commas of a person or a place; of a body, all of it."""
    start = mention.start
    for comma in re.finditer(",", text[mention.start : mention.end]) if mention.type != "ORG" else ():
        yield start, mention.start + comma.start()
        start = mention.start + comma.end()
    yield start, mention.end


def _words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words of a stretch, an owner without its mark."""
    words = [m.span() for m in re.compile(_WORD).finditer(text, start, end)]
    if words:
        first, last = words[-1]
        words[-1] = (first, last - len(m.group()) if (m := _POSSESSIVE.search(text[first:last])) else last)
    return words


def _trimmed(text: str, words: list[tuple[int, int]], sort: EntityType) -> list[tuple[int, int]]:
    """The words of a name, without what stands before and behind it."""
    if sort == "PERSON":
        titles = [i for i, word in enumerate(words) if text[slice(*word)].lower().strip(".") in lexicon().honorifics]
        words = words[titles[-1] + 1 :] if titles else words
        if words and text[slice(*words[0])].lower() in PREPOSITIONS:
            return []
    while words and (not text[words[0][0]].isupper() or text[slice(*words[0])] in ("The", "A", "An")):
        if sort == "PERSON" and text[slice(*words[0])].lower() in PREPOSITIONS:
            return []
        words = words[1:]
    while sort == "PLACE" and words and text[slice(*words[-1])] in _AREAS:
        words = words[:-1]
    return words


def _is_description(text: str, words: list[tuple[int, int]], common: set[str]) -> bool:
    last = text[slice(*words[-1])]
    if not any(c.isupper() or c.isdigit() for c in last) or "-held" in last:
        return True
    if len(words) > 1:
        return False
    return last.lower() in PRONOUNS or last.lower() in common or (is_nation(last) and _is_people(last))


def _is_people(word: str) -> bool:
    """Whether a word for a nation is its people's and not the country's own name."""
    known = lexicon()
    return word.lower() in known.countries or word.lower().removesuffix("s") in known.countries
