"""Learn what two statements are to each other: `python -m training.compare`. Writes `sayso/compare/pairs.json`.

Learns on the six development incidents of `evals/incidents`, of which each is held out once to choose the probabilities
from which on two statements are taken to be one claim; the test incidents are not looked at. A minute.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from evals.compare import Body, bodies
from sayso.compare.pairs import FEATURES
from sayso.decode import Floats

TARGET = Path(__file__).parent.parent / "src" / "sayso" / "compare" / "pairs.json"
PRECISE = 0.75
"""Of the pairs taken to be the same so many shall be: what is shown must be right."""
DECAY, STEPS = 1e-3, 400

Examples = tuple[Floats, Floats, Floats]


def examples(body: Body) -> Examples:
    """Of the candidates whose both ends are annotated: features, whether they are about one matter, and the same."""
    rows, matter, same = [], [], []
    for one, other in body.compared.candidates():
        a, b = body.claims[one], body.claims[other]
        if a and b:
            rows.append(body.compared.features(one, other))
            matter.append(bool({body.about[c] for c in a} & {body.about[c] for c in b}))
            same.append(bool(a & b))
    return np.array(rows), np.array(matter, float), np.array(same, float)


def fitted(features: Floats, right: Floats) -> tuple[Floats, float]:
    """A logistic regression, its weights turned back to the features as they are."""
    mean, deviation = features.mean(0), features.std(0) + 1e-6
    x = torch.tensor((features - mean) / deviation)
    y = torch.tensor(right)
    weights = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = F.binary_cross_entropy_with_logits(x @ weights + bias, y) + DECAY * weights.square().sum()
        value.backward()
        return value

    optimiser.step(loss)
    plain = weights.detach().numpy() / deviation
    return plain, float(bias.item() - plain @ mean)


def main() -> None:
    """Learn, choose, write."""
    sets = [examples(body) for body in bodies("development")]
    scores: list[Floats] = []
    for held in range(len(sets)):
        rest = [s for i, s in enumerate(sets) if i != held]
        both = [fitted(np.concatenate([s[0] for s in rest]), np.concatenate([s[k] for s in rest])) for k in (1, 2)]
        scores.append(np.stack([1 / (1 + np.exp(-(sets[held][0] @ w + b))) for w, b in both], 1))
    found, gold = np.concatenate(scores), np.concatenate([np.stack(s[1:], 1) for s in sets])
    kept: dict[str, object] = {}
    for k, name in enumerate(("matter", "same")):
        weights, bias = fitted(np.concatenate([s[0] for s in sets]), np.concatenate([s[k + 1] for s in sets]))
        chosen = _from(found[:, k], gold[:, k])
        kept[name] = {"weights": [round(w, 4) for w in weights.tolist()], "bias": round(bias, 4)}
        kept[f"{name}_from"] = chosen
        hit = found[:, k] >= chosen
        right = float((hit * gold[:, k]).sum())
        print(f"{name}: from {chosen}, precision {right / hit.sum():.3f}, recall {right / gold[:, k].sum():.3f}")
    print({name: round(w, 2) for name, w in zip(FEATURES, kept["same"]["weights"], strict=True)})  # type: ignore[index]
    TARGET.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def _from(found: Floats, gold: Floats) -> float:
    """The lowest probability from which on `PRECISE` of all pairs are right."""
    for chosen in np.arange(0.2, 0.95, 0.01):
        hit = found >= chosen
        if hit.any() and (hit * gold).sum() >= PRECISE * hit.sum():
            return round(float(chosen), 2)
    return 0.95


if __name__ == "__main__":
    main()
