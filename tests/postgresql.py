"""A PostgreSQL server of the tests' own: made in a folder, reached through a socket in it, gone afterwards."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REQUIRED = "SAYSO_TESTS_NEED_POSTGRESQL"
"""If this is set in the environment, as it is in CI, tests fail where the server cannot be had, and are not skipped."""


def programs() -> Path | None:
    """The folder with initdb and pg_ctl: Debian's newest, or that on the path."""
    debian = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    found = debian[-1] if debian else shutil.which("initdb")
    return None if found is None else Path(found).parent


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """Start a server and yield the address of its socket's folder. It keeps nothing safe: it is for tests."""
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-"))
    user = _somebody_else() if os.geteuid() == 0 else None  # the server refuses to run as root
    try:
        if user is not None:
            shutil.chown(folder, user)
        data, log = folder / "data", folder / "log"
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"

        def run(*command: str | Path) -> None:
            subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, timeout=300)

        run(bin_folder / "initdb", "-D", data, "-U", "sayso", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run(bin_folder / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "-t", "240", "start")
        try:
            yield str(folder)
        finally:
            run(bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _somebody_else() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
