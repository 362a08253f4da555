"""What servers send: counted, and unpacked in pieces of bounded size."""

from __future__ import annotations

import gzip
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.web.body import at_most, unpacked
from sayso.intake.web.failure import NotFetched


@given(st.binary(max_size=2000), st.integers(1, 400))
def test_what_was_packed_comes_out_again_however_it_is_cut(data: bytes, size: int) -> None:
    packed = gzip.compress(data)
    assert b"".join(unpacked(packed[at : at + size] for at in range(0, len(packed), size))) == data


@given(st.binary(max_size=300), st.integers(0, 300), st.integers(0, 255))
def test_damaged_or_not_it_never_crashes(data: bytes, at: int, byte: int) -> None:
    packed = bytearray(gzip.compress(data))
    packed[at % len(packed)] = byte
    for sent in (bytes(packed), data, bytes(packed[:at])):
        with suppress(NotFetched):
            b"".join(unpacked([sent]))


def test_nothing_at_all_is_nothing() -> None:
    assert list(unpacked([])) == []
    assert list(unpacked([b"", b""])) == []


@pytest.mark.parametrize("behind", [[b"more"], [gzip.compress(b"b")]])
def test_what_stands_behind_is_not_passed_over_in_silence(behind: list[bytes]) -> None:
    packed = gzip.compress(b"a")
    for pieces in ([packed, *behind], [packed + behind[0]]):
        with pytest.raises(NotFetched, match="something else behind it"):
            list(unpacked(pieces))


def test_a_bomb_goes_off_in_small_pieces() -> None:
    bomb = gzip.compress(bytes(1 << 26), 9)
    tracemalloc.start()
    try:
        size = sum(map(len, unpacked([bomb])))
        assert size == 1 << 26
        assert tracemalloc.get_traced_memory()[1] < 1 << 22
        with pytest.raises(NotFetched, match="it is larger than 4 MB"):
            list(at_most(unpacked([bomb]), 1 << 22, "it"))
    finally:
        tracemalloc.stop()


def test_exactly_as_much_as_there_may_be() -> None:
    assert list(at_most([b"ab", b"", b"c"], 3, "it")) == [b"ab", b"", b"c"]
    with pytest.raises(NotFetched, match="it is larger than"):
        list(at_most([b"ab", b"cd"], 3, "it"))
