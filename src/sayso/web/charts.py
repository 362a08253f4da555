"""The pictures on the pages, as images of their own, in which nothing can run; a table beside each says the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sayso.ledger.called import names
from sayso.ledger.counted import hands
from sayso.ledger.counted import over_time as when_said
from sayso.ledger.filters import Filters
from sayso.ledger.sourcing import sourcing as stand_on
from sayso.ledger.table import Table
from sayso.pictures.drawn import svg
from sayso.pictures.naming import naming
from sayso.pictures.network import network
from sayso.pictures.over_time import over_time
from sayso.pictures.sourcing import sourcing
from sayso.web.asked import Documents, Naming, Statements
from sayso.web.room import room_of

router = APIRouter(include_in_schema=False, prefix="/charts")

Dark = Annotated[bool, Query()]


@router.get("/over-time.svg")
def of_time(request: Request, asked: Annotated[Statements, Query()], dark: Dark = False) -> Response:
    """How much was said when."""
    return _image(over_time, room_of(request).ask(lambda c: when_said(c, filters=asked.filters())), dark)


@router.get("/sourcing.svg")
def of_sourcing(request: Request, asked: Annotated[Documents, Query()], dark: Dark = False) -> Response:
    """On whom each outlet stands."""
    return _image(sourcing, room_of(request).ask(lambda c: stand_on(c, asked.filters(), asked.limit)), dark)


@router.get("/network.svg")
def of_network(request: Request, asked: Annotated[Documents, Query()], dark: Dark = False) -> Response:
    """Who has words from whom."""
    asks = ("hands", asked.filters(), asked.limit)
    return _image(network, room_of(request).kept(asks, lambda c: hands(c, asked.filters(), asked.limit)), dark)


@router.get("/naming.svg")
def of_naming(request: Request, asked: Annotated[Naming, Query()], dark: Dark = False) -> Response:
    """What somebody is called."""
    filters = Filters(voice=asked.voice, outlet=asked.outlet, since=asked.since, until=asked.until)
    return _image(naming, room_of(request).ask(lambda c: names(c, asked.of, filters, asked.limit, asked.per)), dark)


def _image(picture: Callable[[Table], Any], table: Table, dark: bool) -> Response:
    return Response(svg(picture(table), dark=dark), media_type="image/svg+xml", headers={"cache-control": "no-cache"})
