"""re3d (Dstl, Aleph Insights and Committed Software): reports on Syria and Iraq, and the names in what is marked there.

re3d marks, by offsets, everything that a person, a body or a place is meant by: pronouns ("we", "he"), descriptions
("the regime", "ISIL-held buildings") and whole phrases ("the Foreign Secretary Boris Johnson"), of nested ones the
outermost; the crowd's confidence tells what was taken for right, and only what has at least a half of it is taken here.
`names` are the names in that, by this rule:

1. A name stands behind the last common noun before a comma ("the Iraqi city of Mosul" is "Mosul", "the vile group ISIL"
   is "ISIL"), without article or preposition; behind that noun only a place has a preposition ("people of Mosul" are
   described). A common noun at the end makes a description ("U.S. forces"), unless it says what sort of place a place
   is ("Idlib province" is "Idlib").
2. Of a person it is what stands before the first comma and behind the last word that is a title ("Gen. Joseph Votel" is
   "Joseph Votel"); what then begins with a preposition is an office ("Commander of the Task Group").
3. Pronouns are none, nor is a single word that the corpus also has in small letters ("Militants"). Peoples ("Iraqis"),
   which re3d counts among bodies and Sayso does not, are left out.

What lies in a marked phrase beside the names so taken ("ISIL" in "an ISIL-held building") is not judged: re3d says
nothing of it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sayso.types import EntityType
from sayso.voices.lexicon import FUNCTION_WORDS, PREPOSITIONS, lexicon

FOLDERS = (
    "Australian Department of Foreign Affairs", "CENTCOM", "Delegation of the European Union to Syria",
    "UK Government", "US State Department", "Wikipedia",
)  # fmt: skip
"""The parts whose licences let them be kept; that of the BBC is not among them."""
_TYPES: dict[str, EntityType] = {"Person": "PERSON", "Organisation": "ORG", "Location": "PLACE"}
_CONFIRMED = 0.5
_AREAS = frozenset({"province", "governorate", "district", "region", "area", "city", "town", "village", "river"})
_ADJECTIVES = frozenset({"held", "led", "backed", "controlled", "based", "born"})
_WORD = re.compile(r"[^\s,;()\[\]\"“”]+")
_LETTERS = re.compile(r"[A-Z][^\W\d_]|-[A-Z]|[A-Z]\.")
"""What a name has and coordinates have not."""
_OWNER = re.compile(r"['’]s?$")


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
    common = {word for row in rows for word in re.findall(r"\w+", row["text"]) if word.islower()}
    return [_report(row["_id"], row["text"], sorted(marks[row["_id"]]), common) for row in _by_id(rows)]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: str(row["_id"]))


def _report(name: str, text: str, marked: list[Mention], common: set[str]) -> Report:
    names = {found for mention in marked if (found := _name(text, mention, common))}
    return Report(name, text, tuple(marked), tuple(sorted(names)))


def _name(text: str, mention: Mention, common: set[str]) -> Mention | None:
    """The name in a mention, by the rule of the module's description."""
    comma = text.find(",", mention.start, mention.end)
    first = comma if comma >= 0 else mention.end
    words = _words(text, mention.start, first if mention.type == "PERSON" else mention.end)
    while mention.type == "PLACE" and words and words[-1].text in _AREAS:
        words.pop()
    behind = [
        number
        for number, word in enumerate(words, 1)
        if (word.is_noun and word.end <= first) or (word.is_title and mention.type == "PERSON")
    ]
    if behind:
        words = words[behind[-1] :]
        if mention.type != "PLACE" and words and words[0].text in PREPOSITIONS:
            return None
    while words and words[0].is_function_word:
        del words[0]
    if not words or not _LETTERS.search(text, words[0].start, words[-1].end):
        return None
    if words[-1].is_noun or words[-1].is_people or (len(words) == 1 and words[0].text.lower() in common):
        return None
    return Mention(words[0].start, words[-1].end, mention.type)


def _words(text: str, start: int, end: int) -> list[_Word]:
    """The words of a stretch, without the marks of owners."""
    words = ((m.start(), _OWNER.sub("", m.group())) for m in _WORD.finditer(text, start, end))
    return [_Word(start, start + len(word), word) for start, word in words if word]


class _Word(NamedTuple):
    start: int
    end: int
    text: str

    @property
    def is_function_word(self) -> bool:
        """Whether it is an article, a preposition, a pronoun or the like; "US" is none."""
        return self.text.lower() in FUNCTION_WORDS and (len(self.text) == 1 or not self.text.isupper())

    @property
    def is_noun(self) -> bool:
        """Whether it is a common noun, or a verb: longer small words that are no function words. An adjective made
        of a name ("ISIL-held") describes as well."""
        first, _, last = self.text.partition("-")
        return (len(self.text) > 3 and self.text.islower() and self.text not in FUNCTION_WORDS) or (
            first[:1].isupper() and last in _ADJECTIVES
        )

    @property
    def is_title(self) -> bool:
        """Whether it is a form of address, a rank or an office."""
        return self.text.lower().strip(".\u200e") in lexicon().honorifics

    @property
    def is_people(self) -> bool:
        """Whether it is a people's name and not a country's own ("UK")."""
        known = lexicon().countries
        return not self.text.isupper() and not known.keys().isdisjoint(
            {self.text.lower(), self.text.lower().removesuffix("s")}
        )
