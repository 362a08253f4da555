"""How near places are to where they are: the place names of LGL's articles, given, with GeoNames' coordinates.

    python -m evals.places --corpus ../shared/data/geo/lgl.xml
    python -m evals.places --corpus ../shared/data/geo/lgl.xml --check

LGL (Lieberman, Samet & Sankaranarayanan, ICDE 2010) holds articles of local papers. Its outlets are split in two: the
weights of the geocoder were chosen on the articles of one half, the other was measured only. Nothing is said to the
geocoder of an article's outlet, but for one line of figures: there it is told the country that the outlet's address
ends in, where it ends in one. Metonymy is switched off, since LGL locates Washington wherever it stands. LGL is local
news, mostly of the United States; `world.txt` holds invented passages of world news, on which the weights were chosen
as well.
"""

from __future__ import annotations

import argparse
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, log, radians, sin, sqrt
from pathlib import Path
from statistics import fmean, median

from evals import floors
from sayso.grounding.places import Toponym, places
from sayso.types import Place

NEAR = 161.0
"""Kilometres, a hundred miles: so near a place counts as right in the published figures."""
FARTHEST = 20_039.0
"""Kilometres: half of the way round, the error of a place that is not located."""
WORLD = Path(__file__).parent / "world.txt"
_MARKED = re.compile(r"\[([^\]|]+)\|([A-Z]{2})\]")
HALVES = ("tuning", "untouched")


@dataclass(frozen=True, slots=True)
class Located:
    """A place name with where it is; `feature` is GeoNames' code of what it is ("PPL", "ADM1")."""

    toponym: Toponym
    lat: float
    lon: float
    feature: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article of LGL. `toponyms` are all that are marked; `located` those that GeoNames has."""

    text: str
    toponyms: tuple[Toponym, ...]
    located: tuple[Located, ...]
    half: str
    domain: str


@dataclass(frozen=True, slots=True)
class Case:
    """A place name that has coordinates beside the place found, and the error in kilometres."""

    text: str
    gold: Located
    found: Place
    error: float


def read(path: Path) -> list[Article]:
    """The articles of LGL's file; outlets are dealt to the halves in turn, in the order of their numbers."""
    articles = ET.parse(path).getroot().findall("article")
    feeds = sorted({int(_text(article, "feedid")) for article in articles})
    half = {feed: HALVES[i % 2] for i, feed in enumerate(feeds)}
    return [_article(article, half[int(_text(article, "feedid"))]) for article in articles]


def _article(article: ET.Element, half: str) -> Article:
    marked, located = [], []
    for element in article.iter("toponym"):
        toponym = Toponym(int(_text(element, "start")), int(_text(element, "end")))
        marked.append(toponym)
        tag = element.find("gaztag")
        if tag is not None and _text(tag, "lat"):
            located.append(Located(toponym, float(_text(tag, "lat")), float(_text(tag, "lon")), _text(tag, "fcode")))
    return Article(_text(article, "text"), tuple(marked), tuple(located), half, _text(article, "domain"))


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(name) or ""


def cases(article: Article, outlet_country: str | None = None) -> list[Case]:
    """The place names of an article that have coordinates, with what is found for them."""
    found = places(article.text, article.toponyms, outlet_country, metonymy=False)
    by_toponym = dict(zip(article.toponyms, found, strict=True))
    out = []
    for gold in article.located:
        place = by_toponym[gold.toponym]
        error = FARTHEST
        if place.lat is not None and place.lon is not None:
            error = kilometres(place.lat, place.lon, gold.lat, gold.lon)
        out.append(Case(article.text, gold, place, error))
    return out


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Along the great circle, on a sphere."""
    a, b, c, d = map(radians, (lat, lon, other_lat, other_lon))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 12_742 * asin(min(1.0, sqrt(half)))


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of `world.txt`: its text, its place names and the codes of their countries."""

    text: str
    toponyms: tuple[Toponym, ...]
    countries: tuple[str, ...]


def passages(path: Path = WORLD) -> list[Passage]:
    """The passages of a file, one a line; lines that begin with "#" are none."""
    return [_passage(line) for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]


def _passage(line: str) -> Passage:
    text, at = "", 0
    toponyms, countries = [], []
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        toponyms.append(Toponym(len(text), len(text) + len(match[1])))
        countries.append(match[2])
        text += match[1]
        at = match.end()
    return Passage(text + line[at:], tuple(toponyms), tuple(countries))


def world(chosen: Sequence[Passage]) -> tuple[dict[str, float], list[str]]:
    """In percent, the place names that are located in the right country; and a sentence for each that is not."""
    wrong, there = [], 0
    for passage in chosen:
        found = places(passage.text, passage.toponyms, metonymy=False)
        for place, country in zip(found, passage.countries, strict=True):
            there += 1
            if place.lat is None or place.country != country:
                words = passage.text[place.span.start : place.span.end]
                wrong.append(f"{words}: {place.country or 'not located'}, must be {country}, in {passage.text!r}")
    return {"country": _percent(there - len(wrong), there)}, wrong


def figures(found: Sequence[Case]) -> dict[str, float]:
    """In percent: place names within `NEAR`, the same of those that are located at all, and those that are."""
    right = sum(case.error <= NEAR for case in found)
    placed = sum(case.found.lat is not None for case in found)
    return {
        "within 161 km": _percent(right, len(found)),
        "right of located": _percent(right, placed),
        "located": _percent(placed, len(found)),
    }


def errors(found: Sequence[Case]) -> str:
    """A line: the mean and the median error of what is located, and the mean of the errors' logarithms as a share of
    the greatest (AUC; smaller is better), what is not located being as far as can be."""
    placed = [case.error for case in found if case.found.lat is not None] or [0.0]
    area = fmean(log(1 + case.error) / log(1 + FARTHEST) for case in found) if found else 0.0
    return f"mean error {fmean(placed):.0f} km, median {median(placed):.1f} km (of what is located); AUC {area:.3f}"


def calibration(found: Sequence[Case]) -> list[str]:
    """A table: for each step of the score, how many places have it and how many of them are right."""
    rows = ["score        places  mean score  right"]
    for low, high in ((0.0, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.95), (0.95, 1.01)):
        here = [c for c in found if c.found.lat is not None and low <= c.found.score < high]
        mean = fmean(c.found.score for c in here) if here else 0.0
        right = _percent(sum(c.error <= NEAR for c in here), len(here))
        rows.append(f"{low:.2f} to {min(1, high):.2f}  {len(here):5d}  {100 * mean:8.0f} %  {right:5.1f} %")
    return rows


def features(found: Sequence[Case]) -> list[str]:
    """A table: for each feature of GeoNames, how many place names, and how many are wrong or not located."""
    there = Counter(case.gold.feature for case in found)
    wrong = Counter(c.gold.feature for c in found if c.found.lat is not None and c.error > NEAR)
    nowhere = Counter(c.gold.feature for c in found if c.found.lat is None)
    rows = ["feature  there  wrong  not located"]
    return rows + [f"{name:7s} {n:6d} {wrong[name]:6d} {nowhere[name]:6d}" for name, n in there.most_common()]


def _percent(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


def ending(domain: str) -> str | None:
    """The country that an address ends in: GB for "example.co.uk", None for "example.com"."""
    last = domain.rsplit(".", 1)[-1].upper()
    return {"UK": "GB"}.get(last, last) if len(last) == 2 else None


def main() -> int:
    """Run from the command line; 1 if a floor does not hold, 0 if all do or the corpus is not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="fail if a figure is under its floor")
    parser.add_argument("--pin", action="store_true", help="make the figures the floors")
    parser.add_argument("--lower", action="store_true", help="with --pin: floors may go down")
    parser.add_argument("--errors", action="store_true", help="print what is wrong by GeoNames' features, tuning half")
    args = parser.parse_args()
    if not args.corpus.is_file():
        print(f"{args.corpus}: no such corpus here, nothing measured")
        return 0
    articles = read(args.corpus)
    measured, wrong = world(passages())
    print(f"world.txt: in the right country {measured['country']}", *wrong, sep="\n  ")
    if args.pin:
        floors.pin("places, world.txt", measured, args.lower)
    failures = floors.below("places, world.txt", measured) if args.check else []
    for label in (*HALVES, "all"):
        chosen = [article for article in articles if label in (article.half, "all")]
        found = [case for article in chosen for case in cases(article)]
        measured = figures(found)
        print(f"LGL, {label}: {len(found)} place names in {len(chosen)} articles")
        print("  " + "  ".join(f"{name} {value}" for name, value in measured.items()))
        print(f"  {errors(found)}")
        told = [case for article in chosen for case in cases(article, ending(article.domain))]
        print(f"  with the country of the outlet's address: within 161 km {figures(told)['within 161 km']}")
        print("\n".join(f"  {row}" for row in calibration(found)))
        if args.errors and label == "tuning":
            print("\n".join(f"  {row}" for row in features(found)))
        if args.pin:
            floors.pin(f"LGL, {label}", measured, args.lower)
        failures += floors.below(f"LGL, {label}", measured) if args.check else []
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
