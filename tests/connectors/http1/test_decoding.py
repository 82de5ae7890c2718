"""Bodies that were compressed, within bounds."""

import gzip
import tracemalloc
import zlib

import pytest

from connectors.http1.decoding import decoded
from connectors.http1.errors import MalformedError, TooLargeError


def test_no_more_is_made_than_is_taken() -> None:
    """Twenty megabytes in twenty kilobytes: what is kept in memory stays near the bound."""
    bomb = gzip.compress(b"0" * 20_000_000)
    tracemalloc.start()

    with pytest.raises(TooLargeError):
        decoded(bomb, b"gzip", most=100_000)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000


def test_the_bound_itself_is_taken() -> None:
    """And one byte more is not."""
    assert len(decoded(gzip.compress(b"0" * 1000), b"gzip", most=1000)) == 1000
    with pytest.raises(TooLargeError):
        decoded(gzip.compress(b"0" * 1001), b"gzip", most=1000)


@pytest.mark.parametrize(
    "body", [b"x", b"\x78\x9c", zlib.compress(b"x" * 99)[:-1], gzip.compress(b"x", mtime=0) * 2], ids=range(4)
)
@pytest.mark.parametrize("coding", [b"gzip", b"deflate", b"br", b"gzip, gzip", b""])
def test_what_is_not_so_encoded_is_refused(body: bytes, coding: bytes) -> None:
    """Cut, foreign, followed by something, or in an encoding that was not asked for."""
    with pytest.raises(MalformedError):
        decoded(body, coding)
