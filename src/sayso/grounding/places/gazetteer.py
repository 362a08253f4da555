"""The gazetteer that ships: names → places, read in place from one file that is mapped into memory.

The file is a line of JSON that says where its columns lie, then the columns. `keys` holds one line a key, sorted by its
bytes: the key, a tab, and the numbers of the places that bear it ("12+2" are 12, 13 and 14), most populous first; after
a "|" those that bear it as another of their names. Numbers are little-endian. `training/gazetteer.py` writes it.
"""

from __future__ import annotations

import json
import mmap
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Literal

Kind = Literal["country", "province", "county", "town", "capital", "region"]
KINDS: tuple[Kind, ...] = ("country", "province", "county", "town", "capital", "region")
"""`province` is the first division of a country, `county` the second; `capital` the seat of a country's government;
`region` what is none of these (continents, the Middle East)."""
PER_DEGREE = 1000
"""Coordinates are kept to 110 metres."""
MOST = 120
"""So many places of one name are looked at, the most populous."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer. `country` is its ISO 3166-1 alpha-2 code, None where it lies in several; `province` the
    number of its first division; `alternate` is whether the name asked for is another than its usual one."""

    number: int
    name: str
    kind: Kind
    country: str | None
    province: int | None
    population: int
    lat: float
    lon: float
    alternate: bool = False


class Gazetteer:
    """The places of one file, by name."""

    def __init__(self, data: mmap.mmap | bytes) -> None:
        """Read the table of contents only; `data` stays where it is."""
        start = data.find(b"\n") + 1
        head = json.loads(data[:start])
        view = memoryview(data)[start:]
        column = {name: view[at : at + size] for name, (at, size) in head["columns"].items()}
        at, size = head["columns"]["keys"]
        self._data = data
        self._keys = (start + at, start + at + size)
        self._names, self._blocks = column["names"], column["blocks"].cast("I")
        self._lat, self._lon = column["lat"].cast("i"), column["lon"].cast("i")
        self._population = column["population"].cast("I")
        self._kind, self._country = column["kind"], column["country"]
        self._province = column["province"].cast("H")
        self._countries: list[str | None] = head["countries"]
        self._provinces: list[int | None] = head["provinces"]
        self._block: int = head["block"]
        lines = (line.partition("\t") for line in bytes(column["areas"]).decode().split("\n"))
        named = {name: tuple(map(int, numbers.split())) for name, _, numbers in lines}
        self.areas = {name: numbers for name, numbers in named.items() if name[0] != "~" and name.islower()}
        """The numbers of the countries and provinces that bear a key."""
        self.peoples = {name[1:]: numbers for name, numbers in named.items() if name[0] == "~"}
        """The numbers of the countries of a people."""
        self.countries = {code: numbers for code, numbers in named.items() if not code.islower()}
        """The number of the country of each ISO 3166-1 alpha-2 code."""
        self.find = lru_cache(maxsize=16384)(self._find)

    def __len__(self) -> int:
        return len(self._kind)

    def entry(self, number: int, alternate: bool = False) -> Entry:
        """The place of a number."""
        return Entry(
            number,
            self._name(number),
            KINDS[self._kind[number]],
            self._countries[self._country[number]],
            self._provinces[self._province[number]],
            self._population[number],
            self._lat[number] / PER_DEGREE,
            self._lon[number] / PER_DEGREE,
            alternate,
        )

    def _find(self, key: str) -> tuple[Entry, ...]:
        """The places that bear the name of a key: first those whose usual name it is, the populous before others."""
        line = self._line(key.encode("utf-8", "surrogatepass") + b"\t")
        usual, _, others = line.partition("|")
        return tuple(
            self.entry(number, alternate)
            for part, alternate in ((usual, False), (others, True))
            for number in _numbers(part)[:MOST]
        )

    def _line(self, wanted: bytes) -> str:
        """What stands after `wanted` in the line that begins with it; empty if there is none. A binary search."""
        low, high = self._keys
        while low < high:
            middle = (low + high) // 2
            start = self._data.rfind(b"\n", low, middle) + 1 or low
            end = self._data.find(b"\n", middle)
            line = self._data[start:end]
            if line.startswith(wanted):
                return line[len(wanted) :].decode()
            if line < wanted:
                low = end + 1
            else:
                high = start
        return ""

    def _name(self, number: int) -> str:
        block, place = divmod(number, self._block)
        raw = bytes(self._names[self._blocks[block] : self._blocks[block + 1]])
        return raw.split(b"\n", place + 1)[place].decode()


def _numbers(part: str) -> list[int]:
    numbers: list[int] = []
    for item in part.split():
        first, _, more = item.partition("+")
        numbers.extend(range(int(first), int(first) + int(more or 0) + 1))
    return numbers


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships, mapped into memory: it is read where it is asked for, and costs nothing until then."""
    with as_file(files(__package__) / "gazetteer.bin") as path, path.open("rb") as file:
        return Gazetteer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
