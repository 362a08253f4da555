"""The front page: who said what, by words and filters, or by what means the same."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from sayso.errors import InvalidSearch
from sayso.ledger.counted import Counts, counts
from sayso.ledger.search import search
from sayso.ledger.table import Table
from sayso.types import Kind, Stance, VoiceType
from sayso.web.asked import Question
from sayso.web.room import Room, room_of
from sayso.web.shown import findings

router = APIRouter(include_in_schema=False)

CHOICES = {"type": get_args(VoiceType), "stance": get_args(Stance), "kind": get_args(Kind)}


@router.get("/")
def page(request: Request, asked: Annotated[Question, Query()]) -> HTMLResponse:
    """What is found, and how much there is of it by whom, how and where."""
    room = room_of(request)
    try:
        table, counted = found(room, asked), how_many(room, asked)
    except InvalidSearch as error:
        return room.html(
            "finding.html", 400, asked=asked, choices=CHOICES, found=(), counts=None, more="", said=str(error)
        )
    return room.html(
        "finding.html",
        asked=asked,
        choices=CHOICES,
        found=findings(table),
        counts=counted,
        more=asked.more(table),
        said="",
    )


def found(room: Room, asked: Question) -> Table:
    """What a question finds. Raises InvalidSearch."""
    filters = asked.filters()
    if not asked.words and not asked.like:  # all that pass, the newest first, as many ask for who begin
        return room.kept(search, "", filters, asked.limit)
    words = "" if asked.like else asked.words
    inside = asked.inside if words else "content"
    return room.ledger.search(words, like=asked.like, inside=inside, limit=asked.limit, **asdict(filters))


def how_many(room: Room, asked: Question) -> Counts | None:
    """How much a search by words finds in what is said; None for any other. Raises InvalidSearch."""
    if asked.like or (asked.words and asked.inside == "text"):
        return None
    return room.kept(counts, asked.words, asked.filters())
