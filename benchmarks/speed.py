"""How fast and how small: `python -m benchmarks.speed [--words 1000000] [--threads 2]`.

Reads the reports in `examples/`, recombined, and prints: the time of a whole reading against that of the bare ONNX
encoder on the same windows, and against that of attributions and voices alone; words per second; the peak memory and
time of longer and longer single reports; the time from a cold start to the first reading; the size of the wheel.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from unittest.mock import patch

from sayso.encoder import Encoder
from sayso.engine import Engine
from sayso.grounding.ground import Grounded
from sayso.windows import Window, Windower

EXAMPLES = Path(__file__).parent.parent / "examples"


def corpus(words: int, seed: int = 1) -> list[str]:
    """Reports of the examples' length made by shuffling their paragraphs, about `words` words in all."""
    rng = random.Random(seed)
    paragraphs = [p for path in sorted(EXAMPLES.glob("*.txt")) for p in path.read_text("utf-8").split("\n\n")]
    reports: list[str] = []
    total = 0
    while total < words:
        report = "\n\n".join(rng.sample(paragraphs, 16))
        reports.append(report)
        total += len(report.split())
    return reports


def timed(act: Callable[[], object]) -> float:
    """Seconds of wall clock that `act` takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def ratio(threads: int, words: int, rounds: int) -> None:
    """Whole readings, readings of attributions and voices alone, and the bare encoder on the same windows and threads,
    a few reports of each in turn, so that a machine whose speed drifts is as slow for the one as for the other."""
    reports = corpus(words)
    count = sum(len(report.split()) for report in reports)
    engine = Engine(threads=threads)
    encoder = Encoder(engine.model.folder)
    windower = Windower.from_file(engine.model.folder / "tokenizer.json")
    parts = [(part, [w for report in part for w in windower.windows(report)]) for part in batched(reports, 4 * threads)]

    def bare(windows: list[Window]) -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(encoder.tag, windows))

    def voices(part: tuple[str, ...]) -> None:
        with patch("sayso.engine.grounded", return_value=Grounded()):
            whole(part)

    def whole(part: tuple[str, ...]) -> None:
        list(engine.read_many(part))

    totals = []
    for _ in range(rounds + 1):
        times = [
            (timed(partial(bare, windows)), timed(partial(voices, part)), timed(partial(whole, part)))
            for part, windows in parts
        ]
        totals.append([sum(column) for column in zip(*times, strict=True)])
    del totals[0]  # the first round warms up
    print(f"{len(reports)} reports, {count:,} words, {threads} threads, median of {rounds} rounds")
    for name, column in zip(("bare encoder", "voices alone", "whole reading"), zip(*totals, strict=True), strict=True):
        seconds = statistics.median(column)
        print(f"  {name:15s} {seconds:6.2f} s  {count / seconds:8,.0f} words/s")
    for name, ratios in (
        ("reading/encoder", sorted(whole / bare for bare, _, whole in totals)),
        ("reading/voices", sorted(whole / voices for _, voices, whole in totals)),
    ):
        print(f"  {name:15s} {statistics.median(ratios):6.2f}    ({ratios[0]:.2f} to {ratios[-1]:.2f})")


def batched(reports: list[str], size: int) -> list[tuple[str, ...]]:
    """The reports, in tuples of `size` and a shorter last one."""
    return [tuple(reports[at : at + size]) for at in range(0, len(reports), size)]


def one_report(words: int, threads: int) -> None:
    """Read one report of so many words in this process, and print time and peak memory."""
    text = "\n\n".join(corpus(words))
    count = len(text.split())
    engine = Engine(threads=threads)
    start = time.perf_counter()
    reading = engine.read(text)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  {count:9,} words  {seconds:7.1f} s  {count / seconds:6,.0f} words/s  {peak:5.0f} MB peak"
        f"  {len(reading.attributions):7,} attributions",
        flush=True,
    )


def cold_start(rounds: int = 5) -> None:
    """From the shell to the first reading, the first round left out."""
    report = max(EXAMPLES.glob("*.txt"), key=lambda path: path.stat().st_size)
    command = [sys.executable, "-m", "sayso", "read", str(report)]

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    times = [timed(run) for _ in range(rounds + 1)][1:]
    print(f"cold start to the first reading: {statistics.median(times):.2f} s ({min(times):.2f} to {max(times):.2f})")


def wheel_size() -> None:
    """Build the wheel and print its size."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, str(EXAMPLES.parent)]
        subprocess.run(command, check=True)
        for wheel in Path(folder).glob("*.whl"):
            print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Run everything, or (with --one) a single long report in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=1_000_000, help="words of the longest single report")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        one_report(args.one, args.threads)
        return
    for threads in sorted({1, args.threads}):
        ratio(threads, 10_000, args.rounds)
    cold_start()
    wheel_size()
    print("one report, longer and longer, each in a process of its own:", flush=True)
    for words in (1_000, 10_000, 100_000, 1_000_000):
        if words <= args.words:
            command = [sys.executable, "-m", "benchmarks.speed", "--one", str(words), "--threads", str(args.threads)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
