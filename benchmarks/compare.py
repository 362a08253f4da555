"""How long comparing takes against reading: `python -m benchmarks.compare --ledger big.sayso`

The ledger (that of `benchmarks.search`, say: 10,000 reports) is copied and left alone. Of the copy the first 1,000
reports are compared, then those up to 3,000, then all; each figure is the time from the first report on. Then one more
report is added, to tell what it costs among so many. What reading takes is measured on some of the same texts, between
the steps, so that a busy machine slows both; on one, the processors' time says more than the clock.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import delete, func, insert, select

from benchmarks.ledger import Spent
from sayso.documents import document
from sayso.engine import Engine
from sayso.ledger import Ledger, tables
from sayso.ledger.meaning import complete, lacking
from sayso.meaning import Meanings

SAMPLE = 30
"""Reports read at each step."""
AT_ONCE = 200


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path, required=True, help="an SQLite ledger; it is copied, not changed")
    parser.add_argument("--steps", type=int, nargs="+", default=[1_000, 3_000, 10_000])
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    engine, meanings = Engine(threads=args.threads), Meanings()
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "bench.sayso"
        with sqlite3.connect(args.ledger) as whole, sqlite3.connect(copied) as copy:
            whole.backup(copy)
        whole.close()
        copy.close()
        with Ledger(copied) as ledger:
            keys = [entry.key for entry in ledger.documents()]
            _put_off(ledger, keys)
            read, compared = Spent(), Spent()
            for before, step in zip([0, *args.steps], args.steps, strict=False):
                new = keys[before:step]
                _reading(engine, ledger, new, read)
                _as_added(ledger, meanings, new)
                _let_in(ledger, new)
                with compared.more():
                    ledger.compare()
                reports = min(step, len(keys))
                print(f"{reports:6,} reports: {_told(compared, read)}; {_claims(ledger):,} claims", flush=True)
            _one_more(ledger, engine)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", file=sys.stderr)


def _told(compared: Spent, read: Spent) -> str:
    clock, processor = compared.clock / read.clock, compared.processor / read.processor
    times = f"compared in {compared.clock:.1f} s, read in {read.clock:.1f} s"
    return f"{times}: {clock:.2f} × by the clock, {processor:.2f} × by the processors"


def _put_off(ledger: Ledger, keys: list[int]) -> None:
    """Let no report wait to be compared."""
    with ledger.writes() as connection:
        connection.execute(delete(tables.compared))
        connection.execute(insert(tables.compared), [{"document": key, "state": "gathered"} for key in keys])


def _as_added(ledger: Ledger, meanings: Meanings, keys: list[int]) -> None:
    """Make what contents mean, which an add does on the way, if the ledger was made without."""
    a = tables.attributions.c
    with ledger.writes() as connection:
        wanted = select(func.max(a.key)).where(a.document <= keys[-1])
        last = connection.execute(wanted).scalar_one()
        while (missing := lacking(connection, meanings.meaning.model, AT_ONCE)) and missing[0][0] <= last:
            complete(connection, meanings, AT_ONCE)


def _let_in(ledger: Ledger, keys: list[int]) -> None:
    """Let these reports wait to be compared."""
    there = tables.compared
    with ledger.writes() as connection:
        connection.execute(delete(there).where(there.c.document.between(keys[0], keys[-1])))


def _reading(engine: Engine, ledger: Ledger, keys: list[int], spent: Spent) -> None:
    """What reading the reports takes, measured on some of them."""
    texts = [ledger.reading(key).document.text for key in keys[:: max(1, len(keys) // SAMPLE)][:SAMPLE]]
    sample = Spent()
    with sample.more():
        for _ in engine.read_many(texts):
            pass
    spent.clock += sample.clock * len(keys) / len(texts)
    spent.processor += sample.processor * len(keys) / len(texts)


def _claims(ledger: Ledger) -> int:
    with ledger.reads() as connection:
        return connection.execute(select(func.count()).select_from(tables.claims)).scalar_one()


def _one_more(ledger: Ledger, engine: Engine) -> None:
    text = ledger.reading(1).document.text
    ledger.keep(engine.read(document(f"{text[: len(text) // 2]} It was raining in Port Aurel that night.")))
    started = time.perf_counter()
    ledger.compare()
    print(f"one report more: compared in {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
