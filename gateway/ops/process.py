"""What this process is about: whether it takes requests, whether it is on its way out, who listens."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Process:
    """One per process; who opens and ends it keeps it right. ``subscriptions`` counts who listens."""

    subscriptions: Callable[[], int]
    opened: bool = False
    draining: bool = False

    @property
    def ready(self) -> bool:
        """Whether new requests may be sent here."""
        return self.opened and not self.draining
