"""`sayso archive`: every table, every format, filters, quarantine, counts, what a killed run leaves, object stores."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sayso.archive.filters import Filters
from sayso.archive.making import Progress, make
from sayso.archive.manifest import Totals
from sayso.archive.order import Order
from sayso.archive.reader import Reader
from sayso.archive.schema import NESTED, SCHEMAS
from sayso.archive.store import Store
from sayso.engine import Engine
from sayso.errors import InvalidSearch, UnreadableSource, UnusableArchive
from sayso.intake.loaded import Loaded, Metadata
from sayso.intake.opened import loaded
from sayso.ledger import tables
from sayso.reading import Reading
from tests.golden.lines import EXAMPLES
from tests.ports import free, listens
from tests.test_intake_warc import HTML, archive, record

PAGE = """<html><head><title>The dam above Orvel</title></head><body><article><h1>The dam above Orvel</h1>
<p>The dam above Orvel “will hold”, the mayor, Ilse Tamarind, said on Monday. Engineers who inspected it in March deny
that it was ever in danger.</p><p>Residents of the lower town said they had been told nothing for two weeks, and that
nobody had come to see them.</p></article></body></html>"""


def report(number: int) -> str:
    return f"The mayor of Orvel said on Monday that {number} people had left the town. Engineers denied it."


def silent(_: Progress) -> None:
    pass


def made(inputs: list[Path], output: Path, order: Order = Order()) -> Totals:  # noqa: B008
    return make([str(path) for path in inputs], str(output), order, silent, jobs=1)


def rows(output: Path, table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = pq.read_table(output / table).to_pylist()
    return found


def contents(output: Path) -> dict[str, bytes]:
    """All files of an archive."""
    return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def json_lines(path: Path, records: list[object]) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return path


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the examples."""
    output = tmp_path_factory.mktemp("archive") / "examples"
    made([EXAMPLES], output)
    return output


@pytest.fixture(scope="module")
def readings(engine: Engine) -> list[Reading]:
    found = (item for path in sorted(EXAMPLES.rglob("*.txt")) for item in loaded(str(path), Metadata()))
    return list(engine.read_many(item.document for item in found if isinstance(item, Loaded)))


def test_columns_are_named_as_in_a_ledger() -> None:
    small = {"roles", "names", "mentions", "via", "narration"}
    for name, schema in SCHEMAS.items():
        known = {column.name for column in tables.metadata.tables[name].columns} | small | {"model"}
        assert set(schema.names) <= known
    assert set(NESTED.names) == {*SCHEMAS["documents"].names, *SCHEMAS} - {"documents"}


def test_every_table_holds_what_the_readings_hold(examples: Path, readings: list[Reading]) -> None:
    documents = {row["id"]: row for row in rows(examples, "documents")}
    keys = {row["key"]: row["id"] for row in documents.values()}
    assert len(keys) == len(readings) == 20
    for reading in readings:
        row = documents[reading.document.id]
        assert (row["text"], row["outlet"], row["model"]) == (
            reading.document.text, reading.document.outlet, reading.model,
        )  # fmt: skip
        assert row["narration"] == [{"start": start, "end": end} for start, end in reading.narration]
    for table in set(SCHEMAS) - {"documents"}:
        found = rows(examples, table)
        assert len(found) == sum(len(getattr(reading, table)) for reading in readings)
        for reading in readings:
            mine = [row for row in found if keys[row["document"]] == reading.document.id]
            assert len(mine) == len(getattr(reading, table)), table


def test_lists_hold_what_small_tables_hold(examples: Path, readings: list[Reading]) -> None:
    keys = {row["id"]: row["key"] for row in rows(examples, "documents")}
    found = {
        (table, row["document"], row["id"]): row
        for table in ("attributions", "voices", "entities")
        for row in rows(examples, table)
    }
    for reading in readings:
        key = keys[reading.document.id]
        for attribution in reading.attributions:
            row = found["attributions", key, attribution.id]
            assert row["via"] == list(attribution.via)
            assert row["content_spans"] == [{"start": start, "end": end} for start, end in attribution.content]
        for voice in reading.voices:
            row = found["voices", key, voice.id]
            assert row["roles"] == [reading.words((role,)) for role in voice.roles]
            assert row["mentions"] == [{"start": start, "end": end} for start, end in voice.mentions]
        for entity in reading.entities:
            row = found["entities", key, entity.id]
            assert row["names"] == list(entity.names)
            assert row["mentions"] == [{"start": start, "end": end} for start, end in entity.mentions]


def test_every_column_is_described() -> None:
    described = (Path(__file__).parents[1] / "docs" / "archive.md").read_text("utf-8")
    lines = dict(re.findall(r"^\| `(\w+)` \|(.*)", described, re.MULTILINE))
    for table, schema in SCHEMAS.items():
        assert set(re.findall(r"`(\w+)`", lines[table])) == set(schema.names) - {"document"}, table


def test_the_documents_query_runs(examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    described = (Path(__file__).parents[1] / "docs" / "archive.md").read_text("utf-8")
    query = re.findall(r"```python\n(.*?)```", described, re.DOTALL)[0]
    (tmp_path / "strait").symlink_to(examples)
    monkeypatch.chdir(tmp_path)
    exec(compile(query, "archive.md", "exec"), {})


def test_files_have_the_schema_and_others_read_them(examples: Path) -> None:
    import pandas as pd
    import polars as pl

    for table, schema in SCHEMAS.items():
        assert pq.read_table(examples / table).schema.equals(schema)
        assert len(pd.read_parquet(examples / table)) == len(pl.read_parquet(examples / table / "*.parquet"))


def test_reads_warc_parquet_json_lines_and_folders_alike(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl-data" / "CC-NEWS" / "2031" / "03"
    crawl.mkdir(parents=True)
    (crawl / "CC-NEWS-20310307081502-00001.warc.gz").write_bytes(archive(record(PAGE.encode(), HTML)))
    texts = [report(number) for number in range(3)]
    json_lines(tmp_path / "reports.jsonl", [{"text": text} for text in texts])
    pq.write_table(pa.table({"body": texts, "day": ["2031-03-05"] * 3}), tmp_path / "reports.parquet")
    (tmp_path / "report.txt").write_text(texts[0], "utf-8")
    totals = made([tmp_path], tmp_path / "out")
    assert (totals.found, totals.read, totals.quarantined) == (8, 8, 0)
    documents = rows(tmp_path / "out", "documents")
    assert {row["media_type"] for row in documents} == {
        "text/html", "application/jsonl", "application/vnd.apache.parquet", "text/plain",
    }  # fmt: skip
    assert len({row["key"] for row in documents}) == 8
    assert len({row["id"] for row in documents}) == 4


def test_counts_add_up_and_what_is_bad_is_put_aside(tmp_path: Path) -> None:
    records: list[object] = [{"text": report(n), "language": "en"} for n in range(4)]
    source = json_lines(tmp_path / "reports.jsonl", [*records, 7, {"text": ""}, {"text": report(1)}])
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    order = Order(Filters(copies=False, keywords=("people",)), partition=3)
    totals = made([source, tmp_path / "broken.pdf"], tmp_path / "out", order)
    assert (totals.found, totals.read, dict(totals.skipped), totals.quarantined) == (8, 4, {"copy": 1}, 3)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["found"] == manifest["read"] + sum(manifest["skipped"].values()) + manifest["quarantined"]
    assert manifest["rows"]["documents"] == 4
    put_aside = [
        json.loads(line)
        for path in sorted((tmp_path / "out" / "quarantine").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    assert [item["source"].rpartition("/")[2].partition(",")[2] for item in put_aside] == [" line 5", " line 6", ""]
    assert put_aside[1]["reason"] == "it holds no text"


@pytest.mark.parametrize(
    ("name", "reason"), [("nowhere.warc.gz", "there is no such file or folder"), ("empty", "there is no report in")]
)
def test_an_input_that_means_nothing_is_said_and_nothing_begun(tmp_path: Path, name: str, reason: str) -> None:
    source = json_lines(tmp_path / "reports.jsonl", [{"text": report(1)}])
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableSource, match=r"standard input: .* name a file"):
        make(["-"], str(tmp_path / "out"), Order(), silent)
    with pytest.raises(UnreadableSource, match=f"{name}: {reason}"):
        made([source, tmp_path / name], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_report_that_the_engine_fails_on_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Engine._read_window

    def failing(self: Engine, job: object) -> object:
        if "13 people" in job.document.text:  # type: ignore[attr-defined]
            raise ArithmeticError("thirteen")
        return read(self, job)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "_read_window", failing)
    source = json_lines(tmp_path / "reports.jsonl", [{"text": report(n)} for n in range(20)])
    totals = made([source], tmp_path / "out")
    assert (totals.found, totals.read, totals.quarantined) == (20, 19, 1)
    (put_aside,) = (tmp_path / "out" / "quarantine").glob("*.jsonl")
    assert json.loads(put_aside.read_bytes()) == {
        "source": f"{source}, line 14", "reason": "reading it failed (ArithmeticError: thirteen)",
    }  # fmt: skip
    assert [row["text"] for row in rows(tmp_path / "out", "documents")] == [report(n) for n in range(20) if n != 13]


def test_an_archive_of_nothing_has_all_its_tables(tmp_path: Path) -> None:
    source = json_lines(tmp_path / "reports.jsonl", [{"text": report(1)}])
    totals = made([source], tmp_path / "out", Order(Filters(languages=("de",)), with_text=False))
    assert (totals.found, totals.read, dict(totals.skipped)) == (1, 0, {"language": 1})
    assert all(pq.read_table(tmp_path / "out" / table).schema.equals(schema) for table, schema in SCHEMAS.items())


def test_texts_may_be_left_out(tmp_path: Path) -> None:
    source = json_lines(tmp_path / "reports.jsonl", [{"text": report(1)}])
    made([source], tmp_path / "out", Order(with_text=False))
    (row,) = rows(tmp_path / "out", "documents")
    assert (row["text"], row["length"]) == (None, len(report(1)))
    assert rows(tmp_path / "out", "attributions")


def test_another_archive_is_not_written_over(tmp_path: Path) -> None:
    source = json_lines(tmp_path / "reports.jsonl", [{"text": report(1)}])
    made([source], tmp_path / "out")
    for order, what in ((Order(Filters(languages=("en",))), "filters"), (Order(partition=7), "of another size")):
        with pytest.raises(UnusableArchive, match=what):
            made([source], tmp_path / "out", order)
    json_lines(source, [{"text": report(2)}, {"text": report(3)}])
    with pytest.raises(UnusableArchive, match="the input has changed"):
        made([source], tmp_path / "out")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("…", "utf-8")
    with pytest.raises(UnusableArchive, match="no archive"):
        made([source], tmp_path / "mine")
    with pytest.raises(InvalidSearch, match="is not a date"):
        made([source], tmp_path / "new", Order(Filters(since="tomorrow")))
    assert not (tmp_path / "new").exists()


def test_what_is_complete_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = json_lines(tmp_path / "reports.jsonl", [{"text": report(n)} for n in range(5)])
    first = made([source], tmp_path / "out", Order(partition=2))
    before = contents(tmp_path / "out")
    monkeypatch.setattr(Reader, "read", None)
    assert made([source], tmp_path / "out", Order(partition=2)) == first
    assert contents(tmp_path / "out") == before


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files of reports, some of them copies, some of them bad."""
    folder = tmp_path_factory.mktemp("many")
    records: list[object] = [{"text": report(n % 50)} if n % 9 else "no report" for n in range(70)]
    json_lines(folder / "a.jsonl", records)
    json_lines(folder / "b.jsonl", [{"text": report(n)} for n in range(100, 130)])
    return folder


def command(many: Path | str, output: Path | str, *options: str) -> list[str]:
    size = ["--partition", "4", "--no-copies", "--jobs", "2"]
    return [sys.executable, "-m", "sayso", "archive", str(many), str(output), *size, *options]


@pytest.fixture(scope="module")
def whole(many: Path) -> dict[str, bytes]:
    """What an uninterrupted run makes of them, in one process."""
    output = many.parent / "whole"
    made([many], output, Order(Filters(copies=False), partition=4))
    return contents(output)


@pytest.mark.parametrize("all_of_them", [True, False])
def test_killed_anywhere_it_completes_to_the_same(
    many: Path, whole: dict[str, bytes], tmp_path: Path, all_of_them: bool
) -> None:
    """As when a machine fails; and as when the first process alone is killed, which the others must not outlive."""
    chance = random.Random(all_of_them)
    output, goal = tmp_path / "out", 0
    partitions = sum(name.startswith("_sayso/done/") for name in whole)
    for _ in range(1 + all_of_them):
        goal = chance.randrange(goal + 1, partitions - 3)
        process = subprocess.Popen(command(many, output), stderr=subprocess.DEVNULL, start_new_session=True)
        while len(list(output.glob("_sayso/done/*.json"))) < goal:
            assert process.poll() is None
            time.sleep(0.002)
        time.sleep(chance.random() / 20)
        if all_of_them:
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
    ended = subprocess.run(command(many, output), capture_output=True, text=True, check=True)
    assert "100 found: 77 read, 15 skipped (15 copies), 8 quarantined" in ended.stderr
    assert contents(output) == whole


@pytest.mark.parametrize("which", [0, -1])
def test_a_process_that_is_killed_is_replaced(many: Path, whole: dict[str, bytes], tmp_path: Path, which: int) -> None:
    """The first opens files, the last reads."""
    output = tmp_path / "out"
    process = subprocess.Popen(command(many, output), stderr=subprocess.PIPE, text=True)
    while not list(output.glob("_sayso/done/*.json")):
        assert process.poll() is None
        time.sleep(0.005)
    os.kill(_workers(process.pid)[which], signal.SIGKILL)
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert contents(output) == whole


def _workers(parent: int) -> list[int]:
    """The processes that work for `parent`, in the order in which they were started."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def test_an_interrupted_run_says_how_to_go_on(many: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(command(many, tmp_path / "out"), stderr=subprocess.PIPE, text=True)
    while not list(tmp_path.glob("out/_sayso/done/*.json")):
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert (process.returncode, said) == (130, "sayso: interrupted; the same command goes on from there\n")


@pytest.fixture
def object_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An S3 of moto's on this machine, by the usual variables."""
    port = free()
    address = f"http://127.0.0.1:{port}"
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "desk"), ("AWS_SECRET_ACCESS_KEY", "desk"), ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL", address), ("NO_PROXY", "127.0.0.1"), ("no_proxy", "127.0.0.1"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while not listens(port):
            assert server.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait()


def test_object_stores_are_read_and_written(object_store: None, many: Path, whole: dict[str, bytes]) -> None:
    import s3fs

    store = s3fs.S3FileSystem()
    store.mkdir("press")
    store.put(str(many), "press/2031", recursive=True)
    store.pipe("press/2031/crawl.warc.gz", archive(record(PAGE.encode(), HTML)))
    store.pipe("press/2031/README.txt", b"What lies here.")
    argv = command("s3://press/2031", "s3://press/out")
    ended = subprocess.run(argv, capture_output=True, text=True)
    assert "101 found: 78 read, 15 skipped (15 copies), 8 quarantined" in ended.stderr
    for table in SCHEMAS:
        (first, *_) = store.glob(f"press/out/{table}/*.parquet")
        with store.open(first) as stream:
            assert pq.read_schema(stream).equals(SCHEMAS[table])
    names = {path.removeprefix("press/out/") for path in store.find("press/out")}
    assert {name for name in whole if "part-000000" in name} <= names
    again = subprocess.run(argv, capture_output=True, text=True)
    assert again.stderr.startswith("sayso: 101 reports were dealt with before\n")
    with pytest.raises(UnreadableSource, match="s3://press/2032: there is no report there"):
        make(["s3://press/2032"], "s3://press/nowhere", Order(), silent, jobs=1)


def test_a_store_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(UnusableArchive, match=r"not a directory|file exists"):
        Store(str(tmp_path / "file")).put("voices/a.parquet", b"")
    with pytest.raises(UnusableArchive, match="nosuch"):
        Store("nosuch://press/out").names("voices")
