"""When Python looks for circular garbage: seldom, and not at what stays anyway.

Each request makes thousands of objects that die by themselves. By default Python stops every 700 of them to look for
circles, now and then through the whole heap: the schema, the plans, the cache. That costs more than a small request,
and while modules are read, which stay to the end, a quarter of the start.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG, _MIDDLE, _OLD = 50_000, 20, 100


@contextmanager
def staying() -> Iterator[None]:
    """What the block makes is set aside for good, and nothing is looked for meanwhile.

    The few circles that fall apart in the block stay too: finding them takes longer than they are worth.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def tune() -> None:
    """Set what is here now aside for good, and look less often. For a process that serves, once, when it is put up."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
