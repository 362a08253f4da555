"""The words that the resolution of voices knows, read once from the data files beside this one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Gender = Literal["male", "female"]

MALE, FEMALE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
PRONOUNS = MALE | FEMALE | THEY | FIRST | RELATIVE | {"it", "its", "itself", "you", "one", "this", "these", "those", "both"}

PREPOSITIONS = frozenset(
    "of for from to in at on by with about against among between under over into through during after before within"
    " without across around near since behind beside via per".split()
)
FUNCTION_WORDS = PRONOUNS | PREPOSITIONS | frozenset(
    "the a an and but or if when while as although though because since until so not no yes there here what how why where"
    " is was are were be been has have had do does did will would can could may might must shall should also then now than"
    " monday tuesday wednesday thursday friday saturday sunday january february march april june july august september"
    " october november december today yesterday meanwhile however still even only just former late after both like some"
    " many most other another such every each all according maybe perhaps yet instead".split()
)
"""Words that begin a sentence in capitals and are no part of the name that follows."""
ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in lower case. `honorifics` maps a form of address or an office to the gender it tells, if any;
    `countries` a demonym to its country."""

    honorifics: dict[str, Gender | None]
    classes: frozenset[str]
    unnamed: frozenset[str]
    documents: frozenset[str]
    media_nouns: frozenset[str]
    media_endings: frozenset[str]
    media_names: frozenset[str]
    platforms: frozenset[str]
    media_people: frozenset[str]
    countries: dict[str, str]
    first_names: dict[str, Gender]

    def is_known_outlet(self, name: str) -> bool:
        """Whether a name is that of an outlet by the list alone."""
        return name.lower() in self.media_names

    def is_outlet(self, name: str) -> bool:
        """Whether a name, in any case and without its article, is that of an outlet or looks like one."""
        words = name.lower().replace("’", "'").split()
        if not words:
            return False
        return (
            " ".join(words) in self.media_names
            or words[-1].rsplit("-", 1)[-1] in self.media_endings
            or words[-1] in self.media_nouns
            or words[-1].endswith((".com", ".org", ".net"))
        )


@cache
def stops() -> frozenset[str]:
    """Words in capitals that no name of a body goes on over."""
    words = lexicon()
    return FUNCTION_WORDS | words.honorifics.keys() | words.media_people | words.unnamed | {"moderators", "founder"}


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships."""
    folder = files(__package__)
    words = tomllib.loads((folder / "words.toml").read_text("utf-8"))
    honorifics: dict[str, Gender | None] = dict.fromkeys(words["honorifics"]["any"])
    honorifics |= dict.fromkeys(words["honorifics"]["male"], "male")
    honorifics |= dict.fromkeys(words["honorifics"]["female"], "female")
    first_names: dict[str, Gender] = {
        name: "male" if gender == "male" else "female" for name, gender in _table("first_names.tsv").items()
    }
    first_names |= dict.fromkeys(words["first_names"]["male"], "male")
    first_names |= dict.fromkeys(words["first_names"]["female"], "female")
    return Lexicon(
        honorifics,
        frozenset(words["groups"]["class"]),
        frozenset(words["groups"]["unnamed"]),
        frozenset(words["documents"]["words"]),
        frozenset(words["media"]["nouns"]),
        frozenset(words["media"]["endings"]),
        frozenset(words["media"]["names"]),
        frozenset(words["media"]["platforms"]),
        frozenset(words["media"]["people"]),
        _table("nationalities.tsv"),
        first_names,
    )


def _table(name: str) -> dict[str, str]:
    rows = (files(__package__) / name).read_text("utf-8").splitlines()
    return dict(row.split("\t", 1) for row in rows if not row.startswith("#"))
