"""Articles → training examples: windows with the cue tags and, for each cue, what every unit is to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from evals.corpus import Article, Gold
from sayso.windows import Ints, Window, Windower

ROLES = ("none", "source", "content")
IGNORE = -100


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One cue of a window: units [first, last), the role of each unit (N,), and the four boundary units.

    `bounds` = first and last unit of the source, first and last unit of the content; -1 where there is none.
    """

    first: int
    last: int
    roles: Ints
    bounds: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A window, its cue tags (N,) with `IGNORE` on context, and the links of the cues it owns."""

    window: Window
    tags: Ints
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors of B windows and their K cues. `cue_window` (K,) says which window a cue is in."""

    pieces: torch.Tensor  # (B, T)
    features: torch.Tensor  # (B, T)
    mask: torch.Tensor  # (B, T) bool
    firsts: torch.Tensor  # (B, N)
    unit_mask: torch.Tensor  # (B, N) bool
    paragraph: torch.Tensor  # (B, N)
    tags: torch.Tensor  # (B, N)
    cue_window: torch.Tensor  # (K,)
    cue_first: torch.Tensor  # (K,)
    cue_last: torch.Tensor  # (K,)
    roles: torch.Tensor  # (K, N)
    bounds: torch.Tensor  # (K, 4), N for none


def examples(article: Article, version: int, windower: Windower) -> Iterator[Example]:
    """The training examples of one article as one of its annotators marked it."""
    golds = [g for g in article.versions[version] if g.cue]
    for window in windower.windows(article.text):
        yield _example(window, golds)


def _example(window: Window, golds: list[Gold]) -> Example:
    tags = np.zeros(len(window.units), np.int64)
    links = []
    for gold in golds:
        cue = window.overlap(gold.cue)
        if cue is None:
            continue
        first, last = cue
        tags[first] = 1
        tags[first + 1 : last] = 2
        if first >= window.owned:
            links.append(_link(window, first, last, gold))
    tags[: window.owned] = IGNORE
    return Example(window, tags, tuple(links))


def _link(window: Window, first: int, last: int, gold: Gold) -> Link:
    roles = np.zeros(len(window.units), np.int64)
    for role, spans in ((2, gold.content), (1, gold.source)):
        for span in spans:
            found = window.overlap((span,))
            if found is not None:
                roles[slice(*found)] = role
    roles[first:last] = 0
    bounds = []
    for role in (1, 2):
        held = np.flatnonzero(roles == role)
        bounds += [int(held[0]), int(held[-1])] if len(held) else [-1, -1]
    return Link(first, last, roles, (bounds[0], bounds[1], bounds[2], bounds[3]))


def collate(batch: list[Example]) -> Batch:
    """Pad to the longest window and the most units of the batch."""
    length = max(len(e.window.pieces) for e in batch)
    width = max(len(e.window.units) for e in batch)
    links = [(row, link) for row, e in enumerate(batch) for link in e.links]

    def padded(rows: list[Ints], size: int, fill: int) -> torch.Tensor:
        out = np.full((len(rows), size), fill, np.int64)
        for row, values in zip(out, rows, strict=True):
            row[: len(values)] = values
        return torch.from_numpy(out)

    windows = [e.window for e in batch]
    return Batch(
        pieces=padded([w.pieces for w in windows], length, 0),
        features=padded([w.features for w in windows], length, 0),
        mask=padded([np.ones(len(w.pieces), np.int64) for w in windows], length, 0).bool(),
        firsts=padded([w.firsts for w in windows], width, 0),
        unit_mask=padded([np.ones(len(w.units), np.int64) for w in windows], width, 0).bool(),
        paragraph=padded([w.paragraph for w in windows], width, 0),
        tags=padded([e.tags for e in batch], width, IGNORE),
        cue_window=torch.tensor([row for row, _ in links], dtype=torch.long),
        cue_first=torch.tensor([link.first for _, link in links], dtype=torch.long),
        cue_last=torch.tensor([link.last for _, link in links], dtype=torch.long),
        roles=padded([link.roles for _, link in links], width, IGNORE) if links else torch.zeros(0, width).long(),
        bounds=torch.tensor([[b if b >= 0 else width for b in link.bounds] for _, link in links]).reshape(-1, 4),
    )
