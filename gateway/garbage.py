"""When Python looks for circular garbage: seldom, and not at what stays anyway.

Each request makes thousands of objects that die by themselves. By default Python stops every 700 of them to look for
circles, now and then through the whole heap: the schema, the plans, the cache. That costs more than a small request.
"""

import gc

_YOUNG, _MIDDLE, _OLD = 50_000, 20, 100


def tune() -> None:
    """Set what is here now aside for good, and look less often. For a process that serves, once, when it is put up."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
