"""What paths mean: files, folders, standard input."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sayso.errors import UnreadableSource
from sayso.exchange import EXCHANGES
from sayso.export import csv, html
from sayso.intake.columns import Columns
from sayso.intake.how import How
from sayso.intake.loaded import Loaded, Metadata
from sayso.intake.opened import Intake, loaded
from sayso.intake.sources import sources
from tests.exchanged import dam


def write(path: Path, data: str = "He said so.") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data)
    return str(path)


def in_folder(folder: Path) -> list[str]:
    return [os.path.relpath(str(path), folder) for path in sources([str(folder)])]


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "c.text", "notes", "sub/d.txt", "sub/deep/e.txt", "e/f.txt"):
        write(tmp_path / name)
    for name in (".hidden.txt", ".git/g.txt", "data.json", "run.py", "picture.png", "README.md"):
        write(tmp_path / name)
    assert in_folder(tmp_path) == ["a.TXT", "b.txt", "c.text", "notes", "e/f.txt", "sub/d.txt", "sub/deep/e.txt"]


def test_every_known_format_is_taken_from_a_folder(tmp_path: Path) -> None:
    names = ["a.txt", "b.md", "c.html", "d.htm", "e.pdf", "f.docx", "g.epub", "h.RTF", "i.mhtml", "j.mht"]
    for name in names:
        write(tmp_path / name)
    assert in_folder(tmp_path) == names


def test_what_sayso_prints_of_a_report_is_none(tmp_path: Path) -> None:
    for name in ("dam.txt", "dam.ledger.txt", "dam.facts.txt", "dam.labels.txt"):
        write(tmp_path / name)
    assert in_folder(tmp_path) == ["dam.txt"]


def test_what_a_browser_saved_with_a_page_is_no_report(tmp_path: Path) -> None:
    for name in ("Dam gates.html", "Dam gates_files/advert.html", "Dam gates_files/deep/notes.txt", "old_files/a.txt"):
        write(tmp_path / name)
    assert in_folder(tmp_path) == ["Dam gates.html", "old_files/a.txt"]


def test_paths_keep_the_order_they_are_given_in(tmp_path: Path) -> None:
    second, first = write(tmp_path / "2.txt"), write(tmp_path / "1.xyz")
    assert list(sources([second, "-", first])) == [second, "-", first]


def test_paths_that_mean_no_report(tmp_path: Path) -> None:
    write(tmp_path / "data.json", "{}")
    missing = str(tmp_path / "missing.txt")
    assert [str(error) for error in sources([missing, str(tmp_path)])] == [
        f"{missing}: there is no such file or folder",
        f"{tmp_path}: there is no report in this folder",
    ]


def test_a_pipe_in_a_folder_is_passed_over_and_a_broken_link_is_not(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    assert in_folder(tmp_path) == ["link.txt"]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_that_sayso_wrote_are_no_reports(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"found.{form}"
    EXCHANGES[form].write([dam()], path)
    (found,) = loaded(str(path), Metadata())
    assert isinstance(found, UnreadableSource)
    assert "that Sayso wrote of reports" in str(found)


def test_what_sayso_wrote_beside_reports_is_no_report(tmp_path: Path) -> None:
    for name, data in (
        ("facts.csv", csv.rows(dam()) + "\r\n" + "x," * 18 + "x"),
        ("page.html", html.page(dam())),
        ("search.csv", "published,outlet,stance,source,cue,content\r\n2031,Ildag,denies,he,said,it\r\n"),
        ("documents.csv", "document,title,copy_of,attributions\r\n1,Dam,,3\r\n"),
    ):
        (found,) = loaded(write(tmp_path / name, data), Metadata())
        assert isinstance(found, UnreadableSource), name
        assert "Sayso" in str(found)


def test_readings_in_a_folder_are_the_reports_they_are_of(tmp_path: Path) -> None:
    path = tmp_path / "found.jsonl"
    EXCHANGES["jsonl"].write([dam()], path)
    (found,) = loaded(str(path), Metadata())
    assert isinstance(found, Loaded)
    assert (found.document.text, found.document.title) == (dam().document.text, dam().document.title)


def test_a_column_of_such_a_table_may_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "found.csv"
    EXCHANGES["csv"].write([dam()], path)
    with Intake(How(Columns(text="content"))) as intake:
        found = [*intake.loaded(str(path), Metadata())]
    assert len(found) == 3
    assert all(isinstance(one, Loaded) for one in found)
