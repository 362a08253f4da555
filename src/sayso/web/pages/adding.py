"""Adding reports: pasted, uploaded, or at an address; with how far it is."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path, PurePath
from typing import Annotated

import regex
from fastapi import APIRouter, Request
from fastapi import Path as Number
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso.documents import checked_date
from sayso.errors import InvalidMetadata
from sayso.intake.loaded import Metadata
from sayso.web.guard import field_token
from sayso.web.jobs import Jobs, TooMany, Wanted
from sayso.web.room import Room, room_of

router = APIRouter(include_in_schema=False)

MOST_FILES, MOST_FIELDS = 200, 40
_CHUNK = 1 << 20
_KNOWN = ("title", "outlet", "author", "published", "url")
_UNSAFE = regex.compile(r"[^\p{L}\p{N}._ -]")
_PLAIN = frozenset({".txt", ".text", ""})


@router.get("/add")
def page(request: Request) -> HTMLResponse:
    """The forms."""
    return _form(room_of(request))


@router.get("/add/{number}")
def job(request: Request, number: Annotated[int, Number(ge=1, lt=2**31)]) -> HTMLResponse:
    """How far an add is, and what became of what was added."""
    room = room_of(request)
    found = _jobs(request).job(number)
    if found is None:
        return room.html("said.html", 404, title="No such add", said="It is not remembered any more.")
    return room.html("job.html", job=found)


@router.post("/add")
async def add(request: Request) -> Response:
    """Begin to add what the form holds."""
    room, jobs = room_of(request), _jobs(request)
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=16 * _CHUNK)
    except HTTPException as error:
        return _form(room, error.detail, error.status_code)
    if not room.rules.is_token(field_token(form)):
        return _form(room, "The page was not from this reading room. Try again.", 403)
    folder = Path(tempfile.mkdtemp(prefix="sayso-"))
    try:
        wanted = await _wanted(form, folder)
        if not wanted:
            return _form(room, "There is nothing to add: paste a text, choose files, or give an address.", 400)
        number = (await run_in_threadpool(jobs.add, wanted, folder)).number
        folder = Path()
    except (InvalidMetadata, TooMany) as error:
        return _form(room, f"{str(error)[:1].upper()}{str(error)[1:]}.", 400)
    finally:
        if folder != Path():
            await run_in_threadpool(shutil.rmtree, folder, ignore_errors=True)
        await form.close()
    return RedirectResponse(f"/add/{number}", 303)


async def _wanted(form: FormData, folder: Path) -> list[Wanted]:
    """What the form asks for, its files written into the folder. Raises InvalidMetadata."""
    known = {name: value.strip() for name in _KNOWN if isinstance(value := form.get(name), str) and value.strip()}
    if "published" in known:
        checked_date(known["published"])
    found: list[Wanted] = []
    text, address = form.get("text"), form.get("address")
    if isinstance(text, str) and text.strip():
        path = folder / "pasted.txt"
        path.write_text(text.replace("\r\n", "\n"), "utf-8", "replace")
        found.append(Wanted(str(path), "the pasted text", Metadata(**{"title": "Pasted text"} | known)))
    if isinstance(address, str) and address.strip():
        if not address.strip().lower().startswith(("https://", "http://")):
            raise InvalidMetadata("an address begins with https://")
        found.append(Wanted(address.strip(), address.strip(), Metadata(**known)))
    for number, file in enumerate(form.getlist("files")):
        if isinstance(file, UploadFile) and file.filename:
            found.append(await _written(file, folder / str(number), known))
    return found


async def _written(file: UploadFile, folder: Path, known: dict[str, str]) -> Wanted:
    """An uploaded file, on the disk under a name that cannot lead anywhere."""
    name = _UNSAFE.sub("_", PurePath((file.filename or "").replace("\\", "/")).name).strip(". ")[-120:] or "report"
    folder.mkdir()
    with (folder / name).open("wb") as target:
        while chunk := await file.read(_CHUNK):
            target.write(chunk)
    path = folder / name
    titled = {"title": path.stem} if path.suffix.lower() in _PLAIN else {}
    return Wanted(str(path), name, Metadata(**titled | known))


def _form(room: Room, said: str = "", status: int = 200) -> HTMLResponse:
    return room.html("add.html", status, said=said)


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs
