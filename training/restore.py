"""Shipped graphs → the weights they were exported from, as floats: `python -m training.restore --weights … --out …`.

Training may go on from weights whose checkpoints nobody has kept. What int8 has rounded stays rounded; everything else
comes back exactly, but for the linker's two tables of places, which were added into one and come back
with the same sum.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from training.model import Reader

Arrays = dict[str, NDArray[np.float32]]


def reader(folder: Path) -> Reader:
    """The reader whose graphs `encoder.onnx` and `linker.onnx` lie in `folder`."""
    model = Reader()
    held = _floats(_initializers(folder / "encoder.onnx")) | _linker(_initializers(folder / "linker.onnx"))
    state = model.state_dict()
    for name in state:
        if name.startswith(("encoder.", "tagger.", "linker.")):
            state[name] = torch.from_numpy(held[name].copy()).reshape(state[name].shape)
    model.load_state_dict(state)
    return model


def _initializers(path: Path) -> Arrays:
    graph = onnx.load(str(path)).graph
    found = {i.name.removeprefix("model."): numpy_helper.to_array(i) for i in graph.initializer}
    for node in graph.node:  # small tables are exported as constants
        if node.op_type == "Constant" and node.output[0].startswith(("model.", "linker.")):
            found[node.output[0].removeprefix("model.")] = numpy_helper.to_array(node.attribute[0].t)
    return found


def _floats(held: Arrays) -> Arrays:
    """Products and embeddings as the floats that their integers stand for, the rest as it is."""
    out: Arrays = {}
    for name, values in held.items():
        if not name.endswith("_quantized"):
            out.setdefault(name, values)
            continue
        plain = name.removesuffix("_quantized")
        scale, zero = (held[f"{plain}_{part}"].astype(np.float32) for part in ("scale", "zero_point"))
        whole = (values.astype(np.float32) - zero) * scale
        transposed = plain.endswith("_Transposed")
        out[plain.removesuffix("_Transposed")] = whole.T if transposed else whole
    return out


def _linker(held: Arrays) -> Arrays:
    """The linker's own weights: its last product is stored transposed, its places as sums of distance and paragraph."""
    out = dict(held)
    out["linker.out.weight"] = next(v for k, v in held.items() if k.startswith("onnx::MatMul")).T
    places = held["places"].reshape(-1, 3, held["places"].shape[-1])
    out["linker.distance.weight"] = places.mean(1)
    out["linker.paragraph.weight"] = (places - places.mean(1, keepdims=True)).mean(0)
    return out


def save(model: Reader, path: Path) -> None:
    """Write a checkpoint as `training.train` does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state: dict[str, Tensor] = model.state_dict()
    torch.save({"model": state, "step": 0}, path)


def main() -> None:
    """Restore and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    save(reader(args.weights), args.out)


if __name__ == "__main__":
    main()
