"""Trained weights → three of the ONNX graphs that ship: `python -m training.export --weights runs/en_v2/final.pt …`.

`encoder.onnx`: one window's pieces → unit vectors and cue tags. Its matrix products with weights are int8 (per
channel; activations are quantised at run time by their range in the window), the rest is float32. `linker.onnx`: the
unit vectors and the cues found → roles and boundaries, in float32: it is small, and int8 made it slower.
`namer.onnx`: unit and word vectors → tags of names and phrases, in float32.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from sayso.veil import CONFIG
from training.model import HEADS, WIDTH, WORDS_FROM, Layer, Reader, distance, means

OPSET = 17


class EncoderGraph(nn.Module):
    """One window without padding, attention spelt out so that every weight product is a plain MatMul."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, pieces: Tensor, features: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(T,), (T,), (N,) → units (N, WIDTH), cue tags (N, 3) as log-probabilities, words (N, WIDTH): what layer
        `WORDS_FROM` makes of all pieces of a unit, in which more of the word itself is left."""
        encoder = self.model.encoder
        x = encoder.words(pieces) + encoder.positions.weight[: pieces.shape[0]] + encoder.features(features)
        x = encoder.norm(x)
        words = x[firsts]
        for number, layer in enumerate(encoder.layers, 1):
            assert isinstance(layer, Layer)
            x = _layer(layer, x)
            if number == WORDS_FROM:
                words = means(x[None], firsts[None])[0]
        units = x[firsts]
        return units, self.model.tagger(units).log_softmax(-1), words


class LinkerGraph(nn.Module):
    """The cues of one window against its units: `Linker.forward` for a single window, with fewer and smaller steps.

    Distance and paragraph are one table, and each cue's own part is added to that table, not to every unit.
    """

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.linker = model.linker
        places = model.linker.distance.weight[:, None] + model.linker.paragraph.weight
        self.places = nn.Parameter(places.detach().flatten(0, 1))

    def forward(self, units: Tensor, paragraph: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """(N, WIDTH), (N,), (K,), (K,) → roles (K, N, 3), boundaries (K, 4, N + 1), as log-probabilities."""
        place = torch.arange(units.shape[0])
        inside = (place >= first[:, None]) & (place < last[:, None])
        mean = (inside.to(units.dtype) / (last - first)[:, None]) @ units
        cue = torch.cat([mean, units[first], units[last - 1]], -1)
        there = self.linker.cue(cue)[:, None]
        order = (paragraph - paragraph[first][:, None]).clamp(-1, 1) + 1
        size = self.places.shape[0]
        rows = (
            distance(place, first, last, self.linker.edges) * 3 + order + size * torch.arange(first.shape[0])[:, None]
        )
        x = self.linker.unit(units) * (1 + there) + (there + self.places).flatten(0, 1)[rows]
        roles, bounds = self.linker.scores(x, cue)
        return roles.log_softmax(-1), bounds.log_softmax(-1)


class NamerGraph(nn.Module):
    """The namer for one window without padding."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.namer = model.namer

    def forward(self, units: Tensor, words: Tensor) -> tuple[Tensor, ...]:
        """Twice (N, WIDTH) → (N, tags) for names and for phrases."""
        return tuple(scores[0] for scores in self.namer(units[None], words[None]))


def _layer(layer: Layer, x: Tensor) -> Tensor:
    q, k, v = layer.qkv(x).view(-1, 3, HEADS, WIDTH // HEADS).permute(1, 2, 0, 3)
    scores = (q * (WIDTH // HEADS) ** -0.5) @ k.transpose(1, 2)
    attended = (scores.softmax(-1) @ v).transpose(0, 1).reshape(-1, WIDTH)
    x = layer.norm1(x + layer.out(attended))
    inner: Tensor = layer.norm2(x + layer.down(nn.functional.gelu(layer.up(x))))
    return inner


def export_encoder(model: Reader, path: Path) -> None:
    """Write the float32 encoder graph."""
    pieces, firsts = torch.arange(1000, 1040), torch.arange(1, 30)
    torch.onnx.export(
        EncoderGraph(model),
        (pieces, torch.zeros_like(pieces), firsts),
        str(path),
        input_names=["pieces", "features", "firsts"],
        output_names=["units", "tags", "words"],
        dynamic_axes={
            "pieces": {0: "T"},
            "features": {0: "T"},
            "firsts": {0: "N"},
            "units": {0: "N"},
            "tags": {0: "N"},
            "words": {0: "N"},
        },
        opset_version=OPSET,
        dynamo=False,
    )


def export_linker(model: Reader, path: Path) -> None:
    """Write the float32 linker graph."""
    torch.onnx.export(
        LinkerGraph(model),
        (torch.randn(30, WIDTH), torch.zeros(30, dtype=torch.long), torch.tensor([3, 9]), torch.tensor([5, 10])),
        str(path),
        input_names=["units", "paragraph", "first", "last"],
        output_names=["roles", "bounds"],
        dynamic_axes={
            "units": {0: "N"},
            "paragraph": {0: "N"},
            "first": {0: "K"},
            "last": {0: "K"},
            "roles": {0: "K", 1: "N"},
            "bounds": {0: "K", 2: "N1"},
        },
        opset_version=OPSET,
        dynamo=False,
    )


def export_namer(model: Reader, path: Path) -> None:
    """Write the float32 namer graph."""
    torch.onnx.export(
        NamerGraph(model),
        (torch.randn(30, WIDTH), torch.randn(30, WIDTH)),
        str(path),
        input_names=["units", "words"],
        output_names=["names", "phrases"],
        dynamic_axes={name: {0: "N"} for name in ("units", "words", "names", "phrases")},
        opset_version=OPSET,
        dynamo=False,
    )


def quiet() -> None:
    """No warnings of torch about the exporter that is used here on purpose: the newer one needs onnxscript."""
    warnings.filterwarnings("ignore", category=DeprecationWarning, module="torch.onnx")
    warnings.filterwarnings("ignore", message="You are using the legacy TorchScript-based ONNX export")


def quantise(source: Path, target: Path) -> None:
    """The weights of products and embeddings to int8, each output channel with a scale of its own."""
    quantize_dynamic(
        source, target, op_types_to_quantize=["MatMul", "Gather"], per_channel=True, weight_type=QuantType.QInt8
    )


def main() -> None:
    """Export, quantise and put the result where the package looks for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2, for its tokenizer")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="do not quantise")
    args = parser.parse_args()
    model = Reader(dropout=0.0)
    state = torch.load(args.weights, weights_only=True, map_location="cpu")
    model.load_state_dict(state["model"])
    model.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as aside:
        export_linker(model, args.out / "linker.onnx")
        export_namer(model, args.out / "namer.onnx")
        plain = Path(aside) / "encoder.onnx"
        export_encoder(model, plain)
        if args.float:
            shutil.copy(plain, args.out / plain.name)
        else:
            quantise(plain, args.out / plain.name)
    for graph in args.out.glob("*.onnx"):
        onnx.checker.check_model(str(graph))
    shutil.copy(args.base / "tokenizer.json", args.out / "tokenizer.json")
    (args.out / CONFIG).write_text(json.dumps({"name": args.out.name, "veiled": state["veiled"]}) + "\n", "utf-8")


if __name__ == "__main__":
    main()
