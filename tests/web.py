"""A little web on loopback: sites that answer what a test tells them, and names that lead where it says."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from sayso.intake.web.network import Network

PRESS, MIRROR, OTHER = "93.184.215.14", "151.101.1.164", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
"""Numbers on the open internet; here they lead to servers on loopback."""

NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Believes no certificate at all."""

Reply = bytes | Callable[[socket.socket], None]


def page(
    body: bytes = b"The dam will hold, the mayor said.", *headers: str, status: str = "200 OK", kind: str = "text/html"
) -> bytes:
    """An answer that is as it should be."""
    head = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body


def redirect(to: str, status: str = "302 Found", *headers: str) -> bytes:
    """An answer that leads elsewhere."""
    return page(b"", f"Location: {to}", *headers, status=status)


class Server:
    """A web server that answers each target with the bytes it was given, or by the function it was given."""

    def __init__(self, replies: dict[str, Reply], tls: ssl.SSLContext | None = None) -> None:
        self.replies = {"/robots.txt": page(b"", status="404 Not Found"), **replies}
        self.asked: list[str] = []
        self.heads: list[str] = []
        self._tls = tls
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for thread in self._threads:
            thread.join(10)

    def pages(self) -> list[str]:
        """What was asked for, the robots.txt aside."""
        return [target for target in self.asked if target != "/robots.txt"]

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._answer, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(10)
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            with connection:
                head = b""
                while b"\r\n\r\n" not in head:
                    more = connection.recv(4096)
                    if not more:
                        return
                    head += more
                    if head.startswith(b"\x16"):  # somebody who wants TLS, which is not spoken here
                        connection.sendall(page(b"", status="400 Bad Request"))
                        return
                self.heads.append(head.decode("latin-1"))
                target = self.heads[-1].split(" ")[1]
                self.asked.append(target)
                reply = self.replies.get(target, page(b"", status="404 Not Found"))
                if callable(reply):
                    reply(connection)
                else:
                    connection.sendall(reply)


@dataclass
class Names:
    """Where names and numbers lead; what was looked up, dialled and waited for."""

    hosts: dict[str, Sequence[str] | Iterator[Sequence[str]]] = field(default_factory=dict)
    doors: dict[tuple[str, int], int] = field(default_factory=dict)
    looked_up: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def network(self, trust: ssl.SSLContext | None = None) -> Network:
        return Network(self.look_up, self.dial, trust or NOBODY, self.clock, self.sleep)

    def look_up(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        with suppress(OSError):
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
            return [str(where[0]) for *_, where in found]  # as a resolver does with a number, however it is spelt
        if host not in self.hosts:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        numbers = self.hosts[host]
        return next(numbers) if isinstance(numbers, Iterator) else numbers

    def dial(self, number: str, port: int, timeout: float) -> socket.socket:
        self.dialled.append((number, port))
        if (number, port) not in self.doors:
            raise ConnectionRefusedError(111, "Connection refused")
        return socket.create_connection(("127.0.0.1", self.doors[number, port]), timeout)

    def clock(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@contextmanager
def serving(*servers: Server) -> Iterator[None]:
    try:
        yield
    finally:
        for server in servers:
            server.close()
