"""What stands between the reading room and whoever asks: hosts, keys, sizes, and what a browser may do with a page."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 64 * 2**20
"""Bytes of a request, with all its files."""

_TOO_LARGE = "That is more than 64 MiB at once."

TOKEN = "x-sayso-token"
"""The header, or field of a form, in which a page of ours shows that it is one."""

_KEY_COOKIE = "sayso-key"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with none, forms would come from nowhere ("Origin: null")
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may come in. `hosts` are the names, with port, under which the room is known; anything else in a request's
    Host header is another site's trick (DNS rebinding). `key` is what a visitor must bring where the room can be
    reached from other machines, None where it cannot. `token` stands in every page of ours, and must come back with
    whatever changes something."""

    hosts: frozenset[str]
    key: str | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def is_token(self, given: str | None) -> bool:
        """Whether that is our token."""
        return given is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def is_key(self, given: str | None) -> bool:
        """Whether a visitor with that key may come in."""
        return self.key is None or (given is not None and hmac.compare_digest(given.encode(), self.key.encode()))


class Guard:
    """Lets a request in, or says why not; and tells the browser what our pages may do."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app, self._rules = app, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        await self._app(scope, _limited(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        """Why this request is not let in; None if it is. Nothing of its body is read for that."""
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._rules.hosts:
            return _refused(scope, 421, "This is not the site that you asked for.")
        if (key := _key_in_address(scope)) is not None and self._rules.key is not None:
            return (
                _entered(key, scope["path"])
                if self._rules.is_key(key)
                else _refused(scope, 403, "That is not the key.")
            )
        if not self._rules.is_key(_key_in_cookie(headers)):
            return _refused(scope, 403, "This reading room has a key: open the address that `sayso open` printed.")
        if _too_large(headers.get("content-length")):
            return _refused(scope, 413, _TOO_LARGE)
        if scope["method"] not in _SAFE and not self._is_ours(headers):
            return _refused(scope, 403, "Only the reading room’s own pages can change something. Load the page again.")
        return None

    def _is_ours(self, headers: Headers) -> bool:
        """Whether a request that changes something may come from a page of ours. A form's token is looked at where the
        form is read; here it is enough that no other site sent it."""
        origin = headers.get("origin")
        if origin is not None and origin.partition("://")[2].lower() not in self._rules.hosts:
            return False
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        sent_by_script = headers.get(TOKEN)
        is_form = headers.get("content-type", "").partition(";")[0] in (
            "multipart/form-data",
            "application/x-www-form-urlencoded",
        )
        return self._rules.is_token(sent_by_script) if sent_by_script is not None else is_form


def _refused(scope: Scope, status: int, sentence: str) -> Response:
    if scope["path"].startswith("/api/"):
        return JSONResponse({"detail": sentence}, status)
    return PlainTextResponse(sentence + "\n", status)


def _entered(key: str, path: str) -> Response:
    """Remember the key, and show the page without it in its address."""
    response = RedirectResponse(path if path.startswith("/") and not path.startswith("//") else "/", 303)
    response.set_cookie(_KEY_COOKIE, key, httponly=True, samesite="strict")
    return response


def _key_in_address(scope: Scope) -> str | None:
    return QueryParams(scope.get("query_string", b"")).get("key")


def _key_in_cookie(headers: Headers) -> str | None:
    return cookie_parser(headers.get("cookie", "")).get(_KEY_COOKIE)


def _too_large(length: str | None) -> bool:
    return length is not None and (not length.isdigit() or int(length) > LARGEST)


def _limited(receive: Receive) -> Receive:
    """The request's body, as far as it is not too large."""
    size = 0

    async def limited() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST:
            raise HTTPException(413, _TOO_LARGE)
        return message

    return limited


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sent


def field_token(form: Mapping[str, Any]) -> str | None:
    """The token in a form's fields."""
    value = form.get(TOKEN)
    return value if isinstance(value, str) else None
