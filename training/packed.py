"""An epoch's batches in one tensor, carried to the device at once: a dozen small tensors a step kept a GPU waiting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import torch
from torch import Tensor

from training.examples import Batch, NamedBatch, Windows

Lesson = Batch | NamedBatch


class _Place(NamedTuple):
    """Where a tensor of a batch begins among the values, its shape, and whether it holds only yes and no."""

    start: int
    shape: torch.Size
    boolean: bool


class _Layout(NamedTuple):
    """Where a batch lies, [start, end), where its tensors do, and of names or phrases which of the two it holds."""

    start: int
    end: int
    places: dict[str, _Place]
    head: int | None


@dataclass(frozen=True, slots=True)
class Packed:
    """The batches of an epoch: all their numbers (N,) as int32, and how they lie there."""

    values: Tensor
    layouts: Sequence[_Layout]

    def __len__(self) -> int:
        return len(self.layouts)

    def to(self, device: torch.device) -> Packed:
        """The same on a device."""
        return replace(self, values=self.values.to(device))

    def __iter__(self) -> Iterator[Lesson]:
        """The batches, in order, on the device where the values are."""
        for layout in self.layouts:
            values = self.values[layout.start : layout.end].long()
            tensors = {name: _unpacked(values, place) for name, place in layout.places.items()}
            yield Batch(**tensors) if layout.head is None else NamedBatch(**tensors, head=layout.head)


def packed(lessons: Sequence[Lesson]) -> Packed:
    """The batches, side by side in one tensor."""
    parts: list[Tensor] = []
    layouts: list[_Layout] = []
    end = 0
    for lesson in lessons:
        start, places = end, {}
        for name, tensor in _tensors(lesson):
            places[name] = _Place(end - start, tensor.shape, tensor.dtype == torch.bool)
            parts.append(tensor.flatten().int())
            end += tensor.numel()
        layouts.append(_Layout(start, end, places, lesson.head if isinstance(lesson, NamedBatch) else None))
    return Packed(torch.cat(parts) if parts else torch.zeros(0, dtype=torch.int32), layouts)


def _unpacked(values: Tensor, place: _Place) -> Tensor:
    tensor = values[place.start : place.start + place.shape.numel()].view(place.shape)
    return tensor.bool() if place.boolean else tensor


def _tensors(lesson: Windows) -> Iterator[tuple[str, Tensor]]:
    for field in fields(lesson):
        value = getattr(lesson, field.name)
        if isinstance(value, Tensor):
            yield field.name, value
