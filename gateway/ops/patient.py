"""One platform as the picture sees it: its watch, why it is not well, its charts."""

from typing import Any

from connectors.metering import KEPT_SECONDS
from connectors.records.health import ConnectorHealth, Credential
from gateway.health.credentials import CERTIFICATE, SECRET
from gateway.health.watch import Watch
from gateway.ops.breakers import breaker_told, stale_until
from gateway.ops.cause_words import runbook
from gateway.ops.diagnosis import Diagnosis
from gateway.ops.done import done_for
from gateway.ops.headline import Seen, sentence
from gateway.ops.history import History
from gateway.ops.noticed import Noticed
from gateway.ops.pressing import press_for
from gateway.ops.shapes import (
    CauseTold,
    ConnectionsTold,
    CredentialTold,
    OperationTold,
    PlatformTold,
    ProbeTold,
    QuotaTold,
    StepTold,
    WindowTold,
)

_CREDENTIALS = {
    CERTIFICATE: ("{host} 的 TLS 证书", "TLS certificate of {host}"),
    SECRET: ("网关在该平台的密钥", "the gateway's secret for it"),
}


class Patient:
    """One per platform; ``zh`` and ``en`` are its names."""

    def __init__(self, watch: Watch, zh: str, en: str) -> None:
        self.name = watch.platform
        self.watch = watch
        self.zh, self.en = zh, en
        self.diagnosis = Diagnosis(watch)
        self._history = History(watch.meter)
        self.seen = self.look()

    def look(self) -> Seen:
        """Judge again."""
        health = self.diagnosis.look()
        self.seen = Seen(health, self.diagnosis.cause, self.zh, self.en)
        return self.seen

    def told(self, noticed: Noticed, requests: int, outbox: int) -> PlatformTold:
        """The platform, whole; ``requests`` is how many the gateway had, ``outbox`` how many writes wait for it."""
        seen, watch, health = self.seen, self.watch, self.watch.health()
        window = _window(watch)
        breaker = breaker_told(watch)
        connections = watch.meter.connections
        return PlatformTold(
            name=self.name,
            title_zh=self.zh,
            title_en=self.en,
            status=health.status.value,
            since=health.since,
            last_good_answer_at=health.last_good_answer_at,
            cause=cause_told(seen),
            noticed=noticed.told(self.name, requests),
            done=done_for(breaker, window, health.clock_difference_seconds),
            press=press_for(seen, breaker, stale_extended=stale_until(watch) is not None, outbox=outbox),
            breaker=breaker,
            last_probe=_probe(health),
            window=window,
            operations=[OperationTold(one.name, one.requests, one.error_rate, one.p95_ms) for one in health.operations],
            history=self._history.told(watch.wall_now()),
            credentials=[credential_told(one) for one in health.credentials],
            clock_difference_seconds=health.clock_difference_seconds,
            connections=ConnectionsTold(connections.open, connections.waiting),
            quota=None if health.quota is None else QuotaTold(*_of(health.quota)),
            runbook=None if seen.cause is None else runbook(seen.cause.kind),
        )


def cause_told(seen: Seen) -> CauseTold | None:
    """The cause with its words."""
    cause = seen.cause
    if cause is None:
        return None
    return CauseTold(cause.kind, cause.where.value, *sentence(cause.kind, seen.zh, seen.en), cause.since)


def credential_told(one: Credential) -> CredentialTold:
    """A credential with its words."""
    zh, en = _CREDENTIALS[one.what]
    host = one.host or ""
    return CredentialTold(one.what, zh.format(host=host), en.format(host=host), one.ends, one.days_left)


def _window(watch: Watch) -> WindowTold:
    window = watch.window(KEPT_SECONDS)
    return WindowTold(*_of(window))


def _of(record: object) -> tuple[Any, ...]:
    """A record's values in their order."""
    return tuple(getattr(record, name) for name in record.__struct_fields__)  # type: ignore[attr-defined]  # records are structs


def _probe(health: ConnectorHealth) -> ProbeTold | None:
    probe = health.last_probe
    if probe is None:
        return None
    steps = [StepTold(*_of(step)) for step in probe.steps]
    return ProbeTold(probe.at, probe.ok, probe.duration_ms, probe.error, probe.kind, steps)
