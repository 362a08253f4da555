"""The only file that knows httpx2: one request, on a connection to a number that was checked.

Whatever an address says, a connection is opened in one place (`_Guard.connect_tcp`), to an IP address that has just
been looked up and found public; the name is not looked up again, so no answer that changes in between (DNS rebinding)
leads inside. TLS still asks for the certificate of the name. Each request has a connection of its own: between two to
one host lies a pause anyway. Proxies that the environment names are not used, since a proxy looks names up by itself
and would be asked for inner machines as well.
"""

from __future__ import annotations

import codecs
import math
import re
import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import httpcore2
import httpx2

from sayso.intake.web.addresses import Address
from sayso.intake.web.body import PACKED, at_most, too_large, unpacked
from sayso.intake.web.failure import NotFetched
from sayso.intake.web.limits import Limits
from sayso.intake.web.network import Network
from sayso.intake.web.public import is_number, not_public

PROJECT = "https://pypi.org/project/sayso/"
_HEADERS = {
    "User-Agent": f"sayso/{version('sayso')} (+{PROJECT})",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": PACKED,
}
_MEDIA_TYPE = re.compile(r"\s*([\w.+-]+/[\w.+-]+)\s*(?:;|$)", re.ASCII)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]+)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers. `pieces` are the body, unpacked; NotFetched is raised among them if it breaks off or
    becomes too large."""

    status: int
    location: str | None
    media_type: str | None
    charset: str | None
    pieces: Iterator[bytes]


class Wire:
    """Requests to the web, one at a time."""

    def __init__(self, limits: Limits, network: Network) -> None:
        self._limits = limits
        self._guard = _Guard(limits, network)
        pool = httpcore2.ConnectionPool(
            ssl_context=network.trust or httpx2.create_ssl_context(),
            network_backend=self._guard,
            max_keepalive_connections=0,
        )
        timeout = httpx2.Timeout(limits.read, connect=limits.connect)
        self._client = httpx2.Client(transport=_Transport(pool), headers=_HEADERS, timeout=timeout, trust_env=False)

    def close(self) -> None:
        """Let everything go."""
        self._client.close()

    def forget(self) -> None:
        """Forget the cookies: they are kept from a redirect to where it leads, and no longer."""
        self._client.cookies.clear()

    @contextmanager
    def get(self, address: Address, until: float) -> Iterator[Answer]:
        """The answer to a request, to be read inside the block, before the network's clock says `until`.

        Raises NotFetched with the reason if there is none.
        """
        self._guard.until = until
        try:
            with self._client.stream("GET", str(address)) as response:
                said = response.headers.get("content-type", "")
                yield Answer(
                    response.status_code,
                    response.headers.get("location"),
                    _media_type(said),
                    _charset(said),
                    self._pieces(response),
                )
        except httpcore2.ProtocolError as error:
            raise NotFetched(_broken(error)) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise NotFetched(f"it cannot be asked for ({error})") from error

    def _pieces(self, response: httpx2.Response) -> Iterator[bytes]:
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and len(announced) < 20 and int(announced) > self._limits.wire:
            raise too_large("it", self._limits.wire)
        pieces = at_most(response.iter_raw(), self._limits.wire, "it")
        packing = response.headers.get("content-encoding", "").strip().lower()
        if packing in ("gzip", "x-gzip"):
            pieces = at_most(unpacked(pieces), self._limits.unpacked, "what it unpacks to")
        elif packing not in ("", "identity"):
            raise NotFetched(f"it is packed in a way that was not asked for ({packing[:40]})")
        yield from pieces


class _Guard(httpcore2.NetworkBackend):
    """Opens connections, to public addresses only; nothing on them takes longer than `until`."""

    def __init__(self, limits: Limits, network: Network) -> None:
        self.until = 0.0
        self._limits = limits
        self._network = network

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore2.NetworkStream:
        """A connection to the first of the host's addresses that is public and answers."""
        problem: OSError | None = None
        for number in self._numbers(host, port):
            try:
                return _Stream(self, self._network.dial(number, port, self.left(self._limits.connect)))
            except OSError as error:
                problem = error
        raise NotFetched(self._no_connection(problem)) from problem

    def left(self, most: float) -> float:
        """How many seconds the next step may take."""
        left = self.until - self._network.clock()
        if left <= 0:
            raise self.late(0)
        return min(most, left)

    def late(self, waited: float) -> NotFetched:
        """What to raise when a step has used up its time."""
        if self._network.clock() >= self.until:
            return NotFetched(f"it took longer than {self._limits.whole:g} seconds")
        return NotFetched(f"it has been silent for {waited:g} seconds")

    def _numbers(self, host: str, port: int) -> list[str]:
        try:
            numbers = [host] if is_number(host) else self._network.look_up(host, port)
        except (OSError, UnicodeError) as error:
            raise NotFetched(f"there is no host {host}") from error
        if self._limits.allow_private:
            return list(numbers)
        reasons = {number: not_public(number) for number in numbers}
        public = [number for number, reason in reasons.items() if reason is None]
        if not public:
            raise NotFetched(_inside(host, reasons))
        return public

    def _no_connection(self, problem: OSError | None) -> str:
        if isinstance(problem, TimeoutError):
            return f"it does not answer within {self._limits.connect:g} seconds"
        if isinstance(problem, ConnectionRefusedError):
            return "nobody answers there (connection refused)"
        return "no connection can be made" + (f" ({(problem.strerror or str(problem)).lower()})" if problem else "")


class _Stream(httpcore2.NetworkStream):
    """A connection. What fails on it is said in a sentence."""

    def __init__(self, guard: _Guard, connection: socket.socket) -> None:
        self._guard = guard
        self._connection = connection

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with self._step(timeout):
            return self._connection.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with self._step(timeout):
            self._connection.sendall(buffer)

    def close(self) -> None:
        self._connection.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> _Stream:
        try:
            with self._step(timeout):
                return _Stream(self._guard, ssl_context.wrap_socket(self._connection, server_hostname=server_hostname))
        except BaseException:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        return None

    @contextmanager
    def _step(self, timeout: float | None) -> Iterator[None]:
        seconds = self._guard.left(math.inf if timeout is None else timeout)
        self._connection.settimeout(seconds)
        try:
            yield
        except TimeoutError as error:
            raise self._guard.late(seconds) from error
        except ssl.SSLCertVerificationError as error:
            raise NotFetched(f"its certificate is not to be trusted ({error.verify_message.rstrip('.')})") from error
        except ssl.SSLError as error:
            raise NotFetched(f"it speaks no TLS that can be used ({(error.reason or str(error)).lower()})") from error
        except OSError as error:
            raise NotFetched("the connection broke off") from error


class _Transport(httpx2.BaseTransport):
    """httpx2's own, but for the pool, which has to be ours."""

    def __init__(self, pool: httpcore2.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        assert isinstance(self._answer.stream, Iterable)
        yield from self._answer.stream

    def close(self) -> None:
        self._answer.close()


def _inside(host: str, reasons: dict[str, str | None]) -> str:
    number, reason = next(iter(reasons.items()), ("", None))
    if reason is None:
        return f"there is no host {host}"
    where = number if number == host else f"{host} is {number}, which"
    return f"{where} is {reason}: say --allow-private to read from there"


def _broken(error: Exception) -> str:
    said = str(error)
    if "disconnected" in said or "closed connection" in said:
        return "the connection broke off before all of it had come"
    return f"it does not answer as a web server does ({said[:100]})"


def _media_type(said: str) -> str | None:
    match = _MEDIA_TYPE.match(said)
    return match[1].lower() if match else None


def _charset(said: str) -> str | None:
    match = _CHARSET.search(said)
    try:
        return codecs.lookup(match[1]).name if match else None
    except (LookupError, ValueError):
        return None
