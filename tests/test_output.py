"""Where readings go: whole or not at all, and never over a report."""

from __future__ import annotations

import dataclasses
import errno
import io
import json
import os
import sys
from pathlib import Path

import pytest

from sayso.errors import UnwritableOutput
from sayso.export import FORMATS
from sayso.output import Output, whole
from sayso.reading import Reading
from tests.readings import marked

ONE = marked("{who1 The mayor} {how1 said} {what1 it fell}.", path="reports/one.txt")
TWO = marked("{who1 The board} {how1 denied} {what1 it}.", path="reports/two.txt")


class Terminal(io.TextIOWrapper):
    """Standard output as a test sees it."""

    def __init__(self, tty: bool = False, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding, write_through=True)
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty

    @property
    def printed(self) -> bytes:
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue()


def terminal(monkeypatch: pytest.MonkeyPatch, *, tty: bool = False, encoding: str = "utf-8") -> Terminal:
    """Standard output from here to the test's end."""
    stream = Terminal(tty, encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    return stream


def put(form: str, path: Path | None, *readings: Reading, folder: bool = False, width: int | None = None) -> None:
    with Output(form, path, width, many=len(readings) > 1, folder=folder) as output:
        for reading in readings:
            output.write(reading)


def listed(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_one_reading_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    stdout = terminal(monkeypatch)
    put(form, None, ONE)
    put(form, tmp_path / "out", ONE)
    assert Reading.from_dict(json.loads(stdout.printed)) == ONE
    assert (tmp_path / "out").read_bytes() == stdout.printed


def test_many_readings_as_one_array_or_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stdout = terminal(monkeypatch)
    put("json", None, ONE, TWO)
    assert [Reading.from_dict(data) for data in json.loads(stdout.printed)] == [ONE, TWO]
    put("jsonl", tmp_path / "out", ONE, TWO)
    lines = (tmp_path / "out").read_text("utf-8").splitlines()
    assert [Reading.from_dict(json.loads(line)) for line in lines] == [ONE, TWO]


def test_no_reading_of_many_is_an_empty_array(monkeypatch: pytest.MonkeyPatch) -> None:
    stdout = terminal(monkeypatch)
    with Output("json", None, None, many=True):
        pass
    assert json.loads(stdout.printed) == []


def test_ledgers_follow_one_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stdout = terminal(monkeypatch)
    put("text", None, ONE, TWO)
    assert b"\n\nreports/two.txt\n" in stdout.printed
    assert b"\x1b" not in stdout.printed
    put("text", tmp_path / "out", ONE, TWO, width=40)
    lines = (tmp_path / "out").read_text("utf-8").splitlines()
    assert max(map(len, lines)) == 40


def test_colour_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = terminal(monkeypatch, tty=True)
    put("text", None, ONE)
    assert b"\x1b[1;36mThe mayor" in coloured.printed
    monkeypatch.setenv("NO_COLOR", "1")
    plain = terminal(monkeypatch, tty=True)
    put("text", None, ONE)
    assert b"36m" not in plain.printed


def test_a_terminal_without_the_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch, encoding="ascii")
    put("text", None, ONE)
    assert b"The mayor" in stream.printed
    stream = terminal(monkeypatch, encoding="ascii")
    put("json", None, marked("{who1 Él} {how1 dijo} {what1 no}."))
    assert "Él" in stream.printed.decode("utf-8")


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_folder_gets_files_named_after_the_reports(tmp_path: Path, form: str) -> None:
    put(form, tmp_path / "new" / "out", ONE, TWO, folder=True)
    names = listed(tmp_path / "new" / "out")
    assert sum(name.startswith("one") for name in names) == sum(name.startswith("two") for name in names) > 0
    assert not any(name.endswith(".part") for name in names)


def test_reports_of_one_name_get_numbers(tmp_path: Path) -> None:
    same = dataclasses.replace(TWO.document, path="elsewhere/ONE.txt")
    put("jsonl", tmp_path, ONE, dataclasses.replace(TWO, document=same), ONE)
    assert listed(tmp_path) == ["ONE-2.jsonl", "one-3.jsonl", "one.jsonl"]


def test_pages_of_many_reports_need_a_folder(tmp_path: Path) -> None:
    put("html", tmp_path / "pages", ONE, TWO)
    assert listed(tmp_path / "pages") == ["one.html", "two.html"]
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UnwritableOutput, match="it is a file, and a folder is needed"):
        put("html", tmp_path / "file", ONE, TWO)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("failing", [KeyboardInterrupt(), ValueError("?"), UnwritableOutput(Path("x"), "it is closed")])
def test_what_fails_leaves_the_file_as_it_was(tmp_path: Path, failing: BaseException) -> None:
    def interrupted() -> None:
        with Output("jsonl", tmp_path / "out.jsonl", None, many=True) as output:
            output.write(ONE)
            raise failing

    (tmp_path / "out.jsonl").write_text("before")
    with pytest.raises(type(failing)):
        interrupted()
    assert (tmp_path / "out.jsonl").read_text() == "before"
    assert listed(tmp_path) == ["out.jsonl"]


def test_nothing_read_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "out.json").write_text("before")
    put("json", tmp_path / "out.json")
    put("jsonl", tmp_path / "new.jsonl")
    assert listed(tmp_path) == ["out.json"]
    assert (tmp_path / "out.json").read_text() == "before"


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "out.jsonl").write_text("before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnwritableOutput, match=r"out\.jsonl: it cannot be written \(no space left on device\)"):
        put("jsonl", tmp_path / "out.jsonl", ONE)
    assert (tmp_path / "out.jsonl").read_text() == "before"
    assert listed(tmp_path) == ["out.jsonl"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("form", ["text", "json", "jsonl", "html"])
def test_a_full_device(form: str) -> None:
    with pytest.raises(UnwritableOutput, match=r"/dev/full: it cannot be written \(no space left on device\)"):
        put(form, Path("/dev/full"), ONE)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput, match=r"out\.jsonl: it cannot be written \(no such file or directory\)"):
        put("jsonl", tmp_path / "no" / "out.jsonl", ONE)


def test_a_file_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before")
    monkeypatch.setattr(os, "access", lambda *_: False)  # as it would be for anybody but root
    with pytest.raises(UnwritableOutput, match=r"permission denied"):
        put("jsonl", path, ONE)
    assert path.read_text() == "before"


def test_a_link_stays_a_link_and_a_mode_a_mode(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(target)
    put("jsonl", link, ONE)
    assert link.is_symlink()
    assert target.read_text() != "before"
    assert target.stat().st_mode & 0o777 == 0o640


def test_no_report_is_written_over(tmp_path: Path) -> None:
    report = tmp_path / "one.txt"
    report.write_text("The mayor said it fell.")
    reading = dataclasses.replace(ONE, document=dataclasses.replace(ONE.document, path=str(report)))
    with (
        pytest.raises(UnwritableOutput, match=r"one\.txt: it is one of the reports to be read"),
        Output("brat", tmp_path, None, many=False, reports=[str(report)]) as output,
    ):
        output.write(reading)
    assert report.read_text() == "The mayor said it fell."


def test_standard_output_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(UnwritableOutput, match="standard output: it is closed"):
        put("json", None, ONE)


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_closed_pipe_is_the_callers_to_notice(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "w", encoding="utf-8", closefd=True) as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        with pytest.raises(BrokenPipeError):
            put(form, None, ONE)
        os.dup2(os.open(os.devnull, os.O_WRONLY), writer)


def test_whole_writes_nothing_for_nothing(tmp_path: Path) -> None:
    with whole(tmp_path / ("x" * 250)) as stream:
        stream.write(b"long name")
    with whole(tmp_path / "empty"):
        pass
    assert listed(tmp_path) == ["x" * 250]
