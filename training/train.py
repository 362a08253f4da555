"""Train the network, attributions, names and phrases together: `python -m training.train --data ../shared/data …`.

Writes a checkpoint every `--save` steps and goes on from it when started again with the same arguments.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from evals.corpus import Article, read_brat
from training import named
from training.augment import Exchanges
from training.examples import IGNORE, Batch, NamedBatch
from training.lessons import Lessons, made_ahead
from training.model import LAYERS, Reader
from training.packed import Lesson, Packed
from training.selftaught import read_marked

HOLDOUT_EVERY = 20
"""Every 20th training article is kept out: thresholds and calibration are chosen on those, never on dev."""


def split(articles: list[Article]) -> tuple[list[Article], list[Article]]:
    """The articles to train on and those held out."""
    held = articles[::HOLDOUT_EVERY]
    return [a for i, a in enumerate(articles) if i % HOLDOUT_EVERY], held


def lessons(args: argparse.Namespace) -> tuple[Lessons, Lessons]:
    """What is taught, and what is held out of it."""
    data, tokenizer = args.data, args.base / "tokenizer.json"
    articles = split(read_brat(data / "polnear" / "train"))
    newswire, gum = named.split(named.newswire(data / "worldwide-newswire-ner")), named.split(named.gum(data / "gum"))
    exchanges = Exchanges.among(articles[0], data / "worldwide-newswire-ner")
    if args.further:
        articles[0].extend(read_marked(args.further, data))
    taught, held = (
        Lessons(tokenizer, articles[i], (newswire[i], gum[i]), exchanges, args.batch, args.seed, args.veiled)
        for i in (0, 1)
    )
    return taught, held


def losses(model: Reader, lesson: Lesson) -> dict[str, Tensor]:
    """Of attributions the cross-entropies of cue tags, roles and boundaries, each summed and divided by the number of
    cues; of names or phrases that of their tags, per unit of those and a tenth of the others."""
    if isinstance(lesson, NamedBatch):
        return {("names", "phrases")[lesson.head]: _named_loss(model, lesson)}
    return _attribution_losses(model, lesson)


def _named_loss(model: Reader, batch: NamedBatch) -> Tensor:
    scores = model.namer(*model.encoder(batch.pieces, batch.features, batch.mask, batch.firsts))[batch.head]
    loss = F.nll_loss(scores.flatten(0, 1).float(), batch.tags.flatten(), ignore_index=IGNORE, reduction="sum")
    return loss / ((batch.tags > 0).sum() + 0.1 * (batch.tags == 0).sum())


def _attribution_losses(model: Reader, batch: Batch) -> dict[str, Tensor]:
    units, _ = model.encoder(batch.pieces, batch.features, batch.mask, batch.firsts)
    count = max(1, len(batch.cue_window))
    tags = model.tagger(units).flatten(0, 1).float()
    out = {"tags": F.cross_entropy(tags, batch.tags.flatten(), ignore_index=IGNORE, reduction="sum") / count}
    if len(batch.cue_window) == 0:
        return out
    rows = batch.cue_window
    roles, bounds = model.linker(units, batch.paragraph, rows, batch.cue_first, batch.cue_last)
    absent = F.pad(~batch.unit_mask[rows], (0, 1))[:, None]
    roles, bounds = roles.float(), bounds.float().masked_fill(absent, -1e4)
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


def held_out_loss(model: Reader, held: Packed) -> dict[str, float]:
    """Mean losses on what the model is not taught."""
    model.eval()
    sums: dict[str, list[Tensor]] = {}
    with torch.inference_mode():
        for lesson in held:
            for name, value in losses(model, lesson).items():
                sums.setdefault(name, []).append(value)
    model.train()
    return {name: round(torch.stack(values).mean().item(), 4) for name, values in sums.items()}


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
    parser.add_argument("--within", type=float, default=math.inf, help="seconds: fewer steps where they take longer")
    parser.add_argument("--start", type=Path, help="weights to begin with, instead of the base")
    parser.add_argument("--further", type=Path, help="articles marked by training.selftaught, taught beside PolNeAR's")
    parser.add_argument("--veiled", action="store_true", help="hide names from the network")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    taught, held_out = lessons(args)
    held = held_out.epoch(0).to(device)
    model = Reader()
    model.load_base(args.base)
    if args.start:
        model.load_state_dict(torch.load(args.start, weights_only=True)["model"])
    model.to(device)
    course = Course(model, optimizer(model, args.rate, args.head_rate), device, args.out / "checkpoint.pt", args.save)
    course.within = args.within
    course.resume()
    for number, epoch in enumerate(made_ahead(taught, range(args.epochs)), 1):
        course.total = course.total or args.epochs * len(epoch)
        course.teach(epoch, args.steps)
        if args.steps and course.step >= args.steps:
            return
        print(json.dumps({"epoch": number, "held out": held_out_loss(model, held)}), flush=True)
        _save(args.out / f"epoch{number}.pt", {"model": model.state_dict(), "veiled": args.veiled})
    _save(args.out / "final.pt", {"model": model.state_dict(), "veiled": args.veiled})


WARM, FIRST = 20, 100
"""The steps from the one to the other tell how many fit into the time there is."""


class Course:
    """The steps of training, counted; those that a checkpoint already holds are passed over."""

    def __init__(
        self, model: Reader, optimiser: torch.optim.AdamW, device: torch.device, checkpoint: Path, every: int
    ) -> None:
        self.model, self.optimiser, self.device = model, optimiser, device
        self.checkpoint, self.every = checkpoint, every
        self.total = self.step = self.done = 0
        self.within = math.inf
        self._peaks = [group["lr"] for group in optimiser.param_groups]
        self._started, self._since = 0.0, 0

    def resume(self) -> None:
        """Go on from the checkpoint, if there is one."""
        if self.checkpoint.exists():
            state = torch.load(self.checkpoint, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimiser.load_state_dict(state["optim"])
            self.done = state["step"]

    def teach(self, epoch: Packed, limit: int = 0) -> None:
        """One step a lesson; no further than `limit`, if there is one."""
        for lesson in epoch.to(self.device):
            if self.step >= self.total or (limit and self.step >= limit):
                return
            self.step += 1
            if self.step > self.done:
                self._learn(lesson)

    def _learn(self, lesson: Lesson) -> None:
        for group, peak in zip(self.optimiser.param_groups, self._peaks, strict=True):
            group["lr"] = peak * schedule(self.step, self.total)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            parts = losses(self.model, lesson)
        self.optimiser.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self.optimiser.step()
        if self.step == self.done + WARM:
            self._started, self._since = time.monotonic(), self.step
        if self.step % 50 == 0:
            pace = (time.monotonic() - self._started) / max(1, self.step - self._since)
            if self.step == FIRST:
                self.total = max(self.step, int(min(self.total, self.within / pace)))
            shown = {name: round(value.item(), 3) for name, value in parts.items()}
            print(json.dumps({"step": self.step, "of": self.total, "s/step": round(pace, 3), **shown}), flush=True)
        if self.step % self.every == 0:
            state = {"model": self.model.state_dict(), "optim": self.optimiser.state_dict(), "step": self.step}
            _save(self.checkpoint, state)


def _save(path: Path, state: dict[str, object]) -> None:
    aside = path.with_suffix(".part")
    torch.save(state, aside)
    aside.rename(path)


if __name__ == "__main__":
    main()
