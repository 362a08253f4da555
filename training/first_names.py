"""Count which titles and pronouns go with which first names in the training corpora, and write `first_names.tsv`:

    python -m training.first_names --data ../shared/data --weights src/sayso/weights/en_v2

Evidence is a form of address ("Mrs Ode", where one Amal Ode is named) or the first "he" or "her" behind a name, before
any other person is named. Pronouns err, so a name counts only where much evidence agrees.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import regex

from evals.corpus import read_brat
from sayso.encoder import Encoder
from sayso.names import NAME_KINDS, Named, named, tidied
from sayso.veil import windower_of
from sayso.voices.bearers import key
from sayso.voices.lexicon import FEMALE, MALE, lexicon, nations, stops
from sayso.windows import Windower
from training.named import gum, newswire

TARGET = Path(__file__).parent.parent / "src" / "sayso" / "voices" / "first_names.tsv"
HEADER = (
    "# first name, gender: pronouns and titles in PolNeAR train, Worldwide Newswire, GUM; training/first_names.py\n"
)
REACH = 150
TITLE_WEIGHT = 3
LEAST, AGREEMENT = 6, 0.85
_PRONOUN = regex.compile(rf"\b(?:{'|'.join(sorted(MALE | FEMALE))})\b", regex.IGNORECASE)
_TITLE = regex.compile(r"(\p{L}+)\.?\s$")


def names_of(text: str, encoder: Encoder, windower: Windower) -> list[Named]:
    """The names that the engine sees in a text."""
    found: list[Named] = []
    for window in windower.windows(text):
        scores, _ = encoder.name(encoder.tag(window))
        found += named(scores, NAME_KINDS, window)
    return tidied(text, sorted(found), stops(), nations())


def evidence(text: str, names: list[Named]) -> Iterator[tuple[str, str, int]]:
    """First names, each with a gender that the text tells and the weight of that evidence."""
    persons = [(n, key(text[n.start : n.end])) for n in names if n.kind == "person"]
    firsts: dict[str, set[str]] = defaultdict(set)
    for _, words in persons:
        if len(words) > 1:
            firsts[words[-1]].add(words[0])
    for index, (name, words) in enumerate(persons):
        bearers = {words[0]} if len(words) > 1 else firsts[words[0]] if words else set()
        if len(bearers) != 1:
            continue
        title = _TITLE.search(text, max(0, name.start - 20), name.start)
        gender = lexicon().honorifics.get(title.group(1).lower()) if title else None
        if gender:
            yield *bearers, gender, TITLE_WEIGHT
            continue
        limit = min(name.end + REACH, persons[index + 1][0].start if index + 1 < len(persons) else len(text))
        pronoun = _PRONOUN.search(text, name.end, limit)
        if pronoun:
            yield *bearers, "male" if pronoun.group().lower() in MALE else "female", 1


def main() -> None:
    """Read the corpora, count, write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    args = parser.parse_args()
    encoder, windower = Encoder(args.weights), windower_of(args.weights)
    texts = [a.text for a in read_brat(args.data / "polnear" / "train")]
    texts += [t.text for t in newswire(args.data / "worldwide-newswire-ner") + gum(args.data / "gum")]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with ThreadPoolExecutor() as pool:
        for text, names in zip(texts, pool.map(lambda t: names_of(t, encoder, windower), texts), strict=True):
            for first, gender, weight in evidence(text, names):
                counts[first][gender] += weight
    rows = []
    for first, held in sorted(counts.items()):
        gender, most = held.most_common(1)[0]
        if len(first) > 2 and held.total() >= LEAST and most >= AGREEMENT * held.total():
            rows.append(f"{first}\t{gender}\n")
    TARGET.write_text(HEADER + "".join(rows), "utf-8")
    print(len(rows), "first names")


if __name__ == "__main__":
    main()
