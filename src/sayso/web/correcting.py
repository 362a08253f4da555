"""Correcting in place: what a page sends → corrections of a reading, each step kept and taken back at will."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, RedirectResponse

from sayso.corrections import Correction, Marked, Speaker
from sayso.corrections.values import Value, extent
from sayso.errors import NotInLedger
from sayso.ledger.edits import edits, made
from sayso.reading import Reading
from sayso.types import Attribution, Kind, Span, Spans, Stance, VoiceType
from sayso.web.api import Problem
from sayso.web.guard import field_token
from sayso.web.room import Room, room_of
from sayso.web.shown import grid

pages = APIRouter(include_in_schema=False)

Offset = Annotated[int, Field(ge=0, lt=2**31)]
Placed = list[Annotated[list[Offset], Field(min_length=2, max_length=2)]]
Key = Annotated[int, Path(ge=1, lt=2**63)]
_Name = Annotated[str, Field(max_length=300)]


class Change(BaseModel):
    """What an attribution shall be from now on; what is not said stays. Spans are [start, end) in code points of the
    report's text. Without `attribution` it is a new one; with `gone` it is none."""

    model_config = ConfigDict(extra="forbid")

    attribution: Annotated[str, Field(max_length=20)] | None = None
    source: Placed | None = None
    cue: Placed | None = None
    content: Placed | None = None
    voice: _Name | None = None
    type: VoiceType | None = None
    stance: Stance | None = None
    kind: Kind | None = None
    gone: bool = False
    accept: Annotated[bool, Field(description="It is right as it is: its score becomes 1.")] = False


class Sweep(BaseModel):
    """What becomes of all attributions whose score lies below `score`, or of those that reach it."""

    model_config = ConfigDict(extra="forbid")

    score: Annotated[float, Field(ge=0, le=1)]
    what: Literal["reject below", "accept from"]


class Done(BaseModel):
    """How many corrections were made."""

    made: int


def _answers(*codes: int) -> dict[int | str, dict[str, Any]]:
    known = {403: "Not from a page of this reading room.", 404: "There is no such report.", 409: "It does not fit.",
             400: "It cannot be done.", 413: "It is too much."}  # fmt: skip
    return {code: {"model": Problem, "description": known[code]} for code in codes}


api = APIRouter(prefix="/api", responses=_answers(400, 403, 404, 409, 413))


@api.post("/documents/{key}/edits", response_model=Done)
def change(request: Request, key: Key, wanted: Change) -> Response | Done:
    """Correct one attribution of a report, add one, or take one away."""
    room = room_of(request)
    reading = room.ledger.reading(key)
    found = next((a for a in reading.attributions if a.id == wanted.attribution), None)
    if wanted.attribution is not None and found is None:
        return JSONResponse({"detail": "there is no such attribution any more: load the page again"}, 409)
    corrections = [_new(reading, wanted)] if found is None else list(_changes(reading, found, wanted))
    return _made(room, key, corrections)


@api.post("/documents/{key}/sweep", response_model=Done)
def sweep(request: Request, key: Key, wanted: Sweep) -> Response | Done:
    """Accept or reject what the engine found in bulk."""
    room = room_of(request)
    reading = room.ledger.reading(key)
    below = wanted.what == "reject below"
    chosen = [a for a in reading.attributions if a.score < 1 and (a.score < wanted.score) == below]
    corrections = [_gone(reading, a) if below else _change(reading, a, "content", a.content, a.content) for a in chosen]
    return _made(room, key, corrections)


@api.post("/documents/{key}/undo", response_model=Done)
def undo(request: Request, key: Key) -> Done:
    """Take back the last step of corrections of a report."""
    room = room_of(request)
    room.ledger.undo(key, by=room.by)
    room.forget()
    return Done(made=1)


@pages.get("/corrections")
def corrections(request: Request, document: Annotated[int | None, Query(ge=1, lt=2**63)] = None) -> HTMLResponse:
    """What was corrected, by whom, when."""
    room = room_of(request)
    table = room.ask(edits, document)
    return room.html("corrections.html", grid=grid(table))


@pages.get("/corrections.json")
def exported(request: Request) -> JSONResponse:
    """All corrections, for other programs."""
    return JSONResponse(
        room_of(request).ask(lambda connection: list(made(connection))),
        headers={"content-disposition": 'attachment; filename="corrections.json"'},
    )


@pages.post("/voice")
async def who_is_who(request: Request) -> Response:
    """Two voices are one, or one that was merged is itself again."""
    room = room_of(request)
    async with request.form(max_files=0, max_fields=10) as form:
        if not room.rules.is_token(field_token(form)):
            return room.html("said.html", 403, title="That cannot be done", said="Load the page again.")
        name, other = str(form.get("name", ""))[:300], str(form.get("other", ""))[:300]
    try:
        if other.strip():
            room.ledger.merge(name, other.strip(), by=room.by)
        else:
            room.ledger.split(name, by=room.by)
    except NotInLedger as error:
        return room.html(
            "said.html", 409, title="That cannot be done", said=f"{str(error)[:1].upper()}{str(error)[1:]}."
        )
    room.forget()
    return RedirectResponse(str(request.url.include_query_params(name=name)), 303)


def _made(room: Room, key: int, corrections: list[Correction]) -> Response | Done:
    done = room.ledger.edit(key, corrections, by=room.by)
    if corrections and not done.made:
        return JSONResponse(
            {"detail": "that does not fit: an attribution needs words, and no two of one role overlap"}, 409
        )
    room.forget()
    return Done(made=done.made)


def _changes(reading: Reading, found: Attribution, wanted: Change) -> Iterator[Correction]:
    """The corrections that make of an attribution what is wanted."""
    if wanted.gone:
        yield _gone(reading, found)
        return
    if wanted.accept:
        yield _change(reading, found, "content", found.content, found.content)
        return
    for role in ("source", "cue", "content"):
        spans = getattr(wanted, role)
        if spans is not None and _spans(spans) != getattr(found, role):
            yield _change(reading, found, role, getattr(found, role), _spans(spans))
    for field in ("stance", "kind"):
        value = getattr(wanted, field)
        if value is not None and value != getattr(found, field):
            yield _change(reading, found, field, getattr(found, field), value)
    if wanted.voice is not None:
        was, is_ = _speaker(reading, found.voice), _named(reading, wanted)
        if was != is_:
            yield _change(reading, found, "voice", was, is_)


def _new(reading: Reading, wanted: Change) -> Correction:
    marked = Marked(
        source=_spans(wanted.source or []), cue=_spans(wanted.cue or []), content=_spans(wanted.content or []),
        kind=wanted.kind, stance=wanted.stance or "asserts", voice=_named(reading, wanted),
    )  # fmt: skip
    return Correction(reading.document.id, reading.model, None, marked.extent, "attribution", None, marked)


def _gone(reading: Reading, found: Attribution) -> Correction:
    marked = Marked(source=found.source, cue=found.cue, content=found.content, kind=found.kind, stance=found.stance)
    return _change(reading, found, "attribution", marked, None)


def _change(reading: Reading, found: Attribution, field: Any, old: Value, new: Value) -> Correction:
    return Correction(reading.document.id, reading.model, found.id, extent(found), field, old, new)


def _spans(placed: Placed) -> Spans:
    return tuple(Span(start, end) for start, end in placed)


def _speaker(reading: Reading, voice: str | None) -> Speaker | None:
    return next((Speaker(v.name, v.type, v.id) for v in reading.voices if v.id == voice), None)


def _named(reading: Reading, wanted: Change) -> Speaker | None:
    """The voice of that name, or a new one; None where the name is empty: nobody."""
    name = (wanted.voice or "").strip()
    if not name:
        return None
    known = [v for v in reading.voices if v.name == name and wanted.type in (None, v.type)]
    return Speaker(known[0].name, known[0].type, known[0].id) if known else Speaker(name, wanted.type)
