"""Train the reader on PolNeAR: `python -m training.train --data ../shared/data --out runs/en_v1`.

Writes a checkpoint every `--save` steps and goes on from it when started again with the same arguments.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from evals.corpus import Article, read_brat
from sayso.windows import Windower
from training.augment import person_names, renamed, requoted, swappable_names
from training.examples import IGNORE, Batch, Example, collate, examples
from training.model import LAYERS, Reader

HOLDOUT_EVERY = 20
"""Every 20th training article is kept out: thresholds and calibration are chosen on those, never on dev."""


def split(articles: list[Article]) -> tuple[list[Article], list[Article]]:
    """The articles to train on and those held out."""
    held = articles[::HOLDOUT_EVERY]
    return [a for i, a in enumerate(articles) if i % HOLDOUT_EVERY], held


class Epochs:
    """Deterministic epochs of augmented batches: the same seed and number give the same batches."""

    def __init__(self, articles: list[Article], windower: Windower, names: list[str], size: int, seed: int) -> None:
        self.articles, self.windower, self.names = articles, windower, names
        self.size, self.seed = size, seed
        self.swappable = swappable_names(articles, names)

    def batches(self, epoch: int) -> list[list[Example]]:
        """The epoch's batches of about equally long windows, in random order."""
        rng = random.Random(f"{self.seed}/{epoch}")
        drawn: list[Example] = []
        for article in self.articles:
            version = rng.randrange(len(article.versions))
            if epoch and rng.random() < 0.3:
                article = renamed(article, rng, self.swappable, self.names)
            if epoch and rng.random() < 0.35:
                article = requoted(article, rng)
            drawn += examples(article, version, self.windower)
        drawn.sort(key=lambda e: len(e.window.pieces) + rng.uniform(-24, 24))
        batches = [drawn[i : i + self.size] for i in range(0, len(drawn), self.size)]
        rng.shuffle(batches)
        return batches


def losses(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """Cross-entropies of cue tags, roles and boundaries, each summed and divided by the number of cues."""
    units = model.encoder(batch.pieces, batch.features, batch.mask, batch.firsts)
    count = max(1, len(batch.cue_window))
    tags = model.tagger(units).flatten(0, 1)
    out = {"tags": F.cross_entropy(tags, batch.tags.flatten(), ignore_index=IGNORE, reduction="sum") / count}
    if len(batch.cue_window) == 0:
        return out
    rows = batch.cue_window
    roles, bounds = model.linker(units, batch.paragraph, rows, batch.cue_first, batch.cue_last)
    absent = F.pad(~batch.unit_mask[rows], (0, 1))[:, None]
    bounds = bounds.masked_fill(absent, -1e4)
    out["roles"] = (
        0.2 * F.cross_entropy(roles.flatten(0, 1), batch.roles.flatten(), ignore_index=IGNORE, reduction="sum") / count
    )
    out["bounds"] = F.cross_entropy(bounds.flatten(0, 1), batch.bounds.flatten(), reduction="sum") / count
    return out


def optimizer(model: Reader, rate: float, head_rate: float, decay: float = 0.9) -> torch.optim.AdamW:
    """AdamW with a lower rate for each deeper layer of the encoder and a higher one for what starts from nothing."""
    groups = []
    for name, parameter in model.named_parameters():
        if name.startswith("encoder.layers."):
            lr = rate * decay ** (LAYERS - 1 - int(name.split(".")[2]))
        elif name == "encoder.features.weight" or not name.startswith("encoder."):
            lr = head_rate
        else:
            lr = rate * decay**LAYERS
        groups.append({"params": [parameter], "lr": lr, "weight_decay": 0.01 if parameter.ndim > 1 else 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def schedule(step: int, total: int) -> float:
    """Linear warm-up over 6 % of the steps, then a cosine down to nothing."""
    warm = max(1, int(0.06 * total))
    return step / warm if step < warm else 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, total - warm)))


def held_out_loss(model: Reader, batches: list[list[Example]]) -> dict[str, float]:
    """Mean losses per cue on articles the model does not train on."""
    model.eval()
    sums: dict[str, float] = {}
    with torch.inference_mode():
        for examples_ in batches:
            for name, value in losses(model, collate(examples_)).items():
                sums[name] = sums.get(name, 0.0) + value.item() / len(batches)
    model.train()
    return {name: round(value, 4) for name, value in sums.items()}


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=int, default=100)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps (for a trial)")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    windower = Windower.from_file(args.base / "tokenizer.json")
    training, held = split(read_brat(args.data / "polnear" / "train"))
    epochs = Epochs(training, windower, person_names(args.data / "worldwide-newswire-ner"), args.batch, args.seed)
    held_batches = Epochs(held, windower, ["Name"], args.batch, args.seed).batches(0)
    model = Reader()
    model.load_base(args.base)
    optim = optimizer(model, args.rate, args.head_rate)
    peaks = [group["lr"] for group in optim.param_groups]
    checkpoint = args.out / "checkpoint.pt"
    done = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optim.load_state_dict(state["optim"])
        done = state["step"]
    total = args.epochs * len(epochs.batches(0))
    step = 0
    started, since = time.monotonic(), done
    for epoch in range(args.epochs):
        for drawn in epochs.batches(epoch):
            if step >= total:
                break
            step += 1
            if step <= done:
                continue
            for group, peak in zip(optim.param_groups, peaks, strict=True):
                group["lr"] = peak * schedule(step, total)
            parts = losses(model, collate(drawn))
            optim.zero_grad(set_to_none=True)
            torch.stack(list(parts.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optim.step()
            if step % 10 == 0:
                pace = (time.monotonic() - started) / (step - since)
                shown = {name: round(value.item(), 3) for name, value in parts.items()}
                print(json.dumps({"step": step, "of": total, "s/step": round(pace, 2), **shown}), flush=True)
            if step % args.save == 0:
                _save(checkpoint, {"model": model.state_dict(), "optim": optim.state_dict(), "step": step})
            if args.steps and step >= args.steps:
                return
        if step > done:
            print(json.dumps({"epoch": epoch + 1, "held out": held_out_loss(model, held_batches)}), flush=True)
            _save(args.out / f"epoch{epoch + 1}.pt", {"model": model.state_dict(), "step": step})
    _save(args.out / "final.pt", {"model": model.state_dict(), "step": step})


def _save(path: Path, state: dict[str, object]) -> None:
    aside = path.with_suffix(".part")
    torch.save(state, aside)
    aside.rename(path)


if __name__ == "__main__":
    main()
