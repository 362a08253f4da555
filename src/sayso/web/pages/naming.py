"""What somebody or something is called, by whom, where."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from sayso.ledger.called import names
from sayso.ledger.counted import spoken_of
from sayso.web.asked import Naming
from sayso.web.room import room_of
from sayso.web.shown import grid

router = APIRouter(include_in_schema=False)

_OFFERED = 24


@router.get("/naming")
def naming(request: Request, asked: Annotated[Naming, Query()]) -> HTMLResponse:
    """Who calls somebody what; without a name, whom one could ask for."""
    room = room_of(request)
    if not asked.of.strip():
        offered = room.kept(spoken_of, _OFFERED)
        return room.html("naming.html", asked=asked, grid=None, offered=offered.column("entity"), note="")
    table = room.ask(names, asked.of, asked.filters(), asked.limit, asked.per)
    note = "" if table.rows else table.note
    return room.html("naming.html", asked=asked, grid=grid(table), offered=(), note=note)
