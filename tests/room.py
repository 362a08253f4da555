"""A reading room that is open while the tests of a module run: the examples in a ledger, served on this machine."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from sayso.engine import Engine
from sayso.ledger import Ledger
from sayso.web.app import app
from sayso.web.guard import Rules
from sayso.web.room import Room
from sayso.web.serve import Place

EXAMPLES = Path(__file__).parent.parent / "examples"


def filled(path: Path, engine: Engine) -> Ledger:
    """A ledger of the examples, those first that were published first."""
    reports = sorted(
        EXAMPLES.glob("*.json"), key=lambda file: json.loads(file.read_text("utf-8")).get("published") or ""
    )
    ledger = Ledger(path)
    ledger.add([str(report.with_suffix(".txt")) for report in reports], engine=engine)
    return ledger


@contextmanager
def served(
    ledger: Ledger, *, called: str = "desk.sayso", key: str | None = None, writable: bool = True
) -> Iterator[tuple[str, Rules]]:
    """The room's address, and its rules."""
    with Place.at("127.0.0.1", 0) as place:
        rules = place.rules(key)
        server = uvicorn.Server(
            uvicorn.Config(app(Room(ledger, called, rules, writable)), log_level="error", ws="none")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place.listening]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{place.port}", rules
        finally:
            server.should_exit = True
            thread.join()
