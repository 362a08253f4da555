"""What an archive says of itself: the plan it is made by, the partitions that are done, and in the end all counts."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from sayso.archive.order import Order
from sayso.archive.reader import DONE, Done
from sayso.archive.schema import VERSION
from sayso.archive.sources import Source
from sayso.archive.store import Store
from sayso.errors import UnusableArchive
from sayso.version import __version__

PLAN = "_sayso/plan.json"
MANIFEST = "manifest.json"

_DIFFERS = {
    "schema": "another version of Sayso",
    "sayso": "another version of Sayso",
    "model": "another model",
    "input": "another input, or the input has changed",
    "filters": "other filters",
    "columns": "other columns",
    "partition": "partitions of another size",
    "with_text": "another choice about texts",
}


@dataclass(slots=True)
class Totals:
    """What became of everything that was found; `found` = `read` + `skipped` + `quarantined`."""

    found: int = 0
    read: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    quarantined: int = 0
    partitions: int = 0
    rows: Counter[str] = field(default_factory=Counter)

    def add(self, done: Done) -> None:
        """Count one more partition."""
        self.found += done.found
        self.read += done.read
        self.skipped.update(done.skipped)
        self.quarantined += done.quarantined
        self.partitions += 1
        self.rows.update(done.rows)


def plan(sources: Iterable[Source], order: Order) -> dict[str, Any]:
    """All that decides what the files of an archive hold, ready for JSON."""
    digest = hashlib.sha256()
    count = 0
    for source in sources:
        digest.update(json.dumps([source.name, source.size, source.fault]).encode())
        count += 1
    return {
        "schema": VERSION,
        "sayso": __version__,
        "model": order.model,
        "input": {"sources": count, "digest": digest.hexdigest()},
        "filters": asdict(order.filters),
        "columns": asdict(order.how.columns),
        "partition": order.partition,
        "with_text": order.with_text,
    }


def begin(store: Store, wanted: dict[str, Any]) -> None:
    """Write the plan of a new archive, or see that the one that lies there has this one.

    Raises UnusableArchive where it has another, or where something else lies.
    """
    data = json.dumps(wanted, indent=1, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
    there = store.get(PLAN)
    if there is None:
        if not store.is_empty():
            raise UnusableArchive(store.address, "something lies there that is no archive; name an empty or new folder")
        store.put(PLAN, data)
        return
    if there == data:
        return
    try:
        old, new = json.loads(there), json.loads(data)
        what = next(words for name, words in _DIFFERS.items() if old.get(name) != new[name])
    except (ValueError, AttributeError, StopIteration):
        what = "something that is no plan"
    raise UnusableArchive(store.address, f"an archive lies there that was begun with {what}; name another folder")


def done(store: Store) -> dict[str, Done]:
    """The partitions that are done, by name."""
    found = {}
    for name in store.names(DONE):
        data = store.get(f"{DONE}/{name}")
        if data is not None:
            found[name.removesuffix(".json")] = Done.unpacked(data)
    return found


def finish(store: Store, wanted: dict[str, Any], totals: Totals) -> None:
    """Write the manifest: the archive is complete."""
    counts = {"skipped": dict(totals.skipped), "rows": dict(totals.rows)}
    counts |= {name: getattr(totals, name) for name in ("found", "read", "quarantined", "partitions")}
    data = {**wanted, **counts}
    store.put(MANIFEST, json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace"))
