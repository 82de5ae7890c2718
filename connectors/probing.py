"""Calls that only ask whether a platform is well, marked so that they can be told from those that people cause.

Whoever probes sets ``PROBING`` around it; the transport then names itself in ``User-Agent``, which no platform signs or
looks at. A sandbox does not count such a call, or call budgets could not be checked beside a gateway that probes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PROBE_AGENT = "tongxin-probe"
PROBING: ContextVar[bool] = ContextVar("probing", default=False)


@contextmanager
def probing() -> Iterator[None]:
    """Mark the calls made inside, those of tasks begun there too."""
    token = PROBING.set(True)
    try:
        yield
    finally:
        PROBING.reset(token)
