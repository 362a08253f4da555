"""`sayso open`: the reading room, in the browser."""

from __future__ import annotations

import getpass
import os
import secrets
import signal
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.commands.said import FAILED, say, stop
from sayso.errors import SaysoError
from sayso.extras import need

if TYPE_CHECKING:
    from sayso.ledger import Ledger

_EPILOG = """
\b
Examples:
  sayso open strait.sayso
  sayso open report.txt
  sayso open postgresql://desk@archive/strait --port 8011 --no-browser
  sayso open strait.sayso --host 0.0.0.0 --key-file key.txt

Nobody but this computer can reach it, unless --host says so; then whoever wants in needs the key, which is in the
address that is printed. End it with Ctrl-C.
"""


@click.command("open", epilog=_EPILOG)
@click.argument("what", metavar="LEDGER|REPORT")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Where; 0: any that is free."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="At which address of this machine."
)
@click.option("--key-file", type=click.Path(dir_okay=False), help="Whose first line is the key, beyond this machine.")
@click.option("--read-only", is_flag=True, help="Nothing can be added or corrected.")
@click.option("--by", metavar="NAME", help="By whom corrections are said to be.  [default: who is logged in here]")
@click.option("--browser/--no-browser", default=True, help="Open it in the browser.  [default: do]")
def command(
    what: str, port: int, host: str, key_file: str | None, read_only: bool, by: str | None, browser: bool
) -> None:
    """Open LEDGER, or a REPORT, in the browser: read, search, compare, add."""
    try:
        for library in ("fastapi", "jinja2", "uvicorn"):
            need(library, "web", "the reading room")
        key = _key(host, key_file)
        from sayso.web.room import Room
        from sayso.web.serve import Place

        with _opened(what) as (ledger, name, path), Place.at(host, port) as place:
            address = place.address(path, key)
            say(f"{name} is open at {address}; Ctrl-C ends it")
            if browser:
                threading.Timer(0.5, webbrowser.open, [address]).start()
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that what is only for now is cleared away
            place.serve(Room(ledger, name, place.rules(key), writable=not read_only, by=by or _user()))
    except SaysoError as error:
        stop(str(error), FAILED)
    except KeyboardInterrupt:
        sys.exit(0)


def _user() -> str | None:
    """Who is logged in, if the system says."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return None


@contextmanager
def _opened(what: str) -> Iterator[tuple[Ledger, str, str]]:
    """The ledger, what to call it, and the page to begin with; of a report one that holds it alone, and is gone
    afterwards."""
    from sayso.intake.sources import may_be_report
    from sayso.ledger import Ledger

    if "://" in what or not (os.path.isfile(what) and may_be_report(os.path.basename(what))):
        with Ledger(what, create=False) as ledger:
            yield ledger, _named(what), "/"
        return
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder, Ledger(os.path.join(folder, "report.sayso")) as ledger:
        started = time.monotonic()
        added = ledger.add([what])
        if added.unreadable and not added.added:
            raise added.unreadable[0]
        say(f"{what} was read in {time.monotonic() - started:.1f} s")
        yield ledger, Path(what).name, "/documents/1" if added.added == 1 else "/documents"


def _named(what: str) -> str:
    """What a ledger is called on its pages: its file, or its database without who may open it."""
    if "://" not in what:
        return Path(what).name
    return what.rpartition("@")[2].rpartition("/")[2].partition("?")[0] or "ledger"


def _key(host: str, key_file: str | None) -> str | None:
    """The key that visitors need: none on this machine alone."""
    from sayso.web.serve import is_loopback

    if is_loopback(host) and key_file is None:
        return None
    if key_file is None:
        return secrets.token_urlsafe(24)
    try:
        with open(key_file, encoding="utf-8") as file:
            key = file.readline().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SaysoError(f"{key_file}: the key cannot be read ({error})") from error
    if len(key) < 12:
        raise SaysoError(f"{key_file}: a key has 12 characters at least")
    return key
