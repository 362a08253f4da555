"""Who speaks in the ledger, and each of them: what they said, through whom, about what, over time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from sayso.ledger.counted import about, hands, over_time
from sayso.ledger.filters import Filters
from sayso.ledger.search import search
from sayso.ledger.voices import voices
from sayso.web.asked import Statements
from sayso.web.room import room_of
from sayso.web.shown import findings, grid

router = APIRouter(include_in_schema=False)

_SAID, _OTHERS = 30, 15

Name = Annotated[str, Query(min_length=1, max_length=500)]


@router.get("/voices")
def listed(request: Request, asked: Annotated[Statements, Query()]) -> HTMLResponse:
    """The voices that hand over most."""
    room = room_of(request)
    table = room.kept(voices, asked.filters(), asked.limit)
    return room.html("voices.html", asked=asked, grid=grid(table, frozenset({"known_by"})), more=asked.more(table))


@router.get("/voice")
def voice(request: Request, name: Name) -> HTMLResponse:
    """One voice."""
    room, who = room_of(request), Filters(voice=name)
    with room.ledger.reads() as connection:
        known = voices(connection, who, 1)
        said = search(connection, filters=who, limit=_SAID)
        of, when = about(connection, who, _OTHERS), over_time(connection, filters=who)
        through = hands(connection, who, _OTHERS)
    if not known.rows:
        sentence = f"Nobody in this ledger is called {name}."
        return room.html("said.html", 404, title="Nobody is called so", said=sentence)
    return room.html(
        "voice.html", name=name, facts=next(known.records()), found=findings(said), more=len(said) >= _SAID,
        about=grid(of), through=grid(through, frozenset({"giver_type"})), over_time=when,
    )  # fmt: skip
