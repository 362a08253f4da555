"""The reading room put together: pages, pictures, API and what guards them, as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import resources

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from sayso.errors import InvalidSearch, NotInLedger, SaysoError
from sayso.render.page import SCRIPT, STYLE
from sayso.version import __version__
from sayso.web import api, charts, correcting
from sayso.web.guard import Guard
from sayso.web.jobs import Jobs
from sayso.web.pages import adding, claims, documents, finding, naming, network, outlets, taking, timeline, voices
from sayso.web.room import Room

_THREADS = 8
"""So many questions are asked at once: more would only wait for each other, and for the connections of a ledger."""
_PAGES = (finding, documents, voices, outlets, claims, naming, timeline, network, taking)


def app(room: Room) -> Guard:
    """The application that shows `room`; whoever serves it closes the room's ledger afterwards."""

    @asynccontextmanager
    async def going(application: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = _THREADS
        yield
        await run_in_threadpool(application.state.jobs.close)

    made = FastAPI(
        title="Sayso", version=__version__, lifespan=going, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json",
        description="What a ledger of news reports holds: who said what, by whom handed on, where it stands.",
    )  # fmt: skip
    made.state.room, made.state.jobs = room, Jobs(room.ledger, room.forget)
    for page in (*_PAGES, *([adding] if room.writable else [])):
        made.include_router(page.router)
    made.include_router(charts.router)
    made.include_router(api.router)
    if room.writable:
        made.include_router(correcting.api)
        made.include_router(correcting.pages)
    made.get(f"/static/{STYLE}", include_in_schema=False)(_of_page(STYLE, "text/css"))
    made.get(f"/static/{SCRIPT}", include_in_schema=False)(_of_page(SCRIPT, "text/javascript"))
    made.mount("/static", StaticFiles(packages=[("sayso.web", "static")]), name="static")
    made.add_exception_handler(HTTPException, _failed)
    made.add_exception_handler(RequestValidationError, _misasked)
    made.add_exception_handler(SaysoError, _refused)
    return Guard(made, room.rules)


def _of_page(name: str, kind: str) -> Callable[[], Response]:
    """What serves a file of the reading page."""
    content = resources.files("sayso.render.page").joinpath(name).read_bytes()

    def served() -> Response:
        return Response(content, media_type=kind, headers={"cache-control": "no-cache"})

    return served


def _said(request: Request, status: int, title: str, sentence: str) -> Response:
    """A sentence, as JSON to whoever asks the API, as a page to whoever reads."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": sentence}, status)
    room: Room = request.app.state.room
    return room.html("said.html", status, title=title, said=sentence)


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    titles = {404: "There is no such page", 405: "That cannot be done here"}
    response = _said(request, error.status_code, titles.get(error.status_code, "That cannot be done"), error.detail)
    response.headers.update(error.headers or {})
    return response


async def _misasked(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if request.url.path.startswith("/api/"):
        details = [{"loc": list(e["loc"]), "msg": e["msg"], "type": e["type"]} for e in error.errors()]
        return JSONResponse({"detail": details}, 422)
    wrong = "; ".join(f"{e['loc'][-1]}: {e['msg'].lower()}" for e in error.errors())
    return _said(request, 422, "That cannot be asked", f"{wrong}.")


async def _refused(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, NotInLedger) else 400 if isinstance(error, InvalidSearch) else 500
    return _said(request, status, "That cannot be done", f"{error}.")
