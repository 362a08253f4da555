"""What a place name asks for: its key without the words that only say what sort of place it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from sayso.grounding.places.gazetteer import Entry, Kind, gazetteer
from sayso.grounding.places.keys import key, without_article
from sayso.grounding.places.words import words

LONGEST = 120
"""A name of more code points is none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The places that a name may be of, the kind of place its own words tell, and whether they tell of something that
    is no town and in no gazetteer ("the Tigris River"). `numbers` are those of the entries."""

    entries: tuple[Entry, ...]
    kind: Kind | None = None
    elsewhere: bool = False
    numbers: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "numbers", tuple(entry.number for entry in self.entries))


_NOTHING = Asked(())


@lru_cache(maxsize=16384)
def asked(name: str) -> Asked:
    """What `name` asks for, tried from the name as it stands to its barest form."""
    if len(name) > LONGEST:
        return _NOTHING
    whole = key(name.removesuffix("'s").removesuffix("’s"))
    entries = find(whole) + (abbreviated(name) or abbreviated(f"{name}."))
    if entries:
        return Asked(entries)
    known, parts = words(), whole.split()
    if len(parts) < 2:
        return _NOTHING
    if parts[-1] in known.kinds:
        return Asked(find(" ".join(parts[:-1])), known.kinds[parts[-1]])
    if parts[0] in known.kinds:
        return Asked(find(" ".join(parts[2:] if parts[1] == "of" else parts[1:])), known.kinds[parts[0]])
    return Asked((), None, parts[-1] in known.after or parts[0] in known.before)


def abbreviated(name: str) -> tuple[Entry, ...]:
    """The provinces that are written so for short: "S.C.", "SC"."""
    places = gazetteer()
    meant = words().codes.get(name, [])
    return tuple(
        entry
        for province, country in meant
        for entry in map(places.entry, places.areas.get(key(province), ()))
        if entry.kind == "province" and entry.country == country
    )


def find(name_key: str) -> tuple[Entry, ...]:
    """The places of a key; with the Arabic article in any of its forms, where it is given."""
    places = gazetteer()
    found = places.find(name_key)
    if not found and (bare := without_article(name_key)):
        found = places.find(f"al {bare}") or places.find(bare)
    return found
