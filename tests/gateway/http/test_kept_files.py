"""Files that are read in parts are fetched once, for one person, for a moment."""

import pytest

from gateway.http.kept_files import KeptFiles

FILE = ("attachment", "A1")
HALF = 8 * 1024 * 1024


class Shelf:
    """Where files are read; counts how often."""

    def __init__(self, size: int = 1) -> None:
        self.reads = 0
        self.size = size

    async def __call__(self) -> tuple[str, bytes]:
        """Read one."""
        self.reads += 1
        return "audio/mp4", bytes(self.size)


async def test_parts_are_of_one_reading() -> None:
    """Until a moment is over."""
    now, shelf = [0.0], Shelf()
    kept = KeptFiles(lambda: now[0])

    for at in (0.0, 14.0, 16.0):
        now[0] = at
        assert await kept.read((*FILE, "p1"), shelf) == ("audio/mp4", b"\0")

    assert shelf.reads == 2


async def test_nobody_is_given_what_another_read() -> None:
    """Each person's rights are asked for."""
    kept, shelf = KeptFiles(), Shelf()

    for person in ("p1", "p2", None):
        await kept.read((*FILE, person), shelf)

    assert shelf.reads == 3


async def test_only_so_much_is_kept() -> None:
    """The oldest goes first; a file that is too large alone is not kept at all."""
    kept, shelf = KeptFiles(), Shelf(HALF)

    for person in ("p1", "p2", "p3", "p2", "p1"):
        await kept.read((*FILE, person), shelf)
    huge = Shelf(3 * HALF)
    for _ in range(2):
        await kept.read((*FILE, "p4"), huge)

    assert (shelf.reads, huge.reads) == (4, 2)


async def test_a_failure_is_not_kept() -> None:
    """The next part asks again."""
    kept, shelf = KeptFiles(), Shelf()

    async def ill() -> tuple[str, bytes]:
        raise LookupError

    with pytest.raises(LookupError):
        await kept.read((*FILE, "p1"), ill)
    await kept.read((*FILE, "p1"), shelf)

    assert shelf.reads == 1
