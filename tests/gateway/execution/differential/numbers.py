"""The numbers of generated operations: always the same in ``make test``, others every time in ``make verify``."""

import os
from collections.abc import Sequence
from secrets import randbelow

CHUNKS = range(4)
VERIFIED_CHUNKS = range(20)
"""Tests of a chunk each, so that processes can share them."""
BASE = "DIFFERENTIAL_BASE"
"""The variable that repeats a run of ``make verify``."""


def numbers(chunk: int, size: int, base: int = 0) -> Sequence[int]:
    """Those of one chunk."""
    return range(base + chunk * size, base + (chunk + 1) * size)


def random_base() -> int:
    """Where this chunk begins to count, said with ``-s``; a failure tells the number itself."""
    base = int(os.environ.get(BASE) or randbelow(2**40))
    print(f"{BASE}={base}")  # noqa: T201 - asked for with -s, and shown of what fails
    return base
