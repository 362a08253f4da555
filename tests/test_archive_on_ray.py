"""`sayso archive --on ray`: a real cluster of several workers, of which one is killed, makes what one machine makes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.archive.filters import Filters
from sayso.archive.making import make
from sayso.archive.order import Order
from tests.needed import needed
from tests.ports import free, listens
from tests.test_archive import contents, json_lines, report, silent

needed("ray", "ray")


@pytest.fixture(scope="module")
def cluster() -> Iterator[dict[str, str]]:
    """A cluster of one machine with room for three workers: the environment in which Sayso finds it."""
    port = free()
    folder = tempfile.mkdtemp(dir="/tmp")  # its sockets' names may not be long
    ray = [sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block", f"--port={port}"]
    options = ["--num-cpus=4", "--include-dashboard=false", f"--temp-dir={folder}", "--disable-usage-stats"]
    known = {**os.environ, "RAY_AUTH_MODE": "disabled"}
    process = subprocess.Popen([*ray, *options], env=known, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while not listens(port):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield {**known, "RAY_ADDRESS": f"127.0.0.1:{port}"}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def test_a_cluster_makes_the_same_though_a_worker_is_killed(cluster: dict[str, str], tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        records = [{"text": report(n % 90)} if n % 9 else "no report" for n in range(120)]
        json_lines(tmp_path / "many" / f"{name}.jsonl", records)
    make([str(tmp_path / "many")], str(tmp_path / "here"), Order(Filters(copies=False), partition=8), silent, jobs=1)
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "sayso", "archive", str(tmp_path / "many"), str(tmp_path / "there")),
            *("--no-copies", "--partition", "8", "--on", "ray", "--jobs", "3"),
        ],
        env=cluster,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not list(tmp_path.glob("there/_sayso/done/*.json")):
        assert process.poll() is None
        time.sleep(0.01)
    os.kill(_workers()[0], signal.SIGKILL)
    _, said = process.communicate(timeout=240)
    assert process.returncode == 0, said
    assert "360 found: 80 read" in said
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def _workers() -> list[int]:
    """The processes of the cluster that read."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            called = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if re.match(rb"ray::.*_Read", called):
            found.append(int(folder.name))
    return found
