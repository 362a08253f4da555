"""One partition → its files: a Parquet file a table, what was put aside, and last the record that it is done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sayso.archive.order import Order
from sayso.archive.parts import Fault, Partition
from sayso.archive.rows import Row, rows
from sayso.archive.schema import SCHEMAS
from sayso.archive.store import Store
from sayso.engine import Engine
from sayso.intake.loaded import Loaded
from sayso.reading import Reading

DONE = "_sayso/done"
"""Where the records of partitions lie; a name that begins with _ is none of a table for whoever reads Parquet."""
QUARANTINE = "quarantine"

_TOGETHER = 64
"""Documents whose rows are turned into Arrow's columns at once."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a partition: `found` = `read` + `skipped` + `quarantined`; the rows it has in each table."""

    name: str
    found: int
    read: int
    skipped: dict[str, int]
    quarantined: int
    rows: dict[str, int]
    last: bool

    def packed(self) -> bytes:
        """As it is kept."""
        return json.dumps(asdict(self), sort_keys=True).encode()

    @classmethod
    def unpacked(cls, data: bytes) -> Done:
        """As it was kept."""
        return cls(**json.loads(data))


class Reader:
    """Reads partitions into an archive, with an engine of its own."""

    def __init__(self, store: Store, order: Order, threads: int = 1) -> None:
        self._store = store
        self._order = order
        self._engine = Engine(order.model, threads)

    def read(self, partition: Partition) -> Done:
        """Read a partition and write all its files; the same partition gives the same bytes. Raises UnusableArchive."""
        tables = _Tables()
        faults = list(partition.quarantined)
        count = 0
        for found in self._rows(partition.read):
            if isinstance(found, Fault):
                faults.append(found)
            else:
                tables.add(found)
                count += 1
        if count:
            for name, data in tables.files():
                self._store.put(f"{name}/{partition.name}.parquet", data)
        if faults:
            lines = (json.dumps(fault._asdict(), ensure_ascii=False) for fault in faults)
            data = "".join(line + "\n" for line in lines).encode("utf-8", "replace")
            self._store.put(f"{QUARANTINE}/{partition.name}.jsonl", data)
        done = Done(
            name=partition.name,
            found=partition.found,
            read=count,
            skipped=dict(sorted(partition.skipped.items())),
            quarantined=len(faults),
            rows=tables.counts(),
            last=partition.last,
        )
        self._store.put(f"{DONE}/{done.name}.json", done.packed())
        return done

    def _rows(self, loaded: list[Loaded]) -> Iterator[dict[str, list[Row]] | Fault]:
        """The rows of each document. Where the engine fails, the documents after it are read all the same."""
        at = 0
        while at < len(loaded):
            try:
                for reading in self._engine.read_many(item.document for item in loaded[at:]):
                    yield self._of(loaded[at], reading)
                    at += 1
            except Exception:  # it is the next document's, or that of one after it, read at the same time
                yield self._alone(loaded[at])
                at += 1

    def _alone(self, loaded: Loaded) -> dict[str, list[Row]] | Fault:
        try:
            return self._of(loaded, self._engine.read(loaded.document))
        except Exception as error:
            return Fault(name_of(loaded), f"reading it failed ({type(error).__name__}: {error})"[:300])

    def _of(self, loaded: Loaded, reading: Reading) -> dict[str, list[Row]]:
        return rows(loaded, reading, with_text=self._order.with_text)


def name_of(loaded: Loaded) -> str:
    """What a person calls a document."""
    document = loaded.document
    name = document.path or document.url or document.id
    return f"{name}, {loaded.made.place}" if loaded.made is not None and loaded.made.place else name


class _Tables:
    """The rows of a partition, turned into columns some documents at a time."""

    def __init__(self) -> None:
        self._waiting: list[dict[str, list[Row]]] = []
        self._batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in SCHEMAS}

    def add(self, found: dict[str, list[Row]]) -> None:
        self._waiting.append(found)
        if len(self._waiting) >= _TOGETHER:
            self._settle()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The Parquet file of each table."""
        self._settle()
        for name, batches in self._batches.items():
            yield name, parquet(pa.Table.from_batches(batches, SCHEMAS[name]))

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        self._settle()
        return {name: sum(batch.num_rows for batch in batches) for name, batches in self._batches.items()}

    def _settle(self) -> None:
        for name, schema in SCHEMAS.items():
            made = [row for found in self._waiting for row in found[name]]
            if made:
                self._batches[name].append(pa.RecordBatch.from_pylist(made, schema=schema))
        self._waiting.clear()


def parquet(table: Any) -> bytes:
    """A table as the bytes of a Parquet file: zstd, which everything that reads Parquet knows."""
    stream = pa.BufferOutputStream()
    pq.write_table(table, stream, compression="zstd")
    data: bytes = stream.getvalue().to_pybytes()
    return data
