"""The pictures on the pages, as images of their own, in which nothing can run; a table beside each says the same."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sayso.ledger.claim import claim as shown_claim
from sayso.ledger.counted import hands
from sayso.ledger.counted import over_time as when_said
from sayso.ledger.naming import called
from sayso.ledger.sourcing import sourcing as stand_on
from sayso.pictures import naming, network, over_time, sourcing, whence
from sayso.pictures.drawn import drawn
from sayso.web.asked import Documents, Naming, Statements
from sayso.web.room import room_of

router = APIRouter(include_in_schema=False, prefix="/charts")


@router.get("/over-time.svg")
def of_time(request: Request, asked: Annotated[Statements, Query()]) -> Response:
    """How much was said when."""
    return _image(over_time.chart(room_of(request).kept(when_said, filters=asked.filters())))


@router.get("/sourcing.svg")
def of_sourcing(request: Request, asked: Annotated[Documents, Query()]) -> Response:
    """On whom each outlet stands."""
    return _image(sourcing.chart(room_of(request).kept(stand_on, asked.filters(), asked.limit)))


@router.get("/network.svg")
def of_network(request: Request, asked: Annotated[Documents, Query()]) -> Response:
    """Who has words from whom."""
    return _image(network.chart(room_of(request).kept(hands, asked.filters(), asked.limit)))


@router.get("/naming.svg")
def of_naming(request: Request, asked: Annotated[Naming, Query()]) -> Response:
    """What somebody is called, by outlet."""
    return _image(naming.chart(room_of(request).ask(called, asked.of, asked.filters())))


@router.get("/whence.svg")
def of_claim(request: Request, claim: Annotated[int, Query(ge=1, lt=2**63)]) -> Response:
    """Who has a claim from whom."""
    return _image(whence.chart(room_of(request).ask(shown_claim, claim).whence()))


def _image(chart: Any) -> Response:
    return Response(drawn(chart, "svg"), media_type="image/svg+xml", headers={"cache-control": "no-cache"})
