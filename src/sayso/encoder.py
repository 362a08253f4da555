"""The shipped network, run by onnxruntime: windows → scores. The only file that knows onnxruntime."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from sayso.decode import Cue, Floats
from sayso.shown import Ints
from sayso.windows import Window


@dataclass(frozen=True, slots=True, eq=False)
class Tagged:
    """A window's first scores: `units` (N, 384) vectors; `tags` (N, 3) log-probabilities of outside, begin, inside;
    `words` (N, 384) vectors from a lower layer, which know more of the words themselves."""

    units: Floats
    tags: Floats
    words: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Attributions of a window as the judge sees them: units [first, last) of `cues` and `sources` (K, 2), and the
    `circumstances` (K, 6) of `sayso.stance`. Where there is no source its run is the cue's, and the other way round."""

    cues: Ints
    sources: Ints
    circumstances: Floats


class Encoder:
    """The graphs of one set of weights. Safe to call from many threads at once.

    A window is run by itself, on one core: activations are quantised by their range in the window, so what else is read
    at the same time, and on how many threads, cannot change a score.
    """

    def __init__(self, folder: Path) -> None:
        """Load the four graphs from `folder`; raises OSError or onnxruntime's error if one is not there."""
        self._encoder = _session(folder / "encoder.onnx")
        # Its shapes hardly ever repeat: planning memory for each costs a tenth of its time.
        self._linker = _session(folder / "linker.onnx", plan_memory=False)
        self._namer = _session(folder / "namer.onnx", plan_memory=False)
        self._judge = _session(folder / "judge.onnx", plan_memory=False)

    def tag(self, window: Window) -> Tagged:
        """One pass of the encoder over a window."""
        units, tags, words = self._encoder.run(
            None, {"pieces": window.pieces, "features": window.features, "firsts": window.firsts}
        )
        return Tagged(units, tags, words)

    def link(self, window: Window, tagged: Tagged, cues: list[Cue]) -> tuple[Floats, Floats]:
        """For K cues of a window: roles (K, N, 3) and boundaries (K, 4, N + 1), as log-probabilities."""
        roles, bounds = self._linker.run(
            None,
            {
                "units": tagged.units,
                "paragraph": window.paragraph,
                "first": np.array([cue.first for cue in cues], np.int64),
                "last": np.array([cue.last for cue in cues], np.int64),
            },
        )
        return roles, bounds

    def name(self, tagged: Tagged) -> tuple[Floats, Floats]:
        """For the N units of a window the tags of names and of phrases (N, tags), as log-probabilities."""
        names, phrases = self._namer.run(None, {"units": tagged.units, "words": tagged.words})
        return names, phrases

    def judge(self, tagged: Tagged, runs: Runs) -> tuple[Floats, Floats]:
        """For K attributions of a window the log-probabilities of their stances (K, 7) and of what sort of voice their
        sources name (K, 8)."""
        stances, sorts = self._judge.run(
            None,
            {
                "units": tagged.units,
                "words": tagged.words,
                "cues": runs.cues,
                "sources": runs.sources,
                "circumstances": runs.circumstances,
            },
        )
        return stances, sorts


def _session(path: Path, plan_memory: bool = True) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = plan_memory
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
