"""How well the shipped namer marks names and noun phrases in texts that were held out of training:

python -m training.names --weights src/sayso/weights/en_v2 --data ../shared/data
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sayso.encoder import Encoder
from sayso.names import named
from sayso.veil import windower_of
from sayso.windows import Window, Windower
from training.examples import KINDS
from training.named import Text, gum, newswire, split

Found = tuple[int, int, str]


def found(encoder: Encoder, windower: Windower, text: Text, head: int) -> Iterator[tuple[set[Found], set[Found]]]:
    """Of each window what was found, and what is marked there."""
    for window in windower.windows(text.text):
        scores = encoder.name(encoder.tag(window))[head]
        begin, end = _reach(window)
        yield (
            {(n.start, n.end, n.kind) for n in named(scores, KINDS[head], window)},
            {(m.start, m.end, m.kind) for m in text.marked if begin <= m.start < end},
        )


def _reach(window: Window) -> tuple[int, int]:
    return int(window.units[window.owned, 0]), int(window.units[-1, 1])


def score(pairs: Iterator[tuple[set[Found], set[Found]]], kinds: tuple[str, ...]) -> dict[str, float]:
    """F1 in percent of exact names or phrases, by kind, and whatever the kind ("span")."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for given, gold in pairs:
        for kind in (*kinds, "span"):
            f, g = ({x[:2] if kind == "span" else x for x in s if kind in (x[2], "span")} for s in (given, gold))
            for at, size in enumerate((len(f & g), len(f), len(g))):
                counts[kind][at] += size
    return {kind: round(200 * both / max(1, f + g), 1) for kind, (both, f, g) in counts.items()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    encoder, windower = Encoder(args.weights), windower_of(args.weights)
    corpora = (newswire(args.data / "worldwide-newswire-ner"), gum(args.data / "gum"))
    for head, (label, texts) in enumerate(zip(("names", "phrases"), corpora, strict=True)):
        with ThreadPoolExecutor() as pool:
            pairs = list(pool.map(lambda t, h=head: list(found(encoder, windower, t, h)), split(texts)[1]))
        print(f"held out, {label}:", score((pair for text in pairs for pair in text), KINDS[head]))


if __name__ == "__main__":
    main()
