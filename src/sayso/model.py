"""Which weights there are, and the numbers that ship with them: `weights/NAME/config.json` as one frozen value."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from sayso.decode import Settings
from sayso.errors import MissingWeights

DEFAULT = "en_v2"
_FOLDER = Path(__file__).parent / "weights"
_NEEDED = ("config.json", "encoder.onnx", "judge.onnx", "linker.onnx", "namer.onnx", "tokenizer.json", "voices.npz")


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression from the evidence of an attribution to the probability that it is right."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, evidence: tuple[float, ...]) -> float:
        """Between 0 and 1, rounded to the three digits that mean anything."""
        logit = self.bias + sum(w * e for w, e in zip(self.weights, evidence, strict=True))
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 3)


@dataclass(frozen=True, slots=True)
class Model:
    """One set of weights: its name, its folder, and how its scores are decoded and calibrated."""

    name: str
    folder: Path
    settings: Settings
    calibration: Calibration

    @classmethod
    def load(cls, name: str = DEFAULT) -> Model:
        """The shipped model of that name; raises MissingWeights if the package does not hold it."""
        return cls.from_folder(_FOLDER / name)

    @classmethod
    def from_folder(cls, folder: Path) -> Model:
        """The model in a folder that `training/` wrote; raises MissingWeights if it is incomplete."""
        if not all((folder / name).is_file() for name in _NEEDED):
            raise MissingWeights(folder)
        config = json.loads((folder / "config.json").read_text("utf-8"))
        calibration = config["calibration"]
        return cls(
            name=config["name"],
            folder=folder,
            settings=Settings(**config["decoding"]),
            calibration=Calibration(tuple(calibration["weights"]), calibration["bias"]),
        )
