"""Who published what, and each outlet: on whom its reports stand, whom it quotes, over time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from sayso.ledger.counted import about, over_time
from sayso.ledger.filters import Filters
from sayso.ledger.listing import listing
from sayso.ledger.outlets import outlets
from sayso.ledger.sourcing import sourcing
from sayso.ledger.voices import voices
from sayso.web.asked import Documents
from sayso.web.pages.voices import Name
from sayso.web.room import room_of
from sayso.web.shown import grid

router = APIRouter(include_in_schema=False)

_SHOWN = 15


@router.get("/outlets")
def listed(request: Request, asked: Annotated[Documents, Query()]) -> HTMLResponse:
    """The outlets that published most."""
    room = room_of(request)
    table = room.kept(outlets, asked.filters(), asked.limit)
    return room.html("outlets.html", asked=asked, grid=grid(table), more=asked.more(table))


@router.get("/outlet")
def outlet(request: Request, name: Name) -> HTMLResponse:
    """One outlet."""
    room, there = room_of(request), Filters(outlet=name)
    with room.ledger.reads() as connection:
        profile = sourcing(connection, there, 1)
        quoted, of = voices(connection, there, _SHOWN), about(connection, there, _SHOWN)
        reports, when = listing(connection, there, _SHOWN), over_time(connection, filters=there)
    if not profile.rows:
        sentence = f"Nothing in this ledger was published by {name}."
        return room.html("said.html", 404, title="No such outlet", said=sentence)
    return room.html(
        "outlet.html", name=name, facts=next(profile.records()),
        voices=grid(quoted, frozenset({"known_by", "outlets"})),
        about=grid(of), reports=grid(reports, frozenset({"outlet"})), over_time=when,
    )  # fmt: skip


@router.get("/sourcing")
def profiles(request: Request, asked: Annotated[Documents, Query()]) -> HTMLResponse:
    """On whom the reports of each outlet stand, beside each other."""
    room = room_of(request)
    table = room.kept(sourcing, asked.filters(), asked.limit)
    return room.html("sourcing.html", asked=asked, grid=grid(table), drawn=bool(table.rows))
