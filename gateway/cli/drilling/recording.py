"""What a drill saw, as plain data. Times are seconds; the outage begins at 0, what was before is negative."""

import msgspec

WHOLE, STALE, MISSING, FAILED = "whole", "stale", "missing", "failed"
COMPLETE = frozenset({WHOLE, STALE})
"""A mark alone says nothing against a platform: what is read anew just then is marked, too."""


class Sample(msgspec.Struct, frozen=True):
    """One answer as a user got it.

    ``outcome``: whole; stale, marked so and nothing missing; missing, parts are null with an error; failed, no answer
    at all or too late. ``blamed``: the platforms its errors name. ``holes``: what is missing and no error says why.
    """

    at: float
    question: str
    ms: float
    outcome: str
    codes: tuple[str, ...] = ()
    blamed: tuple[str, ...] = ()
    holes: tuple[str, ...] = ()


class PlatformSeen(msgspec.Struct, frozen=True):
    """A platform as ``/ops`` showed it; ``requests`` and ``retries`` are over its window of five minutes."""

    status: str
    breaker: str
    ahead: float
    requests: int
    retries: int
    cause: str | None = None
    where: str | None = None
    zh: str = ""
    en: str = ""


class Look(msgspec.Struct, frozen=True):
    """``/ops`` at one moment: its headline, and its platforms by name."""

    at: float
    level: str
    zh: str
    en: str
    platforms: dict[str, PlatformSeen]


class FaultShown(msgspec.Struct, frozen=True):
    """A fault of a platform, from and to when."""

    platform: str
    fault: str
    begins: float
    ends: float


class Recording(msgspec.Struct, frozen=True):
    """One drill.

    ``needs``: the platforms of each question; ``calls``: calls in calm and in the outage, by platform.
    """

    scenario: str
    platforms: tuple[str, ...]
    seconds: float
    calm: float
    deadline_ms: float
    probe_s: float
    needs: dict[str, tuple[str, ...]]
    faults: list[FaultShown] = []
    samples: list[Sample] = []
    looks: list[Look] = []
    calls: dict[str, dict[str, int]] = {}
    interrupted: bool = False

    def during(self) -> list[Sample]:
        """What was asked in the outage."""
        return [one for one in self.samples if 0 <= one.at < self.seconds]

    def before(self) -> list[Sample]:
        """What was asked in calm."""
        return [one for one in self.samples if one.at < 0]
