"""What all pages share: the ledger or the one report, the templates, what a visitor may do."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import HTMLResponse

from sayso.ledger import Ledger
from sayso.render.wording import counted
from sayso.version import __version__
from sayso.web.guard import TOKEN, Rules
from sayso.web.shown import share

P = ParamSpec("P")
T = TypeVar("T")

_KEPT, _SECONDS = 256, 60.0


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("sayso.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"share": share, "address": address}
    made.globals |= {"version": __version__, "token_field": TOKEN, "counted": counted}
    return made


def address(path: str, **query: object) -> str:
    """An address of the reading room; what is None is left out."""
    given = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path


@dataclass(slots=True)
class _Kept:
    """An answer, once it is there, and when it was asked for."""

    answers: list[Any] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)
    lock: Lock = field(default_factory=Lock)


@dataclass(frozen=True, slots=True)
class Room:
    """An open reading room: its ledger, what that is called, who may come in, whether anything may be changed, and by
    whom changes are said to be."""

    ledger: Ledger
    name: str
    rules: Rules
    writable: bool = True
    by: str | None = None
    _templates: Environment = field(default_factory=_environment)
    _kept: OrderedDict[Hashable, _Kept] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def html(self, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """A page made of a template."""
        page = self._templates.get_template(template).render(room=self, token=self.rules.token, **context)
        return HTMLResponse(page.encode("utf-8", "replace"), status)

    def ask(self, question: Callable[Concatenate[Connection, P], T], *asked: P.args, **more: P.kwargs) -> T:
        """What the ledger answers to a question, asked with these values."""
        with self.ledger.reads() as connection:
            return question(connection, *asked, **more)

    def kept(self, question: Callable[Concatenate[Connection, P], T], *asked: P.args, **more: P.kwargs) -> T:
        """The same, for a minute without asking again: how much there is of everything takes a while to count."""
        key = question, asked, tuple(sorted(more.items()))
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or time.monotonic() - kept.since > _SECONDS:
                kept = self._kept[key] = _Kept()
                self._kept.move_to_end(key)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        with kept.lock:  # whoever asks the same meanwhile waits for that answer
            if not kept.answers:
                kept.answers.append(self.ask(question, *asked, **more))
        answer: T = kept.answers[0]
        return answer

    def forget(self) -> None:
        """What was kept is no longer so."""
        with self._lock:
            self._kept.clear()


def room_of(request: Request) -> Room:
    """The room that a request came into."""
    room: Room = request.app.state.room
    return room
