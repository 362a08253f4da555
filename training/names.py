"""Train the namer, a small head on the frozen encoder that marks names and noun phrases:

    python -m training.names --weights src/sayso/weights/en_v1 --data ../shared/data

Every 20th text of each corpus is held out and scored. Writes `namer.onnx` beside the encoder.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from sayso.encoder import Encoder
from sayso.names import NAME_KINDS, PHRASE_KINDS, named, tags
from sayso.windows import Ints, Window, Windower
from training.model import WIDTH
from training.named import Marked, Text, gum, newswire, split

HIDDEN = 160
IGNORE = -100
BATCH = 32
KINDS = (NAME_KINDS, PHRASE_KINDS)


class Seen(NamedTuple):
    """A window of one text, its vectors (N, 2 · WIDTH) in half precision, which head it teaches, and its tags (N,)."""

    source: Text
    window: Window
    units: Tensor
    head: int
    tags: Tensor


class Namer(nn.Module):
    """Unit and word vectors → tags of names and of phrases: two convolutions over neighbouring units, two outputs."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.inner = nn.Linear(2 * WIDTH, HIDDEN)
        self.near = nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1)
        self.far = nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1)
        self.out = nn.ModuleList(nn.Linear(HIDDEN, len(tags(kinds))) for kinds in KINDS)
        self.dropout = nn.Dropout(dropout)

    def forward(self, units: Tensor) -> tuple[Tensor, ...]:
        """(B, N, 2 · WIDTH) → (B, N, tags) for each of `KINDS`, log-probabilities."""
        x = F.gelu(self.inner(self.dropout(units)))
        for layer in (self.near, self.far):
            x = x + F.gelu(layer(self.dropout(x).transpose(1, 2)).transpose(1, 2))
        x = self.dropout(x)
        return tuple(out(x).log_softmax(-1) for out in self.out)


class NamerGraph(nn.Module):
    """The namer for one window without padding, as it ships."""

    def __init__(self, namer: Namer) -> None:
        super().__init__()
        self.namer = namer

    def forward(self, units: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        """Twice (N, WIDTH) → (N, tags) for each of `KINDS`."""
        return tuple(scores[0] for scores in self.namer(torch.cat([units, words], -1)[None]))


def seen(weights: Path, texts: list[Text], head: int) -> list[Seen]:
    """Run the shipped encoder once over every text."""
    encoder, windower = Encoder(weights), Windower.from_file(weights / "tokenizer.json")
    jobs = [(text, window) for text in texts for window in windower.windows(text.text)]
    with ThreadPoolExecutor() as pool:
        units = pool.map(lambda job: _vectors(encoder, job[1]), jobs)
        return [
            Seen(text, window, torch.from_numpy(u), head, torch.from_numpy(_tags(window, text.marked, KINDS[head])))
            for (text, window), u in zip(jobs, units, strict=True)
        ]


def _vectors(encoder: Encoder, window: Window) -> NDArray[np.float16]:
    tagged = encoder.tag(window)
    return np.concatenate([tagged.units, tagged.words], -1).astype(np.float16)


def _tags(window: Window, marked: tuple[Marked, ...], kinds: Sequence[str]) -> Ints:
    out = np.zeros(len(window.units), np.int64)
    for item in marked:
        run = window.overlap(((item.start, item.end),))
        if run is not None:
            out[run[0]] = 2 * kinds.index(item.kind) + 1
            out[run[0] + 1 : run[1]] = 2 * kinds.index(item.kind) + 2
    out[: window.owned] = IGNORE
    return out


def train(windows: list[Seen], epochs: int, seed: int) -> Namer:
    """A namer after so many passes over the windows, each batch of one corpus."""
    torch.manual_seed(seed)
    namer = Namer()
    by_head = [[w for w in windows if w.head == head] for head in range(len(KINDS))]
    steps = epochs * sum(-(-len(held) // BATCH) for held in by_head)
    optimiser = torch.optim.AdamW(namer.parameters(), lr=3e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps, pct_start=0.1)
    generator = torch.Generator().manual_seed(seed)
    for epoch in range(epochs):
        began = time.monotonic()
        losses: list[list[float]] = [[] for _ in KINDS]
        batches = [b for held in by_head for b in _batches(held, generator)]
        for index in torch.randperm(len(batches), generator=generator).tolist():
            batch = batches[index]
            units = pad_sequence([item.units.float() for item in batch], batch_first=True)
            gold = pad_sequence([item.tags for item in batch], batch_first=True, padding_value=IGNORE)
            scores = namer(units)[batch[0].head]
            loss = F.nll_loss(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORE)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses[batch[0].head].append(loss.item())
        means = ", ".join(f"{sum(held) / max(1, len(held)):.4f}" for held in losses)
        print(f"epoch {epoch + 1}: loss {means}, {time.monotonic() - began:.0f} s", flush=True)
    return namer.eval()


def _batches(windows: list[Seen], generator: torch.Generator) -> list[list[Seen]]:
    order = torch.randperm(len(windows), generator=generator).tolist()
    return [[windows[i] for i in order[at : at + BATCH]] for at in range(0, len(order), BATCH)]


def score(namer: Namer, windows: list[Seen]) -> dict[str, float]:
    """F1 in percent of exact names or phrases, by kind, and whatever the kind ("span")."""
    counts: dict[str, list[int]] = {}
    for item in windows:
        with torch.no_grad():
            scores = namer(item.units.float()[None])[item.head][0].numpy()
        begin, end = int(item.window.units[item.window.owned, 0]), int(item.window.units[-1, 1])
        found = {(n.start, n.end, n.kind) for n in named(scores, KINDS[item.head], item.window)}
        gold = {tuple(m) for m in item.source.marked if begin <= m.start < end}
        for kind in (*KINDS[item.head], "span"):
            f, g = ({x[:2] if kind == "span" else x for x in s if kind in (x[2], "span")} for s in (found, gold))
            held = counts.setdefault(kind, [0, 0, 0])
            for at, size in enumerate((len(f & g), len(f), len(g))):
                held[at] += size
    return {kind: round(200 * both / max(1, f + g), 1) for kind, (both, f, g) in counts.items()}


def export(namer: Namer, path: Path) -> None:
    """Write the graph that ships."""
    torch.onnx.export(
        NamerGraph(namer),
        (torch.randn(30, WIDTH), torch.randn(30, WIDTH)),
        str(path),
        input_names=["units", "words"],
        output_names=["names", "phrases"],
        dynamic_axes={name: {0: "N"} for name in ("units", "words", "names", "phrases")},
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))


def main() -> None:
    """Train, score on the held-out texts, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True, help="folder of the encoder; the namer goes there too")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    corpora = (newswire(args.data / "worldwide-newswire-ner"), gum(args.data / "gum"))
    kept, held = [], []
    for head, texts in enumerate(corpora):
        learnt, kept_out = split(texts)
        kept += seen(args.weights, learnt, head)
        held.append(seen(args.weights, kept_out, head))
    namer = train(kept, args.epochs, args.seed)
    for name, windows in zip(("names", "phrases"), held, strict=True):
        print(f"held out, {name}:", score(namer, windows))
    export(namer, args.weights / "namer.onnx")


if __name__ == "__main__":
    main()
