"""Corrections that come back into a ledger: each is made once, however often its file comes, on both databases."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import UnreadableSource
from sayso.ledger import Ledger
from sayso.reading import Reading
from tests.exchanged import dam
from tests.ready import read

DAM = dam()
OTHER = read("Salim Dravek said that it rained. Odile Varrin said that it snowed.", title="Weather")


@pytest.fixture
def desk(ledger: Ledger) -> Ledger:
    ledger.keep(DAM)
    ledger.keep(OTHER)
    return ledger


def brat(desk: Ledger, folder: Path) -> Path:
    """The two reports in brat: the dam's second attribution asserts there, its third is gone, one is new."""
    desk.export("brat", folder)
    (path,) = folder.glob("dam-*.ann")
    lines = path.read_text("utf-8").splitlines()
    gone = {line.split("\t")[0] for line in lines if line.startswith("E3")}
    kept = [line for line in lines if line.split("\t")[0] not in gone and " E3" not in line and "\tE3" not in line]
    start = DAM.document.text.index("the dam had leaked")
    told = [f"T90\tCue {start + 8} {start + 11}\thad", f"T91\tContent {start} {start + 18}\tthe dam had leaked",
            "E9\tAttribution:T90 Content:T91", "A90\tKind E9 indirect"]  # fmt: skip
    text = "\n".join([*kept, *told]).replace("Stance E2 denies", "Stance E2 asserts") + "\n"
    assert text.count("Stance E2 asserts") == 1
    path.write_text(text, "utf-8")
    return path


def label_studio(desk: Ledger, path: Path) -> Path:
    """The two reports as they come back from a project in which somebody found what is direct to be mixed."""
    desk.export("labelstudio", path)
    tasks = json.loads(path.read_text("utf-8"))
    for task in tasks:
        result = task["predictions"][0]["result"]
        for item in result:
            if item.get("from_name") == "kind" and item["value"].get("choices") == ["direct"]:
                item["value"]["choices"] = ["mixed"]
        task["annotations"] = [{"result": result, "completed_by": {"email": "noor@desk.example"}}]
    path.write_text(json.dumps(tasks), "utf-8")
    return path


def take(desk: Ledger, path: Path) -> tuple[int, int]:
    """How many corrections were made, and how many fitted nowhere."""
    taken = list(desk.take_back(path, by="Noor"))
    assert not [item for item in taken if isinstance(item, UnreadableSource)]
    made = [item for item in taken if not isinstance(item, UnreadableSource)]
    return sum(item.corrections for item in made), sum(len(item.unfitting) for item in made)


def said(reading: Reading) -> list[tuple[object, ...]]:
    return [(a.content, a.kind, a.stance) for a in reading.attributions]


def test_once_and_again(desk: Ledger, tmp_path: Path) -> None:
    path = brat(desk, tmp_path / "out")
    assert take(desk, path) == (3, 0)
    corrected = desk.reading(1)
    assert [a.stance for a in corrected.attributions][:2] == ["asserts", "asserts"]
    assert len(corrected.attributions) == 3
    for _ in range(2):
        assert take(desk, tmp_path / "out") == (0, 0)
        assert desk.reading(1) == corrected
    assert desk.reading(1, corrected=False) == DAM


def test_the_same_in_two_places_of_a_folder(desk: Ledger, tmp_path: Path) -> None:
    path = brat(desk, tmp_path / "out" / "a")
    shutil.copytree(path.parent, tmp_path / "out" / "b")
    assert take(desk, tmp_path / "out") == (3, 0)
    assert len(desk.reading(1).attributions) == 3


def test_a_project_of_label_studio(desk: Ledger, tmp_path: Path) -> None:
    project = label_studio(desk, tmp_path / "project.json")
    assert take(desk, project) == (1, 0)
    assert [a.kind for a in desk.reading(1).attributions] == ["mixed", "indirect", "indirect"]
    corrected = desk.reading(1)
    assert take(desk, project) == (0, 0)
    twice = json.loads(project.read_text("utf-8"))
    project.write_text(json.dumps(twice + twice), "utf-8")
    assert take(desk, project) == (0, 0)
    assert desk.reading(1) == corrected


def test_after_it_was_read_again(desk: Ledger, tmp_path: Path) -> None:
    path = brat(desk, tmp_path / "out")
    take(desk, path)
    corrected = desk.reading(1)
    desk.keep(replace(DAM, model="en_v2", attributions=DAM.attributions[:2]))
    assert take(desk, path) == (0, 0)
    assert desk.reading(1) == corrected


def test_one_correction_is_one_row(desk: Ledger, tmp_path: Path) -> None:
    path = brat(desk, tmp_path / "out")
    for _ in range(2):
        take(desk, path)
        assert len(desk.search(outlet="harbour")) == len(said(desk.reading(1))) == 3
