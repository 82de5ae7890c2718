"""How much each of many has used up lately: one number for each, and a few arithmetic steps for each request."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

MOST_KEYS = 50_000
_SPARED = 0.9
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Policy:
    """``quota`` units in each ``window`` of seconds; as much as comes back in ``burst`` seconds may go at once.

    ``unit`` is None where requests are counted.
    """

    name: str
    quota: int
    window: int
    burst: float
    unit: str | None = None

    @property
    def told(self) -> str:
        """As a member of the header RateLimit-Policy."""
        unit = f';qu="{self.unit}"' if self.unit else ""
        return f'"{self.name}";q={self.quota};w={self.window}{unit}'


class Buckets:
    """One bucket for each key, filling again evenly (the generic cell rate algorithm); for one event loop.

    What is kept of a key is the moment at which its bucket will be full: what is full already is as good as forgotten,
    and forgotten when there are too many. If all of them are in use the oldest go, which forgives them: whoever comes
    from a million addresses is not stopped by counting addresses.
    """

    __slots__ = ("_burst", "_each", "_full_at", "_most", "_name", "_untold", "clock", "policy", "policy_told")

    def __init__(
        self, policy: Policy, clock: Clock = time.monotonic, *, shared: bool = False, most: int = MOST_KEYS
    ) -> None:
        self.policy = policy
        self.policy_told = policy.told
        self.clock = clock
        self._each = policy.window / policy.quota
        self._burst = policy.burst
        self._name = f'"{policy.name}";r='
        self._full_at: dict[str, float] = {}
        self._most = most
        self._untold: dict[str, float] | None = {} if shared else None

    def __len__(self) -> int:
        return len(self._full_at)

    def take(self, key: str, amount: float = 1) -> float:
        """Take so much out: 0 where it was there, else nothing is taken and it is in so many seconds.

        What is more than a bucket ever holds is given out of a full one, which then takes so much longer to fill.
        """
        now = self.clock()
        full_at = max(self._full_at.get(key, 0.0), now)
        seconds = amount * self._each
        held = self._burst - seconds
        wait = full_at - now - (held if held > 0 else 0.0)
        if wait > _NOTHING:
            return wait
        self._note(key, full_at + seconds, seconds)
        return 0.0

    def spend(self, key: str, amount: float) -> None:
        """Take so much out whether it is there or not; less than nothing gives back."""
        now = self.clock()
        seconds = amount * self._each
        self._note(key, max(self._full_at.get(key, 0.0), now) + seconds, seconds)

    def wait(self, key: str, amount: float = 1) -> float:
        """How long until ``take`` would give it; nothing is taken."""
        missing = self._full_at.get(key, 0.0) - self.clock()
        return max(0.0, missing - max(0.0, self.policy.burst - amount * self._each))

    def told(self, key: str) -> str:
        """What is left of a key, as a member of the header RateLimit: units now, seconds until all are there."""
        missing = self._full_at.get(key, 0.0) - self.clock()
        if missing <= 0:
            return f"{self._name}{int(self._burst / self._each + _NOTHING)};t=0"
        left = int((self._burst - missing) / self._each + _NOTHING)
        return f"{self._name}{max(0, left)};t={math.ceil(missing)}"

    def untold(self) -> dict[str, float]:
        """Seconds of filling that were used up since this was asked last, by key; for who shares them."""
        told, self._untold = self._untold or {}, {}
        return told

    def lacking(self) -> list[str]:
        """The keys whose buckets are not full."""
        now = self.clock()
        return [key for key, full_at in self._full_at.items() if full_at > now]

    def missing(self, key: str) -> float:
        """How many seconds of filling a bucket lacks by what is known here."""
        return max(0.0, self._full_at.get(key, 0.0) - self.clock())

    def learn(self, key: str, seconds: float) -> None:
        """Take over how much a bucket lacks by what all know; what went out here meanwhile was not told yet."""
        meanwhile = (self._untold or {}).get(key, 0.0)
        self._full_at[key] = self.clock() + seconds + meanwhile

    def _note(self, key: str, full_at: float, seconds: float) -> None:
        self._full_at[key] = full_at
        if self._untold is not None:
            self._untold[key] = self._untold.get(key, 0.0) + seconds
        if len(self._full_at) > self._most:
            self._forget()

    def _forget(self) -> None:
        now = self.clock()
        left = {key: full_at for key, full_at in self._full_at.items() if full_at > now}
        spared = int(self._most * _SPARED)
        self._full_at = dict(list(left.items())[-spared:]) if len(left) > spared else left
        if self._untold is not None:
            self._untold = {key: used for key, used in self._untold.items() if key in self._full_at}


_NOTHING = 1e-6
"""Seconds and units that are rounding."""
