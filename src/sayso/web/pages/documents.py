"""The reports of the ledger, and each of them as a reading page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from sayso.errors import NotInLedger
from sayso.exchange import EXCHANGES
from sayso.ledger import store
from sayso.ledger.listing import listing
from sayso.render.page import View, main
from sayso.web.asked import Documents
from sayso.web.elsewhere import elsewhere
from sayso.web.pages.finding import CHOICES
from sayso.web.room import room_of
from sayso.web.shown import grid

router = APIRouter(include_in_schema=False)

_EXCHANGES = [(name, exchange.summary) for name, exchange in EXCHANGES.items()]


@router.get("/documents")
def documents(request: Request, asked: Annotated[Documents, Query()]) -> HTMLResponse:
    """All reports that pass the filters."""
    room = room_of(request)
    table = room.ask(listing, asked.filters(), asked.limit)
    return room.html("documents.html", asked=asked, grid=grid(table), more=asked.more(table), exchanges=_EXCHANGES)


@router.get("/documents/{key}")
def document(request: Request, key: Annotated[int, Path(ge=1, lt=2**63)]) -> HTMLResponse:
    """One report: its text, every span marked, the voices and attributions beside it."""
    room = room_of(request)
    try:
        title, shown = room.kept(_shown, key)
    except NotInLedger as error:
        return room.html("said.html", 404, title="There is no such report", said=str(error))
    return room.html("document.html", key=key, title=title, main=shown, choices=CHOICES)


def _shown(connection: Connection, key: int) -> tuple[str, str]:
    """What the report is called, and the HTML of its reading. Raises NotInLedger."""
    reading = store.reading_of(connection, store.key_of(connection, key))
    found = elsewhere(connection, key)
    further = [View("elsewhere", "Elsewhere", found)] if found else []
    return reading.document.title or reading.document.path or f"Report {key}", main(reading, further)
