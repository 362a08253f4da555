"""What many readings are taken elsewhere in: whole or not at all, a reading at a time."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import UnwritableOutput
from sayso.exchange import EXCHANGES, write_graph
from sayso.reading import Reading
from tests.exchanged import dam, known
from tests.readings import marked

FILES = [name for name, form in EXCHANGES.items() if form.suffix]


def many(count: int) -> Iterator[Reading]:
    for number in range(count):
        text = f"{{who1 Reyl}} {{how1 said}} {{what1 no {number}}}. " + "The river ran on. " * 250
        yield known(marked(text))


@pytest.mark.parametrize("name", EXCHANGES)
def test_every_form_writes_at_a_path(name: str, tmp_path: Path) -> None:
    form = EXCHANGES[name]
    path = tmp_path / f"out{form.suffix}"
    form.write([dam(), known(marked("{who1 A} {how1 said} {what1 b}"))], path)
    assert form.name == name
    assert form.summary
    if form.suffix:
        assert path.stat().st_size
    else:
        stems = {file.stem for file in path.iterdir() if file.suffix in (".ann", ".xmi")}
        assert f"dam-will-hold-says-board-{dam().document.id[7:19]}" in stems
        assert len(stems) == 2


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_whole_or_as_it_was(name: str, tmp_path: Path) -> None:
    def broken() -> Iterator[Reading]:
        yield dam()
        raise RuntimeError("the ledger is gone")

    path = tmp_path / "out"
    path.write_text("before")
    with pytest.raises(RuntimeError):
        EXCHANGES[name].write(broken(), path)
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
    assert path.read_text() == "before"


def test_a_file_where_a_folder_is_needed(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(UnwritableOutput):
        EXCHANGES["brat"].write([dam()], tmp_path / "out")


@pytest.mark.parametrize("name", FILES)
def test_memory_does_not_grow_with_the_readings(name: str, tmp_path: Path) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            EXCHANGES[name].write(many(count), tmp_path / "out")
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(2)
    assert peak(60) < peak(12) + 24 * 4500  # half of what the texts alone would be more


def test_a_graph_whose_keeper_knows_who_is_one(tmp_path: Path) -> None:
    write_graph([dam()], tmp_path / "one.graphml", lambda reading, voice: "everybody")
    assert (tmp_path / "one.graphml").read_text().count("<node") == 2  # and the outlet


def test_the_same_text_under_another_title_is_the_same_document(tmp_path: Path) -> None:
    renamed = replace(dam(), document=replace(dam().document, title=None, path="x/dam.txt"))
    EXCHANGES["brat"].write([renamed], tmp_path)
    assert (tmp_path / f"dam-{dam().document.id[7:19]}.ann").exists()
