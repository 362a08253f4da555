"""Write `capitals.tsv` (capital, country) from the gazetteer of dr5hn/countries-states-cities-database (ODbL):

python -m training.capitals --data ../shared/data
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src" / "sayso" / "grounding" / "capitals.tsv"
HEADER = "# capital, country: from dr5hn/countries-states-cities-database (ODbL 1.0), by training/capitals.py\n"


def capitals(path: Path) -> dict[str, str]:
    """Every capital of `countries.csv` and its country, in lower case; the more populous country wins."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["population"] or 0))
    return dict(sorted((row["capital"].lower(), row["name"].lower()) for row in rows if row["capital"]))


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    rows = capitals(parser.parse_args().data / "gazetteer" / "countries.csv")
    TARGET.write_text(HEADER + "".join(f"{capital}\t{country}\n" for capital, country in rows.items()), "utf-8")


if __name__ == "__main__":
    main()
