"""Write `nationalities.tsv` (demonym, country) from the gazetteer of dr5hn/countries-states-cities-database (ODbL):

python -m training.nationalities --data ../shared/data
"""

from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src" / "sayso" / "voices" / "nationalities.tsv"
HEADER = "# demonym, country: from dr5hn/countries-states-cities-database (ODbL 1.0), by training/nationalities.py\n"


def demonyms(path: Path) -> dict[str, str]:
    """Every demonym of `countries.csv`, in lower case, and the country's name; the more populous country wins."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["population"] or 0))
    found: dict[str, str] = {}
    for row in rows:
        for demonym in re.split(r",| or ", row["nationality"]):
            if demonym.strip():
                found[demonym.strip().lower()] = row["name"].lower()
    return dict(sorted(found.items()))


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    rows = demonyms(parser.parse_args().data / "gazetteer" / "countries.csv")
    TARGET.write_text(HEADER + "".join(f"{demonym}\t{country}\n" for demonym, country in rows.items()), "utf-8")


if __name__ == "__main__":
    main()
