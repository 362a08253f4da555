"""Who has words from whom."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from sayso.ledger.counted import hands
from sayso.web.asked import Documents
from sayso.web.room import room_of
from sayso.web.shown import grid

router = APIRouter(include_in_schema=False)


@router.get("/network")
def network(request: Request, asked: Annotated[Documents, Query()]) -> HTMLResponse:
    """The commonest steps of all chains, drawn and as a table."""
    room = room_of(request)
    table = room.kept(hands, asked.filters(), asked.limit)
    return room.html("network.html", asked=asked, grid=grid(table), drawn=bool(table.rows))
