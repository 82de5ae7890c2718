"""Time that passes when a test says so."""

from dataclasses import dataclass


@dataclass
class Clock:
    """Monotonic seconds."""

    now: float = 1000.0

    def __call__(self) -> float:
        """What time it is."""
        return self.now
