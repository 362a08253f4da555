"""The README's commands run as written and print what it shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SESSIONS = re.findall(r"```console\n\$ (sayso [^\n]+)\n(.*?)```", README, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def run(command: str) -> str:
    """What a `sayso …` command prints, run from the project's folder."""
    arguments = [sys.executable, "-m", *shlex.split(command)]
    unsized = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, check=True, encoding="utf-8", env=unsized)
    return done.stdout


@pytest.mark.parametrize(("command", "shown"), SESSIONS, ids=[command for command, _ in SESSIONS])
def test_sessions(command: str, shown: str) -> None:
    """What is shown is what is printed; a line with … alone stands for lines left out."""
    printed = run(command)
    at = 0
    for block in re.split(r"^…\n", shown, flags=re.MULTILINE):
        found = printed.find(block, at)
        assert found >= 0, printed
        at = found + len(block)


def test_there_are_sessions() -> None:
    assert SESSIONS
    assert PYTHON


@pytest.mark.parametrize("code", PYTHON)
def test_python(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})


def test_the_installation_and_test_commands_are_those_of_ci() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    commands = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    first, second = (block.strip() for block in commands[:2])
    assert first in script
    assert second in script
