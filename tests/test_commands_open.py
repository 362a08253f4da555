"""`sayso open`: the reading room of a ledger or of one report, and what keeps it shut."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.needed import needed

needed("fastapi", "test")

import httpx2  # noqa: E402

from sayso.web.serve import is_loopback  # noqa: E402

REPORT = Path(__file__).parent.parent / "examples" / "harbour-wire-wool-exchange.txt"


@contextmanager
def opened(*arguments: str) -> Iterator[str]:
    """The address that is printed."""
    command = [sys.executable, "-m", "sayso", "open", *arguments, "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = ""
        while "Ctrl-C" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        try:
            found = re.search(r"http://\S+(?=;)", said)
            assert found is not None
            yield found[0]
        finally:
            process.terminate()
            process.wait(20)


def test_a_report_is_read_and_shown() -> None:
    with opened(str(REPORT)) as address:
        page = httpx2.get(address, timeout=30).text
    assert "Fourteen dead in Ildemar wool exchange blast" in page
    assert address.endswith("/documents/1")


def test_beyond_this_machine_a_key_is_needed(tmp_path: Path) -> None:
    key = tmp_path / "key.txt"
    key.write_text("open sesame and more\n")
    with opened(str(REPORT), "--host", "0.0.0.0", "--key-file", str(key)) as address:
        port = httpx2.URL(address).port
        here = f"http://127.0.0.1:{port}/documents/1"
        assert httpx2.get(here, timeout=30).status_code == 403
        assert httpx2.get(f"{here}?key=open+sesame+and+more", timeout=30).status_code == 303


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere.sayso"], "there is no ledger there"),
        ([str(REPORT), "--key-file", "nowhere.txt"], "the key cannot be read"),
        ([str(REPORT), "--host", "203.0.113.7"], "cannot be opened there"),
    ],
)
def test_what_cannot_be_opened_is_said(tmp_path: Path, arguments: list[str], says: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sayso", "open", *arguments, "--no-browser", "--port", "0"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("192.168.1.4", False), ("localhost.example", False)],
)  # fmt: skip
def test_what_nobody_else_can_reach(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
