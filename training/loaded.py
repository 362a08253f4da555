"""Write `loaded.tsv` (how much a word judges) from open lexica of feeling:

python -m training.loaded --vader vader_lexicon.txt --pattern en-sentiment.xml

They are in the PyPI packages `vaderSentiment` and `textblob`. A word's weight is the mean of what the lexica that have
it say: how far its valence is from neither good nor bad (VADER), and how subjective it is (pattern). A word that only
one of them has must be strong in it. AFINN is left out: its package is under the GPL.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

TARGET = Path(__file__).parent.parent / "src" / "sayso" / "grounding" / "labels" / "loaded.tsv"
HEADER = """\
# word, how much it judges (0 to 1): the mean over two open lexica of English, by training/loaded.py
# VADER 3.3.2 (C.J. Hutto and Eric Gilbert, ICWSM 2014), MIT licence
# pattern.en's en-sentiment.xml 1.3 (Tom De Smedt and Walter Daelemans), in TextBlob 0.20.1, PDDL
"""
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_LEAST, _ALONE = 0.2, 0.45


def vader(path: Path) -> dict[str, float]:
    """Words of VADER's lexicon and how far from 0 they are, 1 being the end of its scale (4)."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line.strip())
    return {row[0].lower(): min(1.0, abs(float(row[1])) / 4) for row in rows if _WORD.fullmatch(row[0].lower())}


def pattern(path: Path) -> dict[str, float]:
    """Adjectives of pattern's lexicon: the geometric mean of how subjective and how far from neutral they are, over
    their senses."""
    senses: dict[str, list[float]] = defaultdict(list)
    for word in ElementTree.parse(path).getroot().iter("word"):
        form = word.attrib["form"].lower()
        if _WORD.fullmatch(form):
            felt = float(word.attrib["subjectivity"]) * abs(float(word.attrib["polarity"]))
            senses[form].append(felt**0.5)
    return {form: sum(felt) / len(felt) for form, felt in senses.items()}


def weights(lexica: list[dict[str, float]]) -> dict[str, float]:
    """The mean of what the lexica that have a word say of it, without the weak."""
    found: dict[str, float] = {}
    for word in sorted(set().union(*lexica)):
        told = [lexicon[word] for lexicon in lexica if word in lexicon]
        mean = sum(told) / len(told)
        if mean >= (_LEAST if len(told) > 1 else _ALONE):
            found[word] = round(mean, 2)
    return found


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("vader", "pattern"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    rows = weights([vader(args.vader), pattern(args.pattern)])
    TARGET.write_text(HEADER + "".join(f"{word}\t{weight}\n" for word, weight in rows.items()), "utf-8")


if __name__ == "__main__":
    main()
