"""Files and standard input as documents, in whatever format they are, with what stands beside them."""

from __future__ import annotations

import builtins
import io
import os
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import InvalidMetadata, UnreadableSource
from sayso.intake.loaded import Loaded, Metadata
from sayso.intake.opened import loaded

NOTHING = Metadata()


def write(path: Path, data: str | bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


def load(path: str, known: Metadata) -> Loaded:
    """The one document of a file; raises what is yielded if it cannot be read."""
    (report,) = loaded(path, known)
    if isinstance(report, UnreadableSource):
        raise report
    return report


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionError(13, "Permission denied"), "it may not be read (no permission)"),
        (FileNotFoundError(2, "No such file"), "there is no such file or folder"),
        (OSError(5, "Input/output error"), "it cannot be read (input/output error)"),
    ],
)
def test_files_the_system_does_not_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise error

    path = write(tmp_path / "report.txt", "He said so.")
    monkeypatch.setattr(builtins, "open", refuse)
    with pytest.raises(UnreadableSource) as caught:
        load(path, NOTHING)
    assert str(caught.value) == f"{path}: {reason}"


def test_a_file_is_never_read_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.intake.text.MAX_BYTES", 2**20)
    with pytest.raises(UnreadableSource, match="/dev/zero: it is larger than 1 MB"):
        load("/dev/zero", NOTHING)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"link\.txt: there is no such file"):
        load(str(tmp_path / "link.txt"), NOTHING)


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    path = str(tmp_path / "pipe")
    os.mkfifo(path)
    writer = threading.Thread(
        target=lambda: Path(path).write_bytes(b"<html><body><p>The quay is closed.</p></body></html>")
    )
    writer.start()
    assert load(path, NOTHING).document.text == "The quay is closed."
    writer.join()


def test_the_format_is_told_by_what_is_in_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "report.txt", r"{\rtf1\ansi The quay is closed.}")
    assert load(path, NOTHING).document.text == "The quay is closed."


def test_a_library_that_is_missing_is_said_of_the_file_that_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "lxml.html", None)
    path = write(tmp_path / "page.html", "<html><p>He said so.</p></html>")
    with pytest.raises(UnreadableSource) as caught:
        load(path, NOTHING)
    assert str(caught.value) == f"{path}: reading HTML needs lxml: pip install 'sayso[intake]'"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"He said so.")))
    report = load("-", Metadata(outlet="Harbour Wire"))
    assert (report.document.text, report.document.path) == ("He said so.", None)
    assert report.document.outlet == "Harbour Wire"


def test_standard_input_that_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(UnreadableSource, match=r"^standard input: it is empty"):
        load("-", NOTHING)
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UnreadableSource, match=r"^standard input: it is closed"):
        load("-", NOTHING)


def test_what_stands_beside_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "report.txt", "He said so.")
    write(tmp_path / "report.json", '{"title": "So", "outlet": "Harbour Wire", "published": "2031-03-12", "url": null}')
    report = load(path, Metadata(outlet="Ridge Voice"))
    document = report.document
    assert (document.title, document.outlet, document.published) == ("So", "Ridge Voice", "2031-03-12")
    assert (document.url, document.path, report.notes) == (None, path, ())


@pytest.mark.parametrize(
    ("beside", "note"),
    [
        ("{", "it is no readable JSON"),
        ("[1]", "it is no JSON object"),
        ("[" * 100_000, "it is no readable JSON"),
        ('{"title": ["a"]}', "title not used, it is no text"),
        ('{"published": "yesterday"}', "'yesterday' is not a date"),
        (b"\xff\xfe\xff", "it is no readable JSON"),
    ],
)
def test_what_stands_beside_the_file_and_cannot_be_used(tmp_path: Path, beside: str | bytes, note: str) -> None:
    path = write(tmp_path / "report.txt", "He said so.")
    write(tmp_path / "report.json", beside)
    report = load(path, NOTHING)
    assert (report.document.title, report.document.published) == (None, None)
    (said,) = report.notes
    assert note in said
    assert "\n" not in said


def test_what_stands_beside_any_format(tmp_path: Path) -> None:
    page = "<html><head><title>Closed</title></head><body><p>The quay is closed.</p></body></html>"
    path = write(tmp_path / "page.html", page)
    write(tmp_path / "page.json", '{"outlet": "Harbour Wire", "title": "Quay closed"}')
    document = load(path, NOTHING).document
    assert (document.title, document.outlet) == ("Quay closed", "Harbour Wire")


def test_a_file_does_not_stand_beside_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "report.json", '{"title": "So"}')
    assert load(path, NOTHING).document.title is None


def test_a_date_that_is_none(tmp_path: Path) -> None:
    path = write(tmp_path / "report.txt", "He said so.")
    with pytest.raises(InvalidMetadata, match="'yesterday' is not a date"):
        load(path, Metadata(published="yesterday"))
