"""The network: a small BERT whose word pieces also know their case and quotation marks, and three heads.

The *tagger* marks the words that hand something over (cues, BIO). The *linker* looks at one cue and every unit of the
window at once and says what the unit is to that cue: nothing, its source, its content; and where source and content
begin and end. A unit may play different roles for different cues, so that an attribution inside another needs nothing
special. The *namer* marks names and noun phrases.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from sayso.names import tags
from sayso.windows import FEATURES
from training.examples import KINDS

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
VOCABULARY, POSITIONS = 30522, 512
LINK = 96
DISTANCES = (1, 2, 3, 4, 6, 8, 12, 18, 27, 40, 64, 100)
"""Upper edges of the distance classes between a cue and a unit, in units, on either side."""
BOUNDARIES = 4  # source first, source last, content first, content last
WORDS_FROM = 3
"""The layer whose vectors go to the namer beside the last one's, which know attributions better than words."""
NAMING = 160


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

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor]:
        """(B, T) ids, classes and mask, (B, N) first pieces → the units' vectors (B, N, WIDTH), and (B, N, WIDTH) what
        layer `WORDS_FROM` makes of all pieces of each unit."""
        place = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(place) + self.features(features)
        words = x = self.dropout(self.norm(x))
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, mask[:, None, None, :])
            if number == WORDS_FROM:
                words = means(x, firsts)
        return x.gather(1, firsts[:, :, None].expand(-1, -1, WIDTH)), words


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

    edges: Tensor

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
        self.register_buffer("edges", torch.tensor(DISTANCES), persistent=False)

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
        x = x + self.distance(distance(places, first, last, self.edges))
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


class Namer(nn.Module):
    """Unit and word vectors → tags of names and of phrases: two convolutions over neighbouring units, two outputs."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.inner = nn.Linear(2 * WIDTH, NAMING)
        self.near = nn.Conv1d(NAMING, NAMING, 3, padding=1)
        self.far = nn.Conv1d(NAMING, NAMING, 3, padding=1)
        self.out = nn.ModuleList(nn.Linear(NAMING, len(tags(kinds))) for kinds in KINDS)
        self.dropout = nn.Dropout(dropout)

    def forward(self, units: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        """(B, N, WIDTH) twice → (B, N, tags) for each of `KINDS`, log-probabilities."""
        x = F.gelu(self.inner(self.dropout(torch.cat([units, words], -1))))
        for layer in (self.near, self.far):
            x = x + F.gelu(layer(self.dropout(x).transpose(1, 2)).transpose(1, 2))
        x = self.dropout(x)
        return tuple(out(x).log_softmax(-1) for out in self.out)


class Reader(nn.Module):
    """Encoder and heads together, as trained."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.tagger = Tagger()
        self.linker = Linker(dropout)
        self.namer = Namer(2 * dropout)

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


def means(x: Tensor, firsts: Tensor) -> Tensor:
    """The mean of each unit's pieces, up to the next unit's first: (B, T, WIDTH), (B, N) → (B, N, WIDTH)."""
    sums = F.pad(x.float().cumsum(1), (0, 0, 1, 0))
    nexts = F.pad(firsts[:, 1:], (0, 1))
    nexts = torch.where(nexts > firsts, nexts, firsts + 1)  # the last of a window, and what pads it
    both = (sums.gather(1, at[:, :, None].expand(-1, -1, x.shape[2])) for at in (nexts, firsts))
    end, start = both
    return ((end - start) / (nexts - firsts)[:, :, None]).to(x.dtype)


def distance(places: Tensor, first: Tensor, last: Tensor, edges: Tensor) -> Tensor:
    """The class of each place's signed distance from the cue's units [first, last), by the upper edges of the classes:
    (K, N) integers from 0."""
    before = (first[:, None] - places).clamp(min=0)
    after = (places - last[:, None] + 1).clamp(min=0)
    reach = len(edges) + 1
    bucket = torch.bucketize(before + after, edges) + 1
    bucket = torch.where(before + after == 0, 0, bucket)
    return torch.where(before > 0, -bucket, bucket) + reach
