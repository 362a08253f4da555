"""Train the judge, a small head on the frozen encoder: the stance of a cue, and what sort of voice a source words.

Both learn from `annotated.jsonl`, voices marked for this project by the rules of `shared/data/voices/GUIDE.md` in
articles of PolNeAR's training part, GUM and the Worldwide Newswire corpus.
"""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sayso.stance import CIRCUMSTANCES
from training.model import WIDTH

HIDDEN, SEEDS, EPOCHS, BATCH = 64, 3, 20, 64
VECTORS = 4 * WIDTH
"""The mean of the run's unit vectors and of its word vectors, and those of its last unit."""


class Head(nn.Module):
    """Vectors of a run of units and circumstances → log-probabilities: several small networks, averaged."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.inner = nn.ModuleList(nn.Linear(VECTORS + CIRCUMSTANCES, HIDDEN) for _ in range(SEEDS))
        self.outer = nn.ModuleList(nn.Linear(HIDDEN, classes) for _ in range(SEEDS))
        self.few, self.many = nn.Dropout(0.4), nn.Dropout(0.5)

    def each(self, vectors: Tensor, circumstances: Tensor) -> list[Tensor]:
        """The scores of every network."""
        x = torch.cat([self.many(vectors), circumstances], -1)
        return [out(self.few(F.gelu(inner(x)))) for inner, out in zip(self.inner, self.outer, strict=True)]

    def forward(self, vectors: Tensor, circumstances: Tensor) -> Tensor:
        """(K, VECTORS), (K, CIRCUMSTANCES) → (K, classes)."""
        return torch.stack(self.each(vectors, circumstances)).mean(0).log_softmax(-1)


class JudgeGraph(nn.Module):
    """Both heads for the K attributions of one window, as they ship."""

    def __init__(self, stance: Head, sort: Head) -> None:
        super().__init__()
        self.stance, self.sort = stance, sort

    def forward(
        self, units: Tensor, words: Tensor, cues: Tensor, sources: Tensor, circumstances: Tensor
    ) -> tuple[Tensor, Tensor]:
        """(N, WIDTH) twice; runs of units [first, last) (K, 2) twice; (K, CIRCUMSTANCES) → (K, stances), (K, sorts)."""
        return (
            self.stance(pooled(units, words, cues), circumstances),
            self.sort(pooled(units, words, sources), circumstances),
        )


def pooled(units: Tensor, words: Tensor, runs: Tensor) -> Tensor:
    """(N, WIDTH) twice and (K, 2) → (K, VECTORS)."""
    place = torch.arange(units.shape[0])
    inside = ((place >= runs[:, :1]) & (place < runs[:, 1:])).to(units.dtype)
    weights = inside / inside.sum(-1, keepdim=True)
    last = runs[:, 1] - 1
    return torch.cat([weights @ units, weights @ words, units[last], words[last]], -1)


def train(vectors: Tensor, circumstances: Tensor, labels: Tensor, classes: int, seed: int = 0) -> Head:
    """A head after `EPOCHS` passes; each of its networks sees its own dropout."""
    torch.manual_seed(seed)
    head = Head(classes)
    optimiser = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.05)
    steps = EPOCHS * -(-len(labels) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(labels)).split(BATCH):
            scores = head.each(vectors[batch], circumstances[batch])
            loss = sum(F.cross_entropy(s, labels[batch], label_smoothing=0.05) for s in scores)
            assert isinstance(loss, Tensor)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return head.eval()


def export(stance: Head, sort: Head, path: Path) -> None:
    """Write the graph that ships."""
    runs = torch.tensor([[0, 2], [3, 4]])
    torch.onnx.export(
        JudgeGraph(stance, sort),
        (torch.randn(30, WIDTH), torch.randn(30, WIDTH), runs, runs, torch.zeros(2, CIRCUMSTANCES)),
        str(path),
        input_names=["units", "words", "cues", "sources", "circumstances"],
        output_names=["stances", "sorts"],
        dynamic_axes={
            "units": {0: "N"},
            "words": {0: "N"},
            **{name: {0: "K"} for name in ("cues", "sources", "circumstances", "stances", "sorts")},
        },
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))
