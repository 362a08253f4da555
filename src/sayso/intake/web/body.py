"""What a server sends, piece by piece, and no more of it than it may be: unpacked here, because a library that unpacks
each piece at one go makes a thousand times its size of it before anybody can object."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from sayso.intake.web.failure import NotFetched
from sayso.intake.web.limits import MEGABYTE

PACKED = "gzip"
"""The one way of packing that Sayso asks for; it needs nothing but the standard library."""

_STEP = 1 << 18


def at_most(pieces: Iterable[bytes], most: int, what: str) -> Iterator[bytes]:
    """The same pieces; raises NotFetched, which says `what` is too large, before there are more than `most` bytes."""
    so_far = 0
    for piece in pieces:
        so_far += len(piece)
        if so_far > most:
            raise too_large(what, most)
        yield piece


def too_large(what: str, most: int) -> NotFetched:
    """What to raise when something is larger than it may be."""
    return NotFetched(f"{what} is larger than {most / MEGABYTE:g} MB")


def unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What was packed by gzip, in pieces of bounded size. Raises NotFetched if it is damaged or breaks off."""
    gzip = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    empty = True
    for piece in pieces:
        empty = empty and not piece
        if gzip.eof and piece:
            raise NotFetched("what it sent is packed (gzip) and has something else behind it")
        try:
            made = gzip.decompress(piece, _STEP)
            while made:
                yield made
                made = gzip.decompress(gzip.unconsumed_tail, _STEP)
        except zlib.error:
            raise NotFetched("what it sent is packed (gzip) and damaged") from None
        if gzip.unused_data:
            raise NotFetched("what it sent is packed (gzip) and has something else behind it")
    if not (gzip.eof or empty):
        raise NotFetched("what it sent is packed (gzip) and breaks off")
