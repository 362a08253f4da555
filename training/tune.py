"""Choose how the exported weights are decoded and calibrated, on the held-out training articles, and write config.json:

    python -m training.tune --weights src/sayso/weights/en_v2 --data ../shared/data

Dev is not looked at. Decoding maximises the sum of the linked and the strict figure of `evals.score`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from evals.attributions import outcomes, reliability
from evals.corpus import Article, Gold, read_brat
from evals.score import Case, linked
from sayso import decode
from sayso.decode import Cue, Floats, Linked, Range, Settings
from sayso.encoder import Encoder
from sayso.veil import CONFIG, windower_of
from sayso.windows import Window, Windower
from training.train import split

GRID: dict[str, tuple[float, ...]] = {
    "cue_bias": (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0),
    "source_gain": (0.0, 0.03, 0.06, 0.1, 0.2),
    "source_bias": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "content_gain": (0.0, 0.03, 0.06, 0.1, 0.2),
    "hole_cost": (1.0, 2.0, 3.0, 5.0, 8.0),
}


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """A window with its tags, and the role and boundary scores of every cue that any setting would find."""

    window: Window
    tags: Floats
    links: dict[Range, tuple[Floats, Floats]]

    def linked(self, settings: Settings) -> Iterator[Linked]:
        """What these settings make of the scores."""
        for cue in decode.cues(self.tags, settings, self.window.owned):
            found = decode.link(cue, *self.links[cue.first, cue.last], settings)
            if found is not None:
                yield found


def scored(encoder: Encoder, windower: Windower, text: str) -> list[Scored]:
    """Run the network once over a text."""
    out = []
    for window in windower.windows(text):
        tagged = encoder.tag(window)
        candidates: dict[Range, Cue] = {}
        for bias in GRID["cue_bias"]:
            for cue in decode.cues(tagged.tags, Settings(cue_bias=bias), window.owned):
                candidates[cue.first, cue.last] = cue
        links = {}
        if candidates:
            roles, bounds = encoder.link(window, tagged, list(candidates.values()))
            links = {key: (roles[k], bounds[k]) for k, key in enumerate(candidates)}
        out.append(Scored(window, tagged.tags, links))
    return out


def cases(
    articles: list[Article], windows: list[list[Scored]], settings: Settings
) -> tuple[list[Case], list[list[Linked]]]:
    """What these settings find in the articles, ready to be scored."""
    found = [[(s.window, x) for s in part for x in s.linked(settings)] for part in windows]
    return [
        Case(a.name, a.text, a.versions[0], [_gold(window, x) for window, x in part])
        for a, part in zip(articles, found, strict=True)
    ], [[x for _, x in part] for part in found]


def choose(articles: list[Article], windows: list[list[Scored]]) -> Settings:
    """Coordinate ascent over `GRID`, twice round."""
    best = Settings()
    best_value = _objective(articles, windows, best)
    for _ in range(2):
        for name, values in GRID.items():
            for value in values:
                trial = replace(best, **{name: value})
                reached = _objective(articles, windows, trial)
                if reached > best_value:
                    best, best_value = trial, reached
    return best


def calibrate(evidence: list[tuple[float, ...]], right: list[bool]) -> dict[str, object]:
    """Logistic regression with a little weight decay, by LBFGS."""
    x = torch.tensor(evidence, dtype=torch.float64)
    y = torch.tensor(right, dtype=torch.float64)
    weights = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = (
            torch.nn.functional.binary_cross_entropy_with_logits(x @ weights + bias, y) + 1e-3 * weights.square().sum()
        )
        value.backward()
        return value

    optimiser.step(loss)
    return {"weights": [round(w, 4) for w in weights.tolist()], "bias": round(bias.item(), 4)}


def main() -> None:
    """Tune and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    _, articles = split(read_brat(args.data / "polnear" / "train"))
    encoder = Encoder(args.weights)
    windower = windower_of(args.weights)
    windows = [scored(encoder, windower, article.text) for article in articles]
    settings = choose(articles, windows)
    found, links = cases(articles, windows, settings)
    pairs = outcomes(found, [[0.0] * len(part) for part in links])
    evidence = [decode.evidence(x) for part in links for x in part]
    calibration = calibrate(evidence, [right for _, right in pairs])
    known = json.loads((args.weights / CONFIG).read_text("utf-8"))
    config = known | {"decoding": asdict(settings), "calibration": calibration}
    (args.weights / CONFIG).write_text(json.dumps(config, indent=2) + "\n", "utf-8")
    print(json.dumps(config, indent=2), linked(found), sep="\n")
    logits = torch.tensor(evidence) @ torch.tensor(calibration["weights"]) + calibration["bias"]
    print("\n".join(reliability(list(zip(logits.sigmoid().tolist(), (r for _, r in pairs), strict=True)))))


def _objective(articles: list[Article], windows: list[list[Scored]], settings: Settings) -> float:
    figures = linked(cases(articles, windows, settings)[0])
    return figures["relation"] + figures["strict"]


def _gold(window: Window, found: Linked) -> Gold:
    units = window.units

    def spans(runs: tuple[Range, ...]) -> tuple[tuple[int, int], ...]:
        return tuple((int(units[a, 0]), int(units[b - 1, 1])) for a, b in runs)

    return Gold(spans(found.source), spans(((found.cue.first, found.cue.last),)), spans(found.content))


if __name__ == "__main__":
    main()
