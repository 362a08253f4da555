"""`sayso.spark` on a local Spark: what `sayso archive` makes of the same reports."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.archive.filters import Filters
from sayso.archive.order import Order
from sayso.archive.schema import SCHEMAS
from tests.needed import needed
from tests.test_archive import json_lines, made, report, rows

needed("pyspark", "spark", "java")

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")

import pyspark.sql  # noqa: E402

import sayso.spark  # noqa: E402


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A Spark of two workers in this machine."""
    with pytest.MonkeyPatch.context() as changed, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Spark's own imports and sockets say
        changed.setenv("PYSPARK_PYTHON", sys.executable)
        changed.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = pyspark.sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


def sorted_rows(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda row: [str(row.get(name)) for name in ("document", "key", "position", "id")])


def collected(frame: Any) -> list[dict[str, Any]]:
    return [row.asDict(recursive=True) for row in frame.collect()]


def test_the_tables_are_those_of_an_archive(spark: Any, tmp_path: Path) -> None:
    for name in ("a", "b"):
        records = [{"text": report(n), "published": "2031-03-07"} if n % 4 else "no report" for n in range(10)]
        json_lines(tmp_path / "many" / f"{name}.jsonl", records)
    order = Order(Filters(keywords=("people",)), partition=3)
    totals = made([tmp_path / "many"], tmp_path / "out", order)
    documents = sayso.spark.documents(spark, [str(tmp_path / "many")], order)
    read = documents.mapInPandas(sayso.spark.reading(), sayso.spark.schema()).persist()
    for name, schema in SCHEMAS.items():
        found = sayso.spark.table(read, name)
        assert found.columns == schema.names
        assert sorted_rows(collected(found)) == sorted_rows(rows(tmp_path / "out", name)), name
    faults = read.where("fault IS NOT NULL").count()
    assert (read.count(), faults) == (totals.found, totals.quarantined) == (20, 6)


def test_a_frame_of_ones_own_is_read(spark: Any) -> None:
    frame = spark.createDataFrame(
        [("The dam will hold, the mayor said.", "Harbour Wire"), (None, "Harbour Wire")], "body string, outlet string"
    )
    read = frame.mapInPandas(sayso.spark.reading(text="body"), sayso.spark.schema()).persist()
    (attribution,) = collected(sayso.spark.table(read, "attributions"))
    assert (attribution["source"], attribution["cue"]) == ("the mayor", "said")
    assert [row["outlet"] for row in collected(sayso.spark.table(read, "documents"))] == ["Harbour Wire"]
    assert [row["fault"] for row in collected(read) if row["fault"]] == ["it holds no text"]
