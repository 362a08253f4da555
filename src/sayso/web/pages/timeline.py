"""What was said when, and what is told of when."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from sayso.errors import InvalidSearch
from sayso.ledger.counted import over_time
from sayso.ledger.timeline import timeline as told
from sayso.web.asked import Statements
from sayso.web.pages.finding import CHOICES
from sayso.web.room import room_of
from sayso.web.shown import findings

router = APIRouter(include_in_schema=False)


@router.get("/timeline")
def timeline(request: Request, asked: Annotated[Statements, Query()]) -> HTMLResponse:
    """What passes the filters, in the order of time."""
    room = room_of(request)
    try:
        table = room.kept(told, asked.filters(), asked.limit)
        when = room.kept(over_time, filters=asked.filters())
    except InvalidSearch as error:
        return room.html(
            "timeline.html", 400, asked=asked, choices=CHOICES, found=(), drawn=False, more="", said=str(error)
        )
    drawn = asked.dated == "published" and len(when) > 1
    return room.html(
        "timeline.html",
        asked=asked,
        choices=CHOICES,
        found=findings(table),
        drawn=drawn,
        more=asked.more(table),
        said="",
    )
