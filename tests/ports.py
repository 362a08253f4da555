"""Ports on this machine, for servers that tests start."""

from __future__ import annotations

import socket


def free() -> int:
    """One that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def listens(port: int) -> bool:
    """Whether somebody listens there by now."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
