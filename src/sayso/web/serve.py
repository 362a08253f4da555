"""Where the reading room is to be found, and serving it there: the only file that knows the web server."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from sayso.errors import SaysoError
from sayso.web.app import app
from sayso.web.guard import Rules
from sayso.web.room import Room, address

_MOST_AT_ONCE = 400
"""Connections; whoever comes beyond that is told to come again."""
_PATIENCE = 15
"""Seconds that an idle connection is kept."""
_HEAD = 64 * 1024
"""Bytes of a request before its body."""
_ANY = frozenset({"0.0.0.0", "::"})
_HERE = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Place:
    """An address of this machine, and the socket that listens there."""

    host: str
    listening: socket.socket

    @classmethod
    @contextmanager
    def at(cls, host: str, port: int) -> Iterator[Place]:
        """Listen there, at any port that is free if it is 0. Raises SaysoError with the sentence that says why not."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # The protocol is named, since asyncio sends at once (TCP_NODELAY) only where it is: else 40 ms an answer.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        with listening:
            try:
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listening.bind((host.strip("[]"), port))
                listening.listen(512)
            except OSError as error:
                why = (error.strerror or str(error)).lower()
                raise SaysoError(f"{host}:{port}: the reading room cannot be opened there ({why})") from error
            yield cls(host, listening)

    @property
    def port(self) -> int:
        """Where it listens."""
        found: int = self.listening.getsockname()[1]
        return found

    def rules(self, key: str | None) -> Rules:
        """Who may come in: whoever asks for a name of this machine, with the key if there is one."""
        names = {name.lower() for name in _HERE | self._names()}
        without_port = names if self.port == 80 else set()
        return Rules(frozenset({f"{name}:{self.port}" for name in names} | without_port), key)

    def address(self, path: str, key: str | None) -> str:
        """The address of a page, for people."""
        shown = socket.gethostname() if self.host in _ANY else _bracketed(self.host)
        return f"http://{shown}:{self.port}{address(path, key=key)}"

    def serve(self, room: Room) -> None:
        """Serve until interrupted."""
        configuration = uvicorn.Config(
            app(room), log_level="warning", access_log=False, limit_concurrency=_MOST_AT_ONCE,
            timeout_keep_alive=_PATIENCE, h11_max_incomplete_event_size=_HEAD, server_header=False,
            timeout_graceful_shutdown=5, ws="none", proxy_headers=False, http="h11",
        )  # fmt: skip
        uvicorn.Server(configuration).run(sockets=[self.listening])

    def _names(self) -> set[str]:
        """Under which names this machine may be asked for from others."""
        if is_loopback(self.host):
            return set()
        names = {_bracketed(self.host), socket.gethostname(), socket.getfqdn()}
        if self.host in _ANY:
            try:
                names |= {_bracketed(str(at[0])) for *_, at in socket.getaddrinfo(socket.gethostname(), None)}
            except OSError:  # it does not know its own name
                return names
        return names


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine can reach that address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
