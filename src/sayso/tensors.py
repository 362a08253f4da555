"""A tensor out of an ONNX file, without running the graph and without the library that knows the whole format.

An ONNX file is one protocol-buffer message, ModelProto; its graph is field 7, of that each stored tensor a field 5.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_GRAPH, _TENSOR = 7, 5
_DIMS, _TYPE, _FLOATS, _WHOLES, _NAME, _DATA = 1, 2, 4, 5, 8, 9
_TYPES = {1: np.float32, 2: np.uint8, 3: np.int8}
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def tensors(path: Path, *names: str) -> list[NDArray[Any]]:
    """The stored tensors of these names, in their order; raises KeyError if one is not there, OSError if the file is
    not."""
    found: dict[str, NDArray[Any]] = {}
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for field, (graph, end) in _fields(data, 0, len(data)):
            if field != _GRAPH:
                continue
            for inner, (start, stop) in _fields(data, graph, end):
                if inner == _TENSOR and (named := _tensor(data, start, stop, names)) is not None:
                    found[named[0]] = named[1]
    return [found[name] for name in names]


def _tensor(data: mmap.mmap, start: int, end: int, names: tuple[str, ...]) -> tuple[str, NDArray[Any]] | None:
    dims: list[int] = []
    wholes: list[int] = []
    name, kind, content = "", 0, (0, 0)
    for field, (first, last) in _fields(data, start, end):
        if field == _NAME:
            name = data[first:last].decode()
        elif field == _TYPE:
            kind = first
        elif field in (_DATA, _FLOATS):  # the latter where there are few
            content = (first, last)
        elif field == _WHOLES:
            wholes += _varints(data, first, last)
        elif field == _DIMS:
            dims += _varints(data, first, last)
    if name not in names:
        return None
    values = np.array(wholes, _TYPES[kind]) if wholes else np.frombuffer(data[slice(*content)], _TYPES[kind])
    return name, values.reshape(dims)


def _varints(data: mmap.mmap, first: int, last: int) -> list[int]:
    """The whole numbers of a field: itself one, or many packed."""
    if last < 0:
        return [first]
    found = []
    while first < last:
        value, first = _varint(data, first)
        found.append(value)
    return found


def _fields(data: mmap.mmap, at: int, end: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """The fields of a message: the number of each, and where its bytes are; of a whole number itself and -1."""
    while at < end:
        key, at = _varint(data, at)
        field, sort = key >> 3, key & 7
        if sort == _VARINT:
            value, at = _varint(data, at)
            yield field, (value, -1)
            continue
        size = {_FIXED64: 8, _FIXED32: 4}.get(sort)
        if size is None:
            size, at = _varint(data, at)
        yield field, (at, at + size)
        at += size


def _varint(data: mmap.mmap, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
