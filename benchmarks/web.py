"""How soon the reading room answers: `python -m benchmarks.web --ledger big.sayso`.

The room is opened as people open it, in a process of its own. *Pages*: each page asked by one reader again and again.
*Readers*: so many at once, each asking the pages in an order of its own; none may be left without an answer.
`python -m benchmarks.search --ledger big.sayso` makes a ledger of 10,000 reports.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

PAGES = {
    "everything": "/",
    "search, a word": "/?words=harbour",
    "search, a word and a filter": "/?words=harbour&type=person",
    "a report": "/documents/{number}",
    "reports": "/documents",
    "voices": "/voices",
    "outlets": "/outlets",
    "sourcing": "/sourcing",
    "timeline": "/timeline",
    "who quotes whom": "/network",
    "claims": "/claims",
    "names, to choose from": "/naming",
}
REPORTS = 200
"""So many of the first reports are asked for."""


@contextmanager
def opened(ledger: str) -> Iterator[str]:
    """The address of the room."""
    command = [sys.executable, "-m", "sayso", "open", ledger, "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.search(r"http://\S+(?=/;)", process.stderr.readline())
        assert found is not None, "it was not opened"
        try:
            yield found[0]
        finally:
            process.terminate()


def by_page(address: str, times: int, rng: random.Random) -> None:
    """Print how long each page takes, asked for by one reader."""
    with httpx2.Client(base_url=address, timeout=120) as client:
        taken = {name: [_asked(client, path, rng) for _ in range(times)] for name, path in PAGES.items()}
    for name, each in taken.items():
        print(f"  {name:30}{1000 * statistics.median(each):8.0f} ms   the first time {1000 * each[0]:.0f} ms")
    print(f"  {'of all':30}{1000 * statistics.median(t for each in taken.values() for t in each):8.0f} ms")


def _asked(client: httpx2.Client, path: str, rng: random.Random) -> float:
    started = time.perf_counter()
    client.get(path.format(number=rng.randint(1, REPORTS))).raise_for_status()
    return time.perf_counter() - started


async def at_once(address: str, readers: int, each: int, rng: random.Random) -> None:
    """Print how long answers take with so many readers, and how many failed."""
    limits = httpx2.Limits(max_connections=readers)
    async with httpx2.AsyncClient(base_url=address, timeout=300, limits=limits) as client:
        orders = [rng.choices(list(PAGES.values()), k=each) for _ in range(readers)]
        started = time.perf_counter()
        answers = [a for read in await asyncio.gather(*(_reader(client, o, rng) for o in orders)) for a in read]
        passed = time.perf_counter() - started
    taken = sorted(t for t, right in answers if right)
    failed = len(answers) - len(taken)
    last = taken[int(0.99 * len(taken))]
    print(f"{readers} readers at once, {len(answers)} pages, {len(taken) / passed:.0f} a second, {failed} failed")
    print(f"  median {statistics.median(taken):.2f} s, 99th percentile {last:.2f} s")


async def _reader(client: httpx2.AsyncClient, pages: list[str], rng: random.Random) -> list[tuple[float, bool]]:
    answers = []
    for page in pages:
        started = time.perf_counter()
        try:
            answer = await client.get(page.format(number=rng.randint(1, REPORTS)))
            answers.append((time.perf_counter() - started, answer.status_code == 200))
        except httpx2.HTTPError:
            answers.append((time.perf_counter() - started, False))
    return answers


def main() -> None:
    """Open, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--each", type=int, default=5)
    args = parser.parse_args()
    rng = random.Random(1)
    with opened(args.ledger) as address:
        print("one reader, medians:")
        by_page(address, args.times, rng)
        asyncio.run(at_once(address, args.readers, args.each, rng))


if __name__ == "__main__":
    main()
