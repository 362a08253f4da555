"""The words that labels are found by, read once from `words.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_WORDS = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
_HEADS = {sort: frozenset(words) for sort, words in _WORDS["heads"].items()}

BODY, GENERAL, BODY_BEHIND = _HEADS["body"] | _HEADS["general"], _HEADS["general"], _HEADS["body_behind"]
"""What a body may be called; what any armed or political one; what follows upon its name and means itself."""
STATE, STATE_BEHIND_PLACE = _HEADS["state"], _HEADS["state_behind_place"]
"""What a nation's government may be called; what of that may follow upon the name of the country."""
PLACE, PLACE_BEHIND, PLACE_OF = _HEADS["place"] | STATE, _HEADS["place_behind"], _HEADS["place_of"]
"""What a place may be called; what follows upon its name and means itself; what stands before "of" and its name."""
MEDIA_BEHIND = _HEADS["media_behind"]
"""Of what follows upon the name of a body the nouns that mean it only behind "news": its website is not itself."""
PERSONS = _HEADS["persons"]
"""Nouns for several persons."""
COURTESY, NO_PERSON, OFFICIAL = _HEADS["courtesy"], _HEADS["no_person"], _HEADS["official"]
"""Forms of address that are no label; words before a person's name that describe nobody; last words of names of bodies
that are never "the group"."""
