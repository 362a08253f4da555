"""How long, how much and how far: what reading an address may cost."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one address may cost, in seconds and bytes.

    `connect` is for a connection, `read` for each wait for more of an answer, `whole` for everything together, the
    pauses between requests aside. `wire` is how much may be sent, `unpacked` how much may become of it. `pause` lies
    between two requests to one host, or what its robots.txt asks for if that is more, up to `longest_pause`.
    `allow_private` lets requests go to this machine and its own network, and to any port there.
    """

    connect: float = 10.0
    read: float = 20.0
    whole: float = 120.0
    wire: int = 64 * MEGABYTE
    unpacked: int = 256 * MEGABYTE
    redirects: int = 10
    pause: float = 1.0
    longest_pause: float = 60.0
    allow_private: bool = False
