"""Taking it elsewhere: what a search finds as a table, and all readings in the formats of other tools."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from sayso.exchange import EXCHANGES
from sayso.export.tables import FORMATS
from sayso.web.asked import Question
from sayso.web.pages.finding import found
from sayso.web.room import room_of

router = APIRouter(include_in_schema=False)

_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "parquet": "application/vnd.apache.parquet"}


@router.get("/found.{form}")
def table(request: Request, form: Literal["csv", "json", "parquet"], asked: Annotated[Question, Query()]) -> Response:
    """What a search finds, as a file."""
    return Response(
        FORMATS[form](found(room_of(request), asked)),
        media_type=_TYPES[form],
        headers={"content-disposition": f'attachment; filename="found.{form}"'},
    )


@router.get("/export/{form}")
def export(request: Request, form: str) -> Response:
    """All readings in the exchange format of that name; a folder comes as a ZIP."""
    room = room_of(request)
    known = EXCHANGES.get(form)
    if known is None:
        return room.html(
            "said.html", 404, title="There is no such format", said=f"Sayso writes {', '.join(EXCHANGES)}."
        )
    folder = Path(tempfile.mkdtemp(prefix="sayso-"))
    away = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    try:
        path = folder / f"readings{known.suffix}"
        room.ledger.export(form, path)
        if path.is_dir():
            path = Path(shutil.make_archive(str(folder / "zipped"), "zip", path))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(path, filename=f"{form}{path.suffix}", background=away)
