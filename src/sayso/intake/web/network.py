"""How names are looked up and connections opened, as plain functions: tests put their own in their place."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl


def looked_up(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, best first. Raises OSError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def dialled(number: str, port: int, timeout: float) -> socket.socket:
    """A connection to an IP address. Raises OSError if there is none in time."""
    return socket.create_connection((number, port), timeout)


@dataclass(frozen=True, slots=True)
class Network:
    """The ways out. `trust` holds the certificates that are believed; those of the system if it is None."""

    look_up: Callable[[str, int], Sequence[str]] = looked_up
    dial: Callable[[str, int, float], socket.socket] = dialled
    trust: ssl.SSLContext | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
