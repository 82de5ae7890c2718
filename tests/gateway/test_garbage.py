"""What the garbage collector is kept from."""

import gc
import weakref

from gateway.garbage import staying


class _Circle:
    def __init__(self) -> None:
        self.itself = self


def test_what_stays_is_not_looked_through() -> None:
    """Nothing is looked for inside the block, and what it made is set aside; afterwards all is as before."""
    before = gc.get_freeze_count()

    with staying():
        meanwhile = gc.isenabled()
        kept = _Circle()

    assert not meanwhile
    assert gc.isenabled()
    assert gc.get_freeze_count() > before
    assert kept not in gc.get_objects()


def test_what_comes_later_is_still_collected() -> None:
    """Only the block's own is set aside."""
    with staying():
        pass

    gone = weakref.ref(_Circle())
    gc.collect()

    assert gone() is None
