"""Leaves out what libraries read for their own look on a terminal, where nobody ever sees it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_LOOKS = ("rich", "httpx._main")
"""httpx reads its own command, and it and structlog read rich with its colours of source code; both do without."""


@contextmanager
def plainly() -> Iterator[None]:
    """What the block imports does without them, unless they are here already: 4 MB of a process that stays."""
    hidden = {name: None for name in _LOOKS if name not in sys.modules}
    sys.modules.update(hidden)  # type: ignore[arg-type]  # None is Python's own way to say: cannot be imported
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)
