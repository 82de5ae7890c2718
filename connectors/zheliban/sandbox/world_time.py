"""What time it is for the services of the sandbox: the world's day, and from then on as the clock runs."""

import time
from collections.abc import Callable

from connectors.sandbox.world import World


class WorldTime:
    """Begins at the world's ``today``; ``clock`` gives the platform's seconds since 1970."""

    def __init__(self, world: World, clock: Callable[[], float] = time.time) -> None:
        self.begun = world.today.timestamp()
        self._clock = clock
        self._started = clock()

    def now(self) -> float:
        """Seconds since 1970."""
        return self.begun + (self._clock() - self._started)
