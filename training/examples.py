"""Articles → training examples: windows with the cue tags and, for each cue, what every unit is to it; and windows with
the tags of names or of phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch

from evals.corpus import Article, Gold
from sayso.names import NAME_KINDS, PHRASE_KINDS
from sayso.shown import Ints
from sayso.windows import Window, Windower
from training.named import Text

ROLES = ("none", "source", "content")
IGNORE = -100
KINDS = (NAME_KINDS, PHRASE_KINDS)


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


@dataclass(frozen=True, slots=True, eq=False)
class NamedExample:
    """A window and the tags (N,) of its names (head 0) or phrases (head 1), with `IGNORE` on context."""

    window: Window
    tags: Ints
    head: int


@dataclass(frozen=True, slots=True)
class Windows:
    """Padded tensors of B windows and a tag for each of their units."""

    pieces: torch.Tensor  # (B, T)
    features: torch.Tensor  # (B, T)
    mask: torch.Tensor  # (B, T) bool
    firsts: torch.Tensor  # (B, N)
    tags: torch.Tensor  # (B, N)


@dataclass(frozen=True, slots=True)
class NamedBatch(Windows):
    """Whose tags are those of names (head 0) or of phrases (head 1)."""

    head: int


@dataclass(frozen=True, slots=True)
class Batch(Windows):
    """With their K cues. `cue_window` (K,) says which window a cue is in."""

    unit_mask: torch.Tensor  # (B, N) bool
    paragraph: torch.Tensor  # (B, N)
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


def named_examples(text: Text, head: int, windower: Windower) -> Iterator[NamedExample]:
    """The examples of one text whose names or phrases are marked."""
    for window in windower.windows(text.text):
        tags = np.zeros(len(window.units), np.int64)
        for item in text.marked:
            run = window.overlap(((item.start, item.end),))
            if run is not None:
                tags[run[0]] = 2 * KINDS[head].index(item.kind) + 1
                tags[run[0] + 1 : run[1]] = 2 * KINDS[head].index(item.kind) + 2
        tags[: window.owned] = IGNORE
        yield NamedExample(window, tags, head)


def collate(batch: Sequence[Example]) -> Batch:
    """Pad to the longest window and the most units of the batch."""
    padded = _collated([e.window for e in batch], [e.tags for e in batch])
    width = padded.firsts.shape[1]
    links = [(row, link) for row, e in enumerate(batch) for link in e.links]
    return Batch(
        **{f.name: getattr(padded, f.name) for f in fields(padded)},
        unit_mask=_padded([np.ones(len(e.window.units), np.int64) for e in batch], width, 0).bool(),
        paragraph=_padded([e.window.paragraph for e in batch], width, 0),
        cue_window=torch.tensor([row for row, _ in links], dtype=torch.long),
        cue_first=torch.tensor([link.first for _, link in links], dtype=torch.long),
        cue_last=torch.tensor([link.last for _, link in links], dtype=torch.long),
        roles=_padded([link.roles for _, link in links], width, IGNORE) if links else torch.zeros(0, width).long(),
        bounds=torch.tensor([[b if b >= 0 else width for b in link.bounds] for _, link in links]).reshape(-1, 4),
    )


def collate_named(batch: Sequence[NamedExample]) -> NamedBatch:
    """Pad to the longest window and the most units of the batch, all of one head."""
    padded = _collated([e.window for e in batch], [e.tags for e in batch])
    return NamedBatch(**{f.name: getattr(padded, f.name) for f in fields(padded)}, head=batch[0].head)


def _collated(windows: list[Window], tags: list[Ints]) -> Windows:
    length = max(len(w.pieces) for w in windows)
    width = max(len(w.units) for w in windows)
    return Windows(
        pieces=_padded([w.pieces for w in windows], length, 0),
        features=_padded([w.features for w in windows], length, 0),
        mask=_padded([np.ones(len(w.pieces), np.int64) for w in windows], length, 0).bool(),
        firsts=_padded([w.firsts for w in windows], width, 0),
        tags=_padded(tags, width, IGNORE),
    )


def _padded(rows: list[Ints], size: int, fill: int) -> torch.Tensor:
    out = np.full((len(rows), size), fill, np.int64)
    for row, values in zip(out, rows, strict=True):
        row[: len(values)] = values
    return torch.from_numpy(out)
