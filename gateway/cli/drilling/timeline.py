"""A recording second by second: what users saw, and what ``/ops`` showed then."""

import math

import msgspec

from gateway.cli.drilling.figures import quantile
from gateway.cli.drilling.recording import FAILED, MISSING, STALE, WHOLE, Recording


class Second(msgspec.Struct, frozen=True):
    """One second, by its beginning. ``statuses`` are of the drill's platforms, in order; empty: nobody looked."""

    at: int
    whole: int
    stale: int
    missing: int
    failed: int
    codes: list[str]
    p50_ms: float | None
    p99_ms: float | None
    level: str
    statuses: list[str]
    causes: list[str]


def timeline(recording: Recording) -> list[Second]:
    """All seconds in which somebody asked or looked."""
    times = {math.floor(one.at) for one in recording.samples} | {math.floor(one.at) for one in recording.looks}
    return [_second(recording, at) for at in range(min(times), max(times) + 1)] if times else []


def _second(recording: Recording, at: int) -> Second:
    samples = [one for one in recording.samples if math.floor(one.at) == at]
    looks = [one for one in recording.looks if math.floor(one.at) == at]
    look = looks[-1] if looks else None
    seen = [look.platforms[name] for name in recording.platforms if name in look.platforms] if look else []
    count = {kind: sum(one.outcome == kind for one in samples) for kind in (WHOLE, STALE, MISSING, FAILED)}
    return Second(
        at,
        count[WHOLE],
        count[STALE],
        count[MISSING],
        count[FAILED],
        sorted({code for one in samples for code in one.codes}),
        quantile(samples, 0.5),
        quantile(samples, 0.99),
        look.level if look else "",
        [one.status for one in seen],
        [one.cause for one in seen if one.cause is not None],
    )
