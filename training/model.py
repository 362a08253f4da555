"""The network: a small BERT whose word pieces also know their case and quotation marks, and two heads.

The *tagger* marks the words that hand something over (cues, BIO). The *linker* looks at one cue and every unit of the
window at once and says what the unit is to that cue: nothing, its source, its content; and where source and content
begin and end. A unit may play different roles for different cues, so that an attribution inside another needs nothing
special.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from sayso.windows import FEATURES

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
VOCABULARY, POSITIONS = 30522, 512
LINK = 96
DISTANCES = (1, 2, 3, 4, 6, 8, 12, 18, 27, 40, 64, 100)
"""Upper edges of the distance classes between a cue and a unit, in units, on either side."""
BOUNDARIES = 4  # source first, source last, content first, content last


class SharedDropout(nn.Module):
    """Dropout whose mask is drawn once for the whole batch: drawing random numbers was a tenth of a training step."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """(B, …) → the same shape."""
        if not self.training or self.rate == 0:
            return x
        return x * torch.empty_like(x[:1]).bernoulli_(1 - self.rate).div_(1 - self.rate)


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = SharedDropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (B, T, WIDTH); mask (B, 1, 1, T), true where a piece is."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.dropout(self.out(attended)))
        inner: Tensor = self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))
        return inner


class Encoder(nn.Module):
    """Word pieces and their surface classes → one vector per unit."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.Embedding(FEATURES, WIDTH)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = SharedDropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """(B, T) ids, classes and mask, (B, N) first pieces → (B, N, WIDTH)."""
        place = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(place) + self.features(features)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return x.gather(1, firsts[:, :, None].expand(-1, -1, WIDTH))


class Tagger(nn.Module):
    """Unit vectors → scores of O, B, I for cues."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(WIDTH, 192)
        self.out = nn.Linear(192, 3)

    def forward(self, units: Tensor) -> Tensor:
        """(…, WIDTH) → (…, 3)."""
        scores: Tensor = self.out(F.gelu(self.hidden(units)))
        return scores


class Linker(nn.Module):
    """A cue and the units of its window → roles and boundaries."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.unit = nn.Linear(WIDTH, LINK)
        self.cue = nn.Linear(3 * WIDTH, LINK)
        self.distance = nn.Embedding(2 * len(DISTANCES) + 3, LINK)
        self.paragraph = nn.Embedding(3, LINK)
        self.norm = nn.LayerNorm(LINK)
        self.convolutions = nn.ModuleList(nn.Conv1d(LINK, LINK, 5, padding=2 * gap, dilation=gap) for gap in (1, 3))
        self.norms = nn.ModuleList(nn.LayerNorm(LINK) for _ in self.convolutions)
        self.out = nn.Linear(LINK, 3 + BOUNDARIES)
        self.nothing = nn.Linear(3 * WIDTH, 2)
        self.dropout = SharedDropout(dropout)

    def forward(
        self, units: Tensor, paragraph: Tensor, window: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Units (B, N, WIDTH) of B windows with their paragraphs (B, N), and K cues: window, first, last unit (K,).

        Returns roles (K, N, 3) and boundaries (K, 4, N + 1), whose last place stands for "none".
        """
        places = torch.arange(units.shape[1], device=units.device)
        inside = (places >= first[:, None]) & (places < last[:, None])
        weight = inside.to(units.dtype) / (last - first)[:, None]
        mean = (weight[:, None] @ units[window]).squeeze(1)
        cue = torch.cat([mean, units[window, first], units[window, last - 1]], -1)
        here = self.unit(units)[window]
        there = self.cue(cue)[:, None]
        x = here + there + here * there
        x = x + self.distance(distance(places, first, last))
        x = x + self.paragraph((paragraph[window] - paragraph[window, first][:, None]).clamp(-1, 1) + 1)
        return self.scores(x, cue)

    def scores(self, x: Tensor, cue: Tensor) -> tuple[Tensor, Tensor]:
        """From units as each cue sees them (K, N, LINK), and the cues (K, 3 · WIDTH), to what `forward` returns."""
        x = self.dropout(F.gelu(self.norm(x)))
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            x = x + self.dropout(F.gelu(norm(convolution(x.transpose(1, 2)).transpose(1, 2))))
        scores = self.out(x)
        nothing = self.nothing(cue)[:, [0, 0, 1, 1], None]
        return scores[..., :3], torch.cat([scores[..., 3:].transpose(1, 2), nothing], 2)


class Reader(nn.Module):
    """Encoder, tagger and linker together, as trained."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.tagger = Tagger()
        self.linker = Linker(dropout)

    def load_base(self, folder: Path) -> None:
        """Start the encoder from the safetensors of all-MiniLM-L6-v2."""
        base = load_file(folder / "model.safetensors")
        state = {
            "words.weight": base["embeddings.word_embeddings.weight"],
            "positions.weight": base["embeddings.position_embeddings.weight"]
            + base["embeddings.token_type_embeddings.weight"][0],
            "features.weight": self.encoder.features.weight.detach(),
        }
        for kind in ("weight", "bias"):
            state[f"norm.{kind}"] = base[f"embeddings.LayerNorm.{kind}"]
            for i in range(LAYERS):
                here, there = f"layers.{i}", f"encoder.layer.{i}"
                parts = [base[f"{there}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                state[f"{here}.qkv.{kind}"] = torch.cat(parts)
                state[f"{here}.out.{kind}"] = base[f"{there}.attention.output.dense.{kind}"]
                state[f"{here}.norm1.{kind}"] = base[f"{there}.attention.output.LayerNorm.{kind}"]
                state[f"{here}.up.{kind}"] = base[f"{there}.intermediate.dense.{kind}"]
                state[f"{here}.down.{kind}"] = base[f"{there}.output.dense.{kind}"]
                state[f"{here}.norm2.{kind}"] = base[f"{there}.output.LayerNorm.{kind}"]
        self.encoder.load_state_dict(state)


def distance(places: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """The class of each place's signed distance from the cue's units [first, last): (K, N) integers from 0."""
    before = (first[:, None] - places).clamp(min=0)
    after = (places - last[:, None] + 1).clamp(min=0)
    edges = torch.tensor(DISTANCES, device=places.device)
    reach = len(DISTANCES) + 1
    bucket = torch.bucketize(before + after, edges) + 1
    bucket = torch.where(before + after == 0, 0, bucket)
    return torch.where(before > 0, -bucket, bucket) + reach
