"""The picture as it goes out: plain data, names as JavaScript has them. What each means stands in ``docs/ops.md``."""

from datetime import datetime

import msgspec

from gateway.ops.kept_shapes import IncidentTold, OutboxTold, StoresTold, Told


class GatewayTold(Told, frozen=True):
    """This replica; rates over the last five minutes, requests a minute over the last one."""

    version: str
    replica: str
    since: datetime
    ready: bool
    draining: bool
    requests_per_minute: float
    error_share: float | None
    p95_ms: float | None
    rss_bytes: int | None
    subscriptions: int


class Headline(Told, frozen=True):
    """The one sentence. ``level``: ok, warn or ill."""

    level: str
    zh: str
    en: str
    runbook: str | None


class CauseTold(Told, frozen=True):
    """Why a platform is not well; ``where``: them, us or between."""

    kind: str
    where: str
    zh: str
    en: str
    since: datetime


class FieldNoticed(Told, frozen=True):
    """A field that came without its data, or with old data; by ``Type.field``."""

    field: str
    requests: int
    nulls: int
    stale: int


class NoticedTold(Told, frozen=True):
    """What a platform's illness did to answers over five minutes; ``share`` of all requests, 0 to 1."""

    requests: int
    share: float
    nulls: int
    stale: int
    fields: list[FieldNoticed]
    zh: str
    en: str


class Done(Told, frozen=True):
    """What the gateway did by itself."""

    at: datetime | None
    zh: str
    en: str


class Press(Told, frozen=True):
    """A button that makes sense now; ``safe``: pressed without need it does no harm."""

    act: str
    zh: str
    en: str
    safe: bool


class OrderTold(Told, frozen=True):
    """A breaker held by hand."""

    state: str
    by: str
    until: datetime


class OperationBreakerTold(Told, frozen=True):
    """One operation whose calls are not let through as usual."""

    name: str
    state: str
    opened_at: datetime | None
    retry_at: datetime | None


class BreakerTold(Told, frozen=True):
    """What stops calls."""

    state: str
    opened_at: datetime | None
    retry_at: datetime | None
    order: OrderTold | None
    operations: list[OperationBreakerTold]


class StepTold(Told, frozen=True):
    """One step of a probe that failed; ``ok`` is None where it was not come to."""

    step: str
    ok: bool | None
    ms: float | None
    error: str | None


class ProbeTold(Told, frozen=True):
    """The latest probe."""

    at: datetime
    ok: bool
    duration_ms: int
    error: str | None
    kind: str | None
    steps: list[StepTold]


class WindowTold(Told, frozen=True):
    """Calls of the last five minutes."""

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


class OperationTold(Told, frozen=True):
    """One operation over five minutes."""

    name: str
    requests: int
    error_rate: float | None
    p95_ms: float | None


class HistoryTold(Told, frozen=True):
    """Five minutes in steps, the oldest first; ``from`` is when the first began."""

    step: int
    began: datetime = msgspec.field(name="from")
    requests: list[int]
    errors: list[int]
    p95_ms: list[float | None]
    stale: list[int]


class CredentialTold(Told, frozen=True):
    """Something that ends: a certificate, a secret."""

    what: str
    zh: str
    en: str
    ends: datetime
    days_left: int


class ConnectionsTold(Told, frozen=True):
    """Connections now, and calls that wait for one."""

    open: int
    waiting: int


class QuotaTold(Told, frozen=True):
    """What a platform still allows."""

    limit: int
    remaining: int
    resets_at: datetime | None


class PlatformTold(Told, frozen=True):
    """One platform, whole."""

    name: str
    title_zh: str
    title_en: str
    status: str
    since: datetime
    last_good_answer_at: datetime | None
    cause: CauseTold | None
    noticed: NoticedTold
    done: list[Done]
    press: list[Press]
    breaker: BreakerTold
    last_probe: ProbeTold | None
    window: WindowTold
    operations: list[OperationTold]
    history: HistoryTold
    credentials: list[CredentialTold]
    clock_difference_seconds: float
    connections: ConnectionsTold
    quota: QuotaTold | None
    runbook: str | None


class Picture(Told, frozen=True):
    """Everything."""

    at: datetime
    gateway: GatewayTold
    headline: Headline
    platforms: list[PlatformTold]
    outbox: OutboxTold
    stores: StoresTold
    incidents: list[IncidentTold]


encoded = msgspec.json.Encoder().encode
