"""``/health/…``: whether the process lives, may receive traffic, and how its platforms are (application/health+json).

The form is draft-inadarei-api-health-check's. These pages are for everyone, so they tell codes and counts, and no
address, name of a key or word of a platform.
"""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from connectors.errors import NotConfiguredError
from connectors.records.health import BreakerState, ConnectorHealth, ConnectorStatus, ConnectorWindow
from gateway.health.credentials import WARN_DAYS
from gateway.health.watch import wall_clock
from gateway.parts import Parts

_TELLS = {ConnectorStatus.UP: "pass", ConnectorStatus.DEGRADED: "warn", ConnectorStatus.DOWN: "fail"}


class Health:
    """``live`` and ``ready`` never look at a platform: a gateway whose platforms are ill still answers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def live(self, _: Request) -> Response:
        """The process runs."""
        return _answer({"status": "pass"})

    async def ready(self, _: Request) -> Response:
        """The database is up to date and the graph is built."""
        ready = self._parts.ready
        return _answer({"status": "pass" if ready else "fail"}, 200 if ready else 503)

    async def connectors(self, _: Request) -> Response:
        """Each platform; always 200, since the gateway itself is well when it can tell this."""
        seen = [(watch.health(), watch.window(300)) for watch in self._parts.watches.all]
        ill = [health for health, _ in seen if health.configured and health.status is not ConnectorStatus.UP]
        all_well = not ill and any(health.configured for health, _ in seen)
        checks = {name: [check] for health, window in seen for name, check in checks_of(health, window).items()}
        return _answer(
            {
                "status": "pass" if all_well else "warn",
                "description": "the platforms this gateway stands in front of; calls of the last five minutes",
                "checks": checks,
            }
        )


def checks_of(health: ConnectorHealth, window: ConnectorWindow) -> dict[str, dict[str, Any]]:
    """One platform's checks, by ``platform:measurement``."""
    common: dict[str, Any] = {"componentId": health.key, "componentType": "component"}
    told = _TELLS[health.status]
    state = common | {"status": told, "observedValue": health.status.value, "time": health.since.isoformat()}
    why = _why(health)
    if told != "pass" and why:
        state["output"] = why
    checks = {f"{health.key}:status": state}
    if health.last_probe is not None and health.configured:
        probed = {"observedValue": health.last_probe.duration_ms, "observedUnit": "ms"}
        outcome = {"status": "pass" if health.last_probe.ok else "fail", "time": health.last_probe.at.isoformat()}
        output = {"output": health.last_probe.error} if health.last_probe.error else {}
        checks[f"{health.key}:probe"] = common | outcome | probed | output
    measured = {
        "requests": (window.requests, "calls"),
        "errorRate": (window.error_rate, "ratio"),
        "responseTime": (window.p95_ms, "ms"),
    }
    for name, (value, unit) in measured.items():
        if value is not None:
            checks[f"{health.key}:{name}"] = common | {"observedValue": value, "observedUnit": unit}
    beside = {**_good_answer(health), **_breaker(health), **_credentials(health)}
    return checks | {f"{health.key}:{name}": common | check for name, check in beside.items()}


def _good_answer(health: ConnectorHealth) -> dict[str, dict[str, Any]]:
    """For how long it has not answered as it should; nothing before it did for the first time."""
    if health.last_good_answer_at is None:
        return {}
    seconds = (wall_clock() - health.last_good_answer_at).total_seconds()
    told = {"observedValue": round(max(seconds, 0.0), 1), "observedUnit": "s"}
    return {"lastGoodAnswer": told | {"time": health.last_good_answer_at.isoformat()}}


def _breaker(health: ConnectorHealth) -> dict[str, dict[str, Any]]:
    if health.breaker is None:
        return {}
    closed = health.breaker.state is BreakerState.CLOSED
    return {"breaker": {"status": "pass" if closed else "warn", "observedValue": health.breaker.state.value}}


def _credentials(health: ConnectorHealth) -> dict[str, dict[str, Any]]:
    """Of each kind the one that ends first; no host."""
    checks: dict[str, dict[str, Any]] = {}
    for credential in health.credentials:
        left = credential.days_left
        status = "fail" if left < 0 else "warn" if left < WARN_DAYS else "pass"
        checks.setdefault(credential.what, {"status": status, "observedValue": left, "observedUnit": "days"})
    return checks


def _why(health: ConnectorHealth) -> str | None:
    if not health.configured:
        return NotConfiguredError.code
    return health.last_failure.error if health.last_failure is not None else None


def _answer(told: dict[str, Any], status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(told), status, media_type="application/health+json", headers=headers)
