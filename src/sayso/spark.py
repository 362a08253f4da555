"""Sayso on Spark: reports in data frames → what was read in them, by `mapInPandas`.

    >>> reports = spark.read.parquet("reports/")                  # columns text, title, outlet, published …
    >>> reports = sayso.spark.documents(spark, ["CC-NEWS-2031-03/"])   # or whatever `sayso archive` reads
    >>> read = reports.mapInPandas(sayso.spark.reading(), sayso.spark.schema())
    >>> sayso.spark.table(read, "attributions").write.parquet("attributions/")

Each worker has one engine of one thread for all that it reads. Who reads what, and what is done again when one dies, is
Spark's. Rows, keys and columns are those of `sayso archive` (docs/archive.md).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sayso.archive.filters import Screen
from sayso.archive.order import PARTITION, Order
from sayso.archive.parts import Part, partitions, parts
from sayso.archive.rows import document_row, loaded_from, nested
from sayso.archive.schema import FOUND, NESTED, SCHEMAS
from sayso.archive.sources import Source, listed
from sayso.documents import document
from sayso.extras import need
from sayso.intake.columns import Columns, guessed
from sayso.intake.dates import iso
from sayso.intake.loaded import Loaded
from sayso.intake.making import whole
from sayso.intake.opened import Intake
from sayso.intake.table import words
from sayso.model import DEFAULT

if TYPE_CHECKING:
    from sayso.engine import Engine

Frames = Iterator[Any]
"""Data frames of pandas, a batch of rows each."""

FAULT = "fault"
"""The column that says why a report could not be read, null for those that were."""


def reading(model: str = DEFAULT, **columns: str) -> Callable[[Frames], Frames]:
    """The function for `mapInPandas`: batches of reports → batches with a row a report, all of its reading in it.

    `columns` names the columns that hold the `text`, `title`, `outlet`, `author`, `published` and `url` of reports;
    what is not named is guessed. A row without text, or at which the engine fails, is given back with its `fault`.
    """
    given = Columns(**columns)

    def read(frames: Frames) -> Frames:
        for frame in frames:
            records = frame.astype(object).where(frame.notna(), None).to_dict("records")
            yield _frame(_rows(records, given, model), NESTED)

    return read


def documents(spark: Any, inputs: Sequence[str], order: Order | None = None) -> Any:
    """A Spark frame of the documents that files and folders hold, as `sayso archive` finds them, with the filters of
    `order` but not its copies; what cannot be read is in it with its `fault`. Each part is opened by one task.

    Raises InvalidSearch for a date among the filters that is none.
    """
    wanted = order or Order()
    Screen(wanted.filters)
    found = [(part.number, list(part.sources)) for part in parts(listed(inputs), wanted.partition)]
    # A row a part, and a task a row.
    numbers = spark.createDataFrame([(number,) for number, _ in found] or [(-1,)], "part long")
    numbers = numbers.repartition(max(1, len(found)))
    return numbers.mapInPandas(_Opening(dict(found), wanted), _spark_schema(FOUND))


def schema() -> Any:
    """The schema of what `reading` gives: the columns of `documents`, each other table as a column of its rows, and
    `fault`."""
    return _spark_schema(NESTED)


def table(read: Any, name: str) -> Any:
    """One of the tables of an archive (`sayso.archive.schema.SCHEMAS`), from a Spark frame that `reading` made."""
    functions = need("pyspark.sql.functions", "spark", "sayso.spark")
    good = read.where(functions.col(FAULT).isNull())
    if name == "documents":
        return good.select(*SCHEMAS[name].names)
    return good.select(functions.col("key").alias("document"), functions.inline(name))


class _Opening:
    """Numbers of parts → the documents in them."""

    def __init__(self, found: Mapping[int, list[Source]], order: Order) -> None:
        self._found = found
        self._order = order

    def __call__(self, frames: Frames) -> Frames:
        with Intake(self._order.how) as intake:
            for frame in frames:
                for number in frame["part"]:
                    for rows in self._partitions(int(number), intake):
                        yield _frame(rows, FOUND)

    def _partitions(self, number: int, intake: Intake) -> Iterator[list[dict[str, Any]]]:
        if number not in self._found:
            return
        screen = Screen(self._order.filters)
        part = Part(number, tuple(self._found[number]))
        for partition in partitions(part, intake, screen, min(self._order.partition, PARTITION)):
            good = [{**document_row(loaded), FAULT: None} for loaded in partition.read]
            bad = [{"path": fault.source, FAULT: fault.reason} for fault in partition.quarantined]
            yield [*good, *bad]


def _frame(rows: Iterable[dict[str, Any]], schema: Any) -> Any:
    """Rows as a frame of plain objects: by themselves pandas would make numbers of long whole ones, and NaN of None."""
    names = [*schema.names, FAULT]
    return need("pandas", "spark", "sayso.spark").DataFrame(
        [[row.get(name) for name in names] for row in rows], columns=names, dtype=object
    )


def _rows(records: list[dict[str, Any]], given: Columns, model: str) -> Iterator[dict[str, Any]]:
    loaded: list[Loaded] = []
    for record in records:
        found = _loaded(record, given)
        if isinstance(found, Loaded):
            loaded.append(found)
        else:
            yield found
    engine = _engine(model)
    for item in loaded:
        try:
            yield {**nested(item, engine.read(item.document)), FAULT: None}
        except Exception as error:  # one bad report must not stop the others
            yield {**document_row(item), FAULT: f"reading it failed ({type(error).__name__}: {error})"[:300]}


def _loaded(record: dict[str, Any], given: Columns) -> Loaded | dict[str, Any]:
    """The document of a row; the row with its fault if it has none."""
    if record.get(FAULT) is not None:
        return {**record, FAULT: record[FAULT]}
    if set(FOUND.names) <= set(record):
        return loaded_from(record)
    columns = guessed(record, given)
    known = {name: record.get(getattr(columns, name) or "") for name in ("title", "outlet", "author", "url")}
    text = record.get(columns.text or "")
    said = {name: words(value) for name, value in known.items()}
    if not isinstance(text, str) or not text.strip():
        return {**said, FAULT: "it holds no text"}
    published = iso(record.get(columns.published or ""))
    path = words(record.get("path"))
    return Loaded(document(whole(text), path=path, published=published, **said))


@functools.cache
def _engine(model: str) -> Engine:
    """The engine of this worker."""
    from sayso.engine import Engine

    return Engine(model, threads=1)


def _spark_schema(schema: Any) -> Any:
    types = need("pyspark.sql.types", "spark", "sayso.spark")
    pandas_types = need("pyspark.sql.pandas.types", "spark", "sayso.spark")
    found = pandas_types.from_arrow_schema(schema)
    return found.add(types.StructField(FAULT, types.StringType()))
