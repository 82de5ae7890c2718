"""How a platform is, as the gateway saw it."""

import enum
from datetime import datetime

from connectors.records.record import Record


class ConnectorStatus(enum.StrEnum):
    """Whether a platform can be used."""

    UP = "UP"
    DEGRADED = "DEGRADED"  # it answers, but part of the calls fail
    DOWN = "DOWN"  # it does not answer as it should, or nobody set it up


class BreakerState(enum.StrEnum):
    """Whether calls to a platform are let through."""

    CLOSED = "CLOSED"
    OPEN = "OPEN"
    HALF_OPEN = "HALF_OPEN"


class Breaker(Record, frozen=True):
    """What stops calls to a platform that failed too often."""

    state: BreakerState
    opened_at: datetime | None
    retry_at: datetime | None


class ProbeStep(Record, frozen=True):
    """One part of the way to a platform: dns, connect, tls, auth or application.

    ``ok`` is None where it was not come to; ``error`` is the kind of cause in a word.
    """

    step: str
    ok: bool | None
    ms: float | None
    error: str | None


class Probe(Record, frozen=True):
    """One harmless signed read. ``error`` is the stable code; ``kind`` the error's class in a word.

    ``steps``: the parts of the way, looked at where the read failed.
    """

    at: datetime
    ok: bool
    duration_ms: int
    error: str | None
    kind: str | None
    steps: tuple[ProbeStep, ...] = ()


class Failure(Record, frozen=True):
    """The latest call that failed by the platform's illness."""

    at: datetime
    operation: str
    error: str
    kind: str


class Quota(Record, frozen=True):
    """How many calls the platform still allows."""

    limit: int
    remaining: int
    resets_at: datetime | None


class Credential(Record, frozen=True):
    """Something that ends: a host's certificate, or our secret. ``days_left`` is negative once it has ended."""

    what: str
    host: str | None
    ends: datetime
    days_left: int


class OperationHealth(Record, frozen=True):
    """One operation over the last five minutes; without calls the rate and the latency are None."""

    name: str
    requests: int
    error_rate: float | None
    p95_ms: float | None


class ConnectorWindow(Record, frozen=True):
    """A platform's calls over the last seconds; without calls the rate and the latencies are None.

    ``errors`` are those that speak of the platform's health; ``cache_hits`` and ``stale_served`` count keys.
    """

    requests: int
    errors: int
    error_rate: float | None
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None
    timeouts: int
    retries: int
    cache_hits: int
    stale_served: int


class ConnectorHealth(Record, frozen=True):
    """One platform. ``key`` is its folder's name, ``name`` what people call it."""

    key: str
    name: str
    configured: bool
    status: ConnectorStatus
    since: datetime
    last_good_answer_at: datetime | None
    last_failure: Failure | None
    last_probe: Probe | None
    clock_difference_seconds: float
    breaker: Breaker | None
    quota: Quota | None
    operations: tuple[OperationHealth, ...]
    credentials: tuple[Credential, ...] = ()
