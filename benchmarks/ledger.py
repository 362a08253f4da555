"""What keeping costs: `python -m benchmarks.ledger [--reports 10000] [--threads 2] [--ledger postgresql://…]`.

`python -m benchmarks.search --ledger big.sayso` makes a ledger of 10,000 reports that can be added to.

Makes reports of about 600 words by recombining the sentences of `examples/`, reads them bare, and adds files of them to
a new ledger, some of each in turn, so that a machine whose speed drifts is as slow for the one as for the other. Prints
both speeds and their ratio, by the clock and by the processor's time (which other programs disturb less), the time of
adding all again, the size of the ledger a report, and the peak memory.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.recombined import reports
from sayso.engine import Engine
from sayso.ledger import Ledger

EXAMPLES = Path(__file__).parent.parent / "examples"
BATCH = 20  # reports in turn


class Spent:
    """Seconds by the clock and of the processors, summed."""

    def __init__(self) -> None:
        self.clock = self.processor = 0.0

    @contextmanager
    def more(self) -> Iterator[None]:
        """Count what is spent in this context."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        self.clock += time.perf_counter() - clock
        self.processor += time.process_time() - processor


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--ledger", help="an address to add to, which may hold others; a new file if not given")
    args = parser.parse_args()
    engine = Engine(threads=args.threads)
    engine.read(next(reports(EXAMPLES, 1)))  # warms up
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        address = args.ledger or str(folder / "bench.sayso")
        paths, words, bare, kept = list[Path](), 0, Spent(), Spent()
        with Ledger(address) as ledger:
            made = reports(EXAMPLES, args.reports)
            while batch := [text for _, text in zip(range(BATCH), made, strict=False)]:
                files = [folder / f"{len(paths) + number:06}.txt" for number in range(len(batch))]
                for file, text in zip(files, batch, strict=True):
                    file.write_text(text, "utf-8")
                words += sum(len(text.split()) for text in batch)
                with bare.more():
                    list(engine.read_many(batch))
                with kept.more():
                    added = ledger.add(files, engine=engine)
                assert added.added == len(batch), added
                paths += files
            again = Spent()
            with again.more():
                assert ledger.add(paths, engine=engine).there == len(paths)
        print(f"{len(paths)} reports, {words:,} words, {args.threads} threads")
        for what, spent in (("bare reading", bare), ("adding", kept), ("adding again", again)):
            speed = words / spent.clock
            print(f"  {what:12s} {spent.clock:8.1f} s  {speed:8,.0f} words/s  {spent.processor:8.1f} s of processors")
        by_clock, by_processor = bare.clock / kept.clock, bare.processor / kept.processor
        print(f"  adding is {by_clock:.0%} as fast as reading by the clock, {by_processor:.0%} by the processors")
        if not args.ledger:
            print(f"  the ledger is {os.path.getsize(address) / len(paths) / 1024:.0f} KB a report")
        print(f"  peak memory   {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
