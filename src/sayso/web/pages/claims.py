"""What several reports say, on whose word, and what stands against it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.errors import NotInLedger
from sayso.ledger.claim import claim as shown
from sayso.ledger.claims import SURE, claims
from sayso.ledger.contradictions import contradictions
from sayso.web.asked import Documents
from sayso.web.guard import field_token
from sayso.web.jobs import TooMany
from sayso.web.room import room_of
from sayso.web.shown import findings

router = APIRouter(include_in_schema=False)

Key = Annotated[int, Path(ge=1, lt=2**63)]


@router.get("/claims")
def listed(request: Request, asked: Annotated[Documents, Query()]) -> HTMLResponse:
    """The claims that most reports carry, and which of them contradict."""
    room = room_of(request)
    with room.ledger.reads() as connection:
        table = claims(connection, asked.filters(), asked.limit, SURE)
        against = contradictions(connection, asked.filters(), asked.limit, SURE)
    return room.html(
        "claims.html",
        asked=asked,
        claims=list(table.records()),
        against=list(against.records()),
        more=asked.more(table),
    )


@router.get("/claims/{key}")
def claim(request: Request, key: Key) -> HTMLResponse:
    """One claim: its wordings side by side, who has it from whom, what is against it."""
    room = room_of(request)
    try:
        found = room.ask(shown, key)
    except NotInLedger as error:
        return room.html("said.html", 404, title="There is no such claim", said=f"{error}.")
    wordings = zip(findings(found.wordings), found.wordings.records(), strict=True)
    return room.html("claim.html", claim=found, wordings=list(wordings), drawn=bool(found.steps))


@router.post("/compare")
async def compare(request: Request) -> Response:
    """Compare what is new with what is there."""
    room = room_of(request)
    async with request.form(max_files=0, max_fields=4) as form:
        if not room.rules.is_token(field_token(form)):
            return room.html("said.html", 403, title="That cannot be done", said="Load the page again.")
    try:
        number = (await run_in_threadpool(request.app.state.jobs.compare)).number
    except TooMany as error:
        return room.html("said.html", 400, title="Not now", said=f"{error}.")
    return RedirectResponse(f"/add/{number}", 303)
