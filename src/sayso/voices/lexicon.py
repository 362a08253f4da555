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
PRONOUNS = (
    MALE | FEMALE | THEY | FIRST | RELATIVE | {"it", "its", "itself", "you", "one", "this", "these", "those", "both"}
)

ARTICLES = frozenset({"the", "a", "an"})


_WORDS, _MEDIA = (
    tomllib.loads((files(__package__) / name).read_text("utf-8")) for name in ("words.toml", "media.toml")
)
PREPOSITIONS = frozenset(_WORDS["grammar"]["prepositions"])
FUNCTION_WORDS = PRONOUNS | PREPOSITIONS | frozenset(_WORDS["grammar"]["function"])
"""Words that are no part of the name that they stand before in capitals."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in lower case. `honorifics` maps a form of address or an office to the gender it tells, if any, `ranks` are
    those that tell no office;
    `countries` a demonym to its country, all of which are `country_names`; `sorts` what a body is called by
    ("agency") to the last words of the names of such bodies; `media_qualified` a noun that ends the names of outlets
    and of other bodies to the words that tell an outlet's, where they stand before it."""

    honorifics: dict[str, Gender | None]
    ranks: frozenset[str]
    classes: frozenset[str]
    unnamed: frozenset[str]
    documents: frozenset[str]
    media_nouns: frozenset[str]
    media_endings: frozenset[str]
    media_heads: frozenset[str]
    media_editions: frozenset[str]
    media_qualified: dict[str, frozenset[str]]
    media_beginnings: frozenset[str]
    media_names: frozenset[str]
    platforms: frozenset[str]
    media_people: frozenset[str]
    media_occasions: frozenset[str]
    bodies: frozenset[str]
    body_nouns: frozenset[str]
    sorts: dict[str, frozenset[str]]
    countries: dict[str, str]
    country_names: frozenset[str]
    first_names: dict[str, Gender]

    def is_known_outlet(self, name: str) -> bool:
        """Whether a name is that of an outlet or a programme by the list alone."""
        return name.lower().replace("’", "'") in self.media_names

    def is_outlet(self, name: str) -> bool:
        """Whether a name, in any case and without its article, is that of an outlet or looks like one."""
        words = name.lower().replace("’", "'").split()
        if not words:
            return False
        if " ".join(words) in self.media_names or (len(words) == 1 and f"the {words[0]}" in self.media_names):
            return True
        if words[-1] in self.media_editions and " ".join(words[:-1]) in self.media_names:
            return True
        if words[-1] in self.media_qualified:
            return len(words) > 1 and words[-2] in self.media_qualified[words[-1]]
        return (
            words[-1].rsplit("-", 1)[-1] in self.media_endings
            or (words[-1].endswith(("press", "news")) and words[-1] not in ("empress", "cypress"))
            or ("of" in words[1:] and words[words.index("of", 1) - 1] in self.media_heads)
            or words[-1] in self.media_nouns
            or (len(words) > 1 and words[0] in self.media_beginnings)
            or words[-1].endswith((".com", ".org", ".net"))
        )


@cache
def stops() -> frozenset[str]:
    """Words in capitals that no name of a body goes on over."""
    words = lexicon()
    return FUNCTION_WORDS | words.honorifics.keys() | words.media_people | words.unnamed | {"moderators", "founder"}


@cache
def nations() -> dict[str, str]:
    """What sort of name a country's and a people's are, as the namer calls it."""
    words = lexicon()
    return dict.fromkeys(words.countries, "people") | dict.fromkeys(words.country_names, "place")


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships."""
    words, countries = _WORDS, _table("nationalities.tsv")
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
        frozenset(words["honorifics"]["ranks"]),
        frozenset(words["groups"]["class"]),
        frozenset(words["groups"]["unnamed"]),
        frozenset(words["documents"]["words"]),
        frozenset(_MEDIA["nouns"]),
        frozenset(_MEDIA["endings"]),
        frozenset(_MEDIA["heads"]),
        frozenset(_MEDIA["editions"]),
        {noun: frozenset(before) for noun, before in _MEDIA["qualified"].items()},
        frozenset(_MEDIA["beginnings"]),
        frozenset(_MEDIA["names"] + _MEDIA["programmes"]),
        frozenset(_MEDIA["platforms"]),
        frozenset(_MEDIA["people"]),
        frozenset(_MEDIA["occasions"]),
        frozenset(_MEDIA["bodies"]),
        frozenset(words["groups"]["body"]),
        {noun: frozenset(last) for noun, last in words["sorts"].items()},
        countries,
        frozenset(countries.values()),
        first_names,
    )


def _table(name: str) -> dict[str, str]:
    rows = (files(__package__) / name).read_text("utf-8").splitlines()
    return dict(row.split("\t", 1) for row in rows if not row.startswith("#"))
