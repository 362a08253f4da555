"""docs/ledger-tutorial.md: its commands run as written, on SQLite and on PostgreSQL, and print what it shows.

Whoever adds is killed once, and interrupted once, in the middle.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.cli import main
from sayso.engine import Engine
from sayso.errors import SaysoError
from sayso.exchange import EXCHANGES
from sayso.ledger import Ledger
from tests.test_cli import HEEDING_INTERRUPTS

ROOT = Path(__file__).parents[1]
TUTORIAL = (ROOT / "docs" / "ledger-tutorial.md").read_text("utf-8")
LEDGER = "desk.sayso"
INTERRUPTED = "^C\n"
REPORTS, COPIES = 124, 3
PLAIN = re.compile(r"sayso [^|&;<>$*]*")
PYTHON = re.findall(r"```python\n(.*?)```", TUTORIAL, re.DOTALL)
LOOP = re.compile(r"for (\w+) in ([^;]*); do ([^;]*); done")


def steps() -> Iterator[tuple[str, str]]:
    """Each command of the console blocks, with what is shown below it."""
    for block in re.findall(r"```console\n(.*?)```", TUTORIAL, re.DOTALL):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = step.partition("\n")
            yield command, shown


class Desk:
    """A folder in which the commands run, with `sayso` and `python` on its path, and the ledger they mean."""

    def __init__(self, folder: Path, ledger: str) -> None:
        self.folder, self.ledger = folder, ledger
        folder.mkdir()
        for name in ("docs", "evals", "examples"):
            (folder / name).symlink_to(ROOT / name)
        programs = folder / ".bin"
        programs.mkdir()
        self._program(programs / "sayso", f'exec {shlex.join([sys.executable, "-c", HEEDING_INTERRUPTS])} "$@"')
        self._program(programs / "python", f'exec {shlex.quote(sys.executable)} "$@"')
        path = os.pathsep.join(map(str, (programs, os.environ.get("PATH", os.defpath))))
        imports = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        unsized = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        self._environment = {**unsized, "PATH": path, "PYTHONPATH": imports, "PYTHONIOENCODING": "utf-8"}

    def start(self, command: str) -> subprocess.Popen[str]:
        """The command, as a shell runs it."""
        return subprocess.Popen(
            ["bash", "-c", command.replace(LEDGER, shlex.quote(self.ledger))],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )

    def run_here(self, command: str) -> str:
        """The same without a process for each `sayso`, whose start takes longer than what it does."""
        loop = LOOP.fullmatch(command)
        each = [loop[3].replace(f"${loop[1]}", word) for word in loop[2].split()] if loop else [command]
        if not all(PLAIN.fullmatch(one) for one in each):
            return self.run(command)
        printed = ""
        for one in each:
            done = CliRunner().invoke(main, shlex.split(one.replace(LEDGER, shlex.quote(self.ledger)))[1:])
            assert done.exit_code == 0, done.output
            printed += done.output
        return printed

    def run(self, command: str) -> str:
        """What the command prints; it must succeed."""
        running = self.start(command)
        printed, _ = running.communicate(timeout=300)
        assert running.returncode == 0, printed
        return printed

    def stopped(self, command: str, sign: signal.Signals) -> str:
        """What the command prints that gets this signal when it has added a few more documents."""
        before = self.documents()
        running = self.start(command)
        until = time.monotonic() + 240
        while self.documents() < before + 5:
            assert running.poll() is None, running.communicate()[0]
            assert time.monotonic() < until, "it adds nothing"
            time.sleep(0.2)
        os.killpg(running.pid, sign)
        printed, _ = running.communicate(timeout=60)
        assert running.returncode != 0
        return printed

    def documents(self) -> int:
        """How many documents are in the ledger."""
        try:
            with Ledger(self.ledger, create=False) as opened:
                return sum(1 for _ in opened.documents())
        except SaysoError:  # it is not begun yet
            return 0

    def _program(self, path: Path, line: str) -> None:
        path.write_text(f"#!/bin/sh\n{line}\n")
        path.chmod(0o755)


def check(shown: str, printed: str) -> None:
    """A line with … alone stands for lines left out, … in a line for a part of it, two spaces for any number."""
    lines = [re.sub(r"(?:\\ ){2,}", " +", re.escape(line)).replace("…", ".*") for line in shown.splitlines()]
    pattern = "".join(r"(?:.*\n)*?" if line == ".*" else line + r"\s*\n" for line in lines)
    assert re.fullmatch(pattern, printed), f"{printed}\nis not\n{shown}"


def last_line(printed: str) -> str:
    """What a command said last; how many notes come before depends on how far it had come."""
    return printed.splitlines()[-1] + "\n"


def test_on_sqlite(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", str(tmp_path / "desk" / LEDGER))
    for command, shown in steps():
        if shown.startswith(INTERRUPTED):
            assert "Traceback" not in desk.stopped(command, signal.SIGKILL)
            check(shown.removeprefix(INTERRUPTED), last_line(desk.stopped(command, signal.SIGINT)))
            assert 10 <= desk.documents() < REPORTS
        else:
            check(shown, desk.run(command))
    is_as_it_should_be(desk)


def test_on_postgresql(
    postgresql_address: str, tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path / "desk", postgresql_address)
    monkeypatch.chdir(desk.folder)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sayso.engine.Engine", lambda threads=None: engine)
    for command, shown in steps():
        if shown.startswith(INTERRUPTED):
            check(shown.removeprefix(INTERRUPTED), last_line(desk.stopped(command, signal.SIGINT)))
            assert 5 <= desk.documents() < REPORTS
        else:
            check(shown, desk.run_here(command))
    is_as_it_should_be(desk)


def is_as_it_should_be(desk: Desk) -> None:
    """What is in the ledger, and beside it, when all is done; what is written for Python runs on it."""
    assert len(PYTHON) == 1
    assert "Radio Lissar" in desk.run(f"python -c {shlex.quote(PYTHON[0])}")
    with Ledger(desk.ledger) as ledger:
        entries = [*ledger.documents()]
        corrected = [
            key for key in (e.key for e in entries) if ledger.reading(key) != ledger.reading(key, corrected=False)
        ]
        assert len(corrected) == 2  # in brat, and in Label Studio
    assert (len(entries), sum(entry.read_as != entry.key for entry in entries)) == (REPORTS, COPIES)
    assert {path.name for path in (desk.folder / "out").iterdir()} == {*EXCHANGES, "labelstudio.labels.xml"}


def test_the_tutorial_is_whole() -> None:
    commands = [command for command, _ in steps()]
    assert sum(command.startswith("sayso add") for command in commands) == 3
    assert sum(shown.startswith(INTERRUPTED) for _, shown in steps()) == 1
    written = " ".join(re.findall(r"for format in (.*?);", " ".join(commands))).split()
    assert sorted(written) == sorted(EXCHANGES)
