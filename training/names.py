"""Teach the reader names and noun phrases, beside what it knows of attributions, so that one pass of it serves both:

    python -m training.names --weights runs/en_v1/final.pt --data ../shared/data --out runs/en_v1_names

All layers are tuned, at a low rate, on batches of one task each: PolNeAR's attributions again, the names of the
newswire corpus, the phrases of GUM. Every 10th outlet and every 20th text of GUM is held out and scored after each epoch,
and the loss on PolNeAR's held-out articles is printed beside it. Goes on from its checkpoint when started again.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from evals.corpus import read_brat
from sayso.names import NAME_KINDS, PHRASE_KINDS, named
from sayso.windows import Ints, Window, Windower
from training.augment import person_names
from training.examples import IGNORE, Example, collate, padded
from training.model import Reader
from training.named import Marked, Text, gum, newswire, split_gum, split_newswire
from training.train import Epochs, held_out_loss, losses, optimizer, save, schedule, split

KINDS = (NAME_KINDS, PHRASE_KINDS)
BATCH = 8
SECONDS = 30  # between two lines of progress


class Seen(NamedTuple):
    """A window of a text with its tags (N,); `head` says whether they are of names (0) or of phrases (1)."""

    source: Text
    window: Window
    tags: Ints
    head: int


def seen(windower: Windower, texts: Sequence[Text], head: int) -> list[Seen]:
    """The windows of some texts, with what is marked in them."""
    return [
        Seen(text, window, _tags(window, text.marked, KINDS[head]), head)
        for text in texts
        for window in windower.windows(text.text)
    ]


def _tags(window: Window, marked: Sequence[Marked], kinds: Sequence[str]) -> Ints:
    out = np.zeros(len(window.units), np.int64)
    for item in marked:
        run = window.overlap(((item.start, item.end),))
        if run is not None:
            out[run[0]] = 2 * kinds.index(item.kind) + 1
            out[run[0] + 1 : run[1]] = 2 * kinds.index(item.kind) + 2
    out[: window.owned] = IGNORE
    return out


def scores(model: Reader, batch: Sequence[Seen]) -> Tensor:
    """(B, N, tags) log-probabilities for windows of one task."""
    windows = [item.window for item in batch]
    length, width = max(len(w.pieces) for w in windows), max(len(w.units) for w in windows)
    units, words = model.encoder(
        padded([w.pieces for w in windows], length, 0),
        padded([w.features for w in windows], length, 0),
        padded([np.ones(len(w.pieces), np.int64) for w in windows], length, 0).bool(),
        padded([w.firsts for w in windows], width, 0),
    )
    found: Tensor = model.namer(units, words)[batch[0].head]
    return found


def loss(model: Reader, batch: Sequence[Seen]) -> Tensor:
    """Cross-entropy of the tags, summed and divided by how many names or phrases there are."""
    width = max(len(item.tags) for item in batch)
    gold = padded([item.tags for item in batch], width, IGNORE)
    count = max(1, sum(int(((item.tags > 0) & (item.tags % 2 == 1)).sum()) for item in batch))
    return F.nll_loss(scores(model, batch).flatten(0, 1), gold.flatten(), ignore_index=IGNORE, reduction="sum") / count


def batches(windows: Sequence[Seen], rng: random.Random) -> list[list[Seen]]:
    """Batches of about equally long windows, in random order."""
    ordered = sorted(windows, key=lambda s: len(s.window.pieces) + rng.uniform(-24, 24))
    made = [ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH)]
    rng.shuffle(made)
    return made


def score(model: Reader, windows: Sequence[Seen]) -> dict[str, float]:
    """F1 in percent of exact names or phrases, by kind; of persons, organisations and places together ("three"); and
    whatever the kind ("span")."""
    counts: dict[str, list[int]] = {}
    model.eval()
    for batch in (windows[at : at + BATCH] for at in range(0, len(windows), BATCH)):
        with torch.inference_mode():
            found = scores(model, batch).numpy()
        for item, row in zip(batch, found, strict=True):
            _count(counts, item, row[: len(item.tags)])
    model.train()
    return {kind: round(200 * both / max(1, f + g), 1) for kind, (both, f, g) in counts.items()}


def _count(counts: dict[str, list[int]], item: Seen, row: np.ndarray) -> None:
    begin, end = int(item.window.units[item.window.owned, 0]), int(item.window.units[-1, 1])
    found = {(n.start, n.end, n.kind) for n in named(row, KINDS[item.head], item.window)}
    gold = {tuple(m) for m in item.source.marked if begin <= m.start < end}
    three = ("person", "organisation", "place")
    for kind in (*KINDS[item.head], "three", "span"):
        kinds = three if kind == "three" else KINDS[item.head] if kind == "span" else (kind,)
        f, g = ({x[:2] if kind == "span" else x for x in s if x[2] in kinds} for s in (found, gold))
        held = counts.setdefault(kind, [0, 0, 0])
        for at, size in enumerate((len(f & g), len(f), len(g))):
            held[at] += size


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="of training.train or training.restore")
    parser.add_argument("--tokenizer", type=Path, default=Path("src/sayso/weights/en_v1/tokenizer.json"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--save", type=int, default=100)
    parser.add_argument("--half", action="store_true", help="products in bfloat16")
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    windower = Windower.from_file(args.tokenizer)
    articles, held = split(read_brat(args.data / "polnear" / "train"))
    attributions = Epochs(articles, windower, person_names(args.data / "worldwide-newswire-ner"), BATCH, args.seed)
    held_batches = Epochs(held, windower, ["Name"], BATCH, args.seed).batches(0)
    kept_names, held_names = split_newswire(newswire(args.data / "worldwide-newswire-ner"))
    kept_phrases, held_phrases = split_gum(gum(args.data / "gum"))
    names, phrases = seen(windower, kept_names, 0), seen(windower, kept_phrases, 1)
    checks = {"names": seen(windower, held_names, 0), "phrases": seen(windower, held_phrases, 1)}

    def epoch_of(number: int) -> Iterator[list[Example] | list[Seen]]:
        rng = random.Random(f"{args.seed}/{number}")
        again = attributions.batches(number + 1)
        again = again[: len(again) // 2]  # enough to keep what it knows, not so much that it learns them by heart
        mixed: list[list[Example] | list[Seen]] = [*again, *batches(names, rng), *batches(phrases, rng)]
        rng.shuffle(mixed)
        yield from mixed

    model = Reader()
    model.load_state_dict(torch.load(args.weights, weights_only=True)["model"], strict=False)
    optim = optimizer(model, args.rate, args.head_rate)
    peaks = [group["lr"] for group in optim.param_groups]
    checkpoint, done = args.out / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optim.load_state_dict(state["optim"])
        done = state["step"]
    total, step = args.epochs * len(list(epoch_of(0))), 0
    began = spoke = time.monotonic()
    for number in range(args.epochs):
        for drawn in epoch_of(number):
            step += 1
            if step <= done:
                continue
            for group, peak in zip(optim.param_groups, peaks, strict=True):
                group["lr"] = peak * schedule(step, total)
            with torch.autocast("cpu", torch.bfloat16, enabled=args.half):
                part = loss_of(model, drawn)
            optim.zero_grad(set_to_none=True)
            part.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optim.step()
            if time.monotonic() > spoke + SECONDS:
                spoke = time.monotonic()
                pace = (spoke - began) / (step - done)
                print(json.dumps({"step": step, "of": total, "s/step": round(pace, 2)}), flush=True)
            if step % args.save == 0:
                save(checkpoint, {"model": model.state_dict(), "optim": optim.state_dict(), "step": step})
        if step > done:
            shown = {"epoch": number + 1, "held out": held_out_loss(model, held_batches)}
            print(json.dumps(shown | {name: score(model, windows) for name, windows in checks.items()}), flush=True)
            save(args.out / f"epoch{number + 1}.pt", {"model": model.state_dict(), "step": step})
    save(args.out / "final.pt", {"model": model.state_dict(), "step": step})


def loss_of(model: Reader, drawn: list[Example] | list[Seen]) -> Tensor:
    """The loss of a batch, whatever it teaches."""
    first = drawn[0]
    if isinstance(first, Example):
        return torch.stack(list(losses(model, collate([e for e in drawn if isinstance(e, Example)])).values())).sum()
    return loss(model, [s for s in drawn if isinstance(s, Seen)])


if __name__ == "__main__":
    main()
