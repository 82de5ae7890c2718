"""How long there is still time: one deadline a request, handed down to every call it causes."""

import time
from typing import Self

import msgspec


class Deadline(msgspec.Struct, frozen=True, gc=False):
    """A moment on the monotonic clock, in seconds."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Self:
        """The deadline that many seconds from now."""
        return cls(time.monotonic() + seconds)

    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.at - time.monotonic())

    def sooner(self, seconds: float) -> "Deadline":
        """This deadline, or the one ``seconds`` from now if that is earlier."""
        other = time.monotonic() + seconds
        return self if self.at <= other else Deadline(other)
