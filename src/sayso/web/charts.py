"""The pictures on the pages, as images of their own, in which nothing can run; a table beside each says the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sayso.ledger.called import names
from sayso.ledger.claim import claim as shown_claim
from sayso.ledger.counted import hands
from sayso.ledger.counted import over_time as when_said
from sayso.ledger.filters import Filters
from sayso.ledger.sourcing import sourcing as stand_on
from sayso.ledger.table import Table
from sayso.pictures import naming, network, over_time, sourcing, whence
from sayso.pictures.drawn import drawn
from sayso.render.calls import ITSELF
from sayso.web.asked import Documents, Naming, Statements
from sayso.web.room import room_of

router = APIRouter(include_in_schema=False, prefix="/charts")


@router.get("/over-time.svg")
def of_time(request: Request, asked: Annotated[Statements, Query()]) -> Response:
    """How much was said when."""
    return _image(
        over_time.chart(
            room_of(request).kept(("over time", asked.filters()), lambda c: when_said(c, filters=asked.filters()))
        )
    )


@router.get("/sourcing.svg")
def of_sourcing(request: Request, asked: Annotated[Documents, Query()]) -> Response:
    """On whom each outlet stands."""
    return _image(
        sourcing.chart(
            room_of(request).kept(
                ("sourcing", asked.filters(), asked.limit), lambda c: stand_on(c, asked.filters(), asked.limit)
            )
        )
    )


@router.get("/network.svg")
def of_network(request: Request, asked: Annotated[Documents, Query()]) -> Response:
    """Who has words from whom."""
    asks = ("hands", asked.filters(), asked.limit)
    return _image(network.chart(room_of(request).kept(asks, lambda c: hands(c, asked.filters(), asked.limit))))


@router.get("/naming.svg")
def of_naming(request: Request, asked: Annotated[Naming, Query()]) -> Response:
    """What somebody is called, by outlet."""
    filters = Filters(voice=asked.voice, outlet=asked.outlet, since=asked.since, until=asked.until)
    table = room_of(request).ask(lambda c: names(c, asked.of, filters, asked.limit, asked.per))
    return _image(naming.chart(_called(table)))


@router.get("/whence.svg")
def of_claim(request: Request, claim: Annotated[int, Query(ge=1, lt=2**63)]) -> Response:
    """Who has a claim from whom."""
    return _image(whence.chart(room_of(request).ask(lambda c: shown_claim(c, claim)).whence()))


def _called(table: Table) -> list[naming.Called]:
    """The names, those first that are commonest; where the outlet is not known, by who says so."""
    times: defaultdict[tuple[str, str, bool], list[int]] = defaultdict(lambda: [0, 0])
    for row in table.records():
        where = row["outlet"] or row["by"]
        times[row["called"], where, bool(row["loaded"])][row["by"] != ITSELF] += row["times"]
    common = Counter(label for label, _, _ in times)
    for (label, _, _), (own, quoted) in times.items():
        common[label] += own + quoted
    return [
        naming.Called(label, outlet, own, quoted, judges)
        for (label, outlet, judges), (own, quoted) in sorted(times.items(), key=lambda it: -common[it[0][0]])
    ]


def _image(chart: Any) -> Response:
    return Response(drawn(chart, "svg"), media_type="image/svg+xml", headers={"cache-control": "no-cache"})
