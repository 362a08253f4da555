"""The README's commands run as written and print what it shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import sayso

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SESSIONS = re.findall(r"```console\n\$ (sayso [^\n]+)\n(.*?)```", README, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the examples in it, where one session may use what another wrote."""
    made = tmp_path_factory.mktemp("readme")
    (made / "examples").symlink_to(ROOT / "examples")
    return made


def run(command: str, folder: Path) -> str:
    """What a `sayso …` command prints and says, run from a folder."""
    arguments = [sys.executable, "-m", *shlex.split(command)]
    unsized = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    paths = os.pathsep.join(filter(None, map(os.path.abspath, sys.path)))
    done = subprocess.run(
        arguments,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
        encoding="utf-8",
        env={**unsized, "PYTHONPATH": paths},
    )
    return done.stdout


@pytest.mark.parametrize(("command", "shown"), SESSIONS, ids=[command for command, _ in SESSIONS])
def test_sessions(command: str, shown: str, folder: Path) -> None:
    """What is shown is what is printed; a line with … alone stands for lines left out."""
    printed = run(command, folder)
    at = 0
    for block in re.split(r"^…\n", shown, flags=re.MULTILINE):
        found = printed.find(block, at)
        assert found >= 0, printed
        at = found + len(block)


def test_there_are_sessions() -> None:
    assert SESSIONS
    assert PYTHON


@pytest.mark.parametrize("code", PYTHON)
def test_python(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    exec(compile(code, "README.md", "exec"), {"sayso": sayso})


def test_the_installation_and_test_commands_are_those_of_ci() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    commands = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    first, second = (block.strip() for block in commands[:2])
    assert first in script
    assert second in script
