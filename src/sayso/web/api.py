"""The same as JSON, under /api; described at /api/openapi.json."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from sayso.errors import NotInLedger
from sayso.export.json import line
from sayso.ledger.called import names
from sayso.ledger.claims import claims
from sayso.ledger.contradictions import contradictions
from sayso.ledger.counted import about, counts, hands
from sayso.ledger.listing import listing
from sayso.ledger.outlets import outlets
from sayso.ledger.sourcing import sourcing
from sayso.ledger.table import Table
from sayso.ledger.timeline import timeline
from sayso.ledger.voices import voices
from sayso.web.asked import Documents, Naming, Question, Statements
from sayso.web.pages.finding import found
from sayso.web.room import room_of


class Answer(BaseModel):
    """Rows, each by the names of its columns; `note` says if there are more, or what to try where there are none."""

    rows: list[dict[str, Any]]
    note: str = ""


class Problem(BaseModel):
    """What was wrong, in a sentence."""

    detail: str


class Value(BaseModel):
    """A value of a facet, and how many statements have it."""

    value: str | None
    statements: int


class Count(BaseModel):
    """How many statements a search finds, in how many reports, and of which values they are."""

    statements: int
    reports: int
    facets: dict[str, list[Value]]


class Going(BaseModel):
    """How far an add is."""

    sources: int
    finished: int
    done: bool
    told: list[dict[str, Any]] = Field(description="What became of each document: what, name, key, title, said.")


_BAD: dict[int | str, dict[str, Any]] = {400: {"model": Problem, "description": "It cannot be looked for."}}
_GONE: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "There is none."}}

router = APIRouter(prefix="/api", responses=_BAD)


@router.get("/search")
def search(request: Request, asked: Annotated[Question, Query()]) -> Answer:
    """Who said what: attributions by words and filters, or by what means the same."""
    return _answer(found(room_of(request), asked))


@router.get("/counts")
def how_many(request: Request, asked: Annotated[Question, Query()]) -> Count:
    """How many attributions a search by words finds."""
    told = room_of(request).ask(counts, asked.words, asked.filters())
    facets: dict[str, list[Value]] = {
        name: [Value(value=value, statements=number) for value, number in values]
        for name, values in told.facets.items()
    }
    return Count(statements=told.statements, reports=told.reports, facets=facets)


@router.get("/documents")
def documents(request: Request, asked: Annotated[Documents, Query()]) -> Answer:
    """The reports that pass the filters."""
    return _answer(room_of(request).ask(listing, asked.filters(), asked.limit))


@router.get("/documents/{key}", responses={**_GONE, 200: {"description": "A reading, schema sayso/1."}})
def document(
    request: Request, key: Annotated[int, Path(ge=1, lt=2**63)], corrected: Annotated[bool, Query()] = True
) -> Response:
    """The reading of a report, in the schema `sayso/1`; as it was corrected, unless told otherwise."""
    try:
        reading = room_of(request).ledger.reading(key, corrected=corrected)
    except NotInLedger as error:
        return JSONResponse({"detail": str(error)}, 404)
    return Response(line(reading), media_type="application/json")


@router.get("/voices")
def speakers(request: Request, asked: Annotated[Statements, Query()]) -> Answer:
    """Who speaks most."""
    return _answer(room_of(request).ask(voices, asked.filters(), asked.limit))


@router.get("/about")
def mentioned(request: Request, asked: Annotated[Statements, Query()]) -> Answer:
    """Whom and what the attributions mention."""
    return _answer(room_of(request).ask(about, asked.filters(), asked.limit))


@router.get("/outlets")
def published(request: Request, asked: Annotated[Documents, Query()]) -> Answer:
    """Who published what."""
    return _answer(room_of(request).ask(outlets, asked.filters(), asked.limit))


@router.get("/sourcing")
def stand_on(request: Request, asked: Annotated[Documents, Query()]) -> Answer:
    """On whom the reports of each outlet stand."""
    return _answer(room_of(request).ask(sourcing, asked.filters(), asked.limit))


@router.get("/network")
def network(request: Request, asked: Annotated[Documents, Query()]) -> Answer:
    """Who has words from whom."""
    return _answer(room_of(request).ask(hands, asked.filters(), asked.limit))


@router.get("/names")
def called(request: Request, asked: Annotated[Naming, Query()]) -> Answer:
    """Who calls somebody or something what."""
    return _answer(room_of(request).ask(names, asked.of, asked.filters(), asked.limit, asked.per))


@router.get("/timeline")
def told(request: Request, asked: Annotated[Statements, Query()]) -> Answer:
    """What was said, or what is told of, in the order of time."""
    return _answer(room_of(request).ask(timeline, asked.filters(), asked.limit))


@router.get("/claims")
def claimed(request: Request, asked: Annotated[Documents, Query()]) -> Answer:
    """What several reports say, as it was last compared."""
    return _answer(room_of(request).ask(claims, asked.filters(), asked.limit))


@router.get("/contradictions")
def against(request: Request, asked: Annotated[Documents, Query()]) -> Answer:
    """Which claims cannot both be so, are denied or follow from each other."""
    return _answer(room_of(request).ask(contradictions, asked.filters(), asked.limit))


@router.get("/jobs/{number}", responses=_GONE, response_model=Going)
def job(request: Request, number: Annotated[int, Path(ge=1, lt=2**31)]) -> Any:
    """How far an add is."""
    going = request.app.state.jobs.job(number)
    if going is None:
        return JSONResponse({"detail": "there is no such add"}, 404)
    told = [asdict(each) for each in going.told]
    return Going(sources=going.steps, finished=going.finished, done=going.done, told=told)


def _answer(table: Table) -> Answer:
    return Answer(rows=list(table.records()), note=table.note)
