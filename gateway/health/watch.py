"""The watch over one platform: what its meter and its probes say, put together.

Owns since when a status holds and what the last probe found. Leaves counting to the meter (``connectors/metering.py``),
the rules to ``judging.py``, and when to probe to ``prober.py``.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

import structlog

from connectors.causes import cause_of
from connectors.checkup import Checkup, Step
from connectors.deadline import Deadline
from connectors.errors import NotConfiguredError, PlatformError, TooSlowError, UnexpectedAnswerError
from connectors.metering import Meter, outcome_of
from connectors.platform import Connection
from connectors.probing import probing
from connectors.records.health import (
    Breaker,
    BreakerState,
    ConnectorHealth,
    ConnectorStatus,
    ConnectorWindow,
    Credential,
    Failure,
    Probe,
    ProbeStep,
)
from gateway.health.brief import Brief
from gateway.health.credentials import credentials_of
from gateway.health.figures import operations_of, window_of
from gateway.health.judging import status_from
from gateway.health.steps import steps_of

CHINA = timezone(timedelta(hours=8))
_GRACE_SECONDS = 1.0
"""What a probe may be late before it is given up, whatever it waits for."""


def wall_clock() -> datetime:
    """The time as it is told everywhere in the graph."""
    return datetime.now(UTC).astimezone(CHINA)


@dataclass(frozen=True, slots=True)
class _Probed:
    at: float
    took: float
    error: PlatformError | None
    steps: tuple[ProbeStep, ...] = ()


class Watch:
    """One platform's; lives as long as its connection.

    ``name`` is what people call the platform. The meter's times are turned into wall-clock times when they are told.
    """

    def __init__(
        self,
        name: str,
        connection: Connection,
        now: Callable[[], datetime] = wall_clock,
        *,
        secret_ends: date | None = None,
    ) -> None:
        self.platform = connection.meter.platform
        self.meter: Meter = connection.meter
        self.guard = connection.guard
        self.configured = True
        self._name = name
        self._ask = connection.probe
        self._look = connection.look
        self._secret_ends = secret_ends
        self._checkup: Checkup = connection.checkup
        self._now = now
        self._status = ConnectorStatus.UP
        self._since = self.meter.now()
        self._told_since = self._moment(self._since)
        self._probe: _Probed | None = None

    async def begin(self) -> None:
        """Learn whether the platform is set up at all; no call is made for that."""
        for check in self._checkup:
            if check.step is Step.CONFIGURED:
                await self._noted(check.run(Deadline.after(_GRACE_SECONDS)))
                self._probe = None if self.configured else self._probe

    async def probe(self, seconds: float) -> None:
        """Ask the platform something harmless. Never raises an ``Exception``."""
        with probing():
            await self._noted(self._asked(seconds))
            await self._looked(seconds)
        self.status()

    async def _looked(self, seconds: float) -> None:
        """Where a probe failed, see how far one gets; where it went well nothing is opened."""
        probed = self._probe
        if probed is None or probed.error is None or not probed.error.illness:
            return
        try:
            async with asyncio.timeout(seconds + _GRACE_SECONDS):
                looks = await self._look(Deadline.after(seconds))
        except Exception as failed:  # noqa: BLE001 - as for the probe itself
            structlog.get_logger().error("no look at the way to a platform", platform=self.platform, fault=failed)
            return
        steps = steps_of(looks, cause_of(probed.error, self.meter.ahead()), probed.took)
        self._probe = replace(probed, steps=steps)

    async def _asked(self, seconds: float) -> None:
        async with asyncio.timeout(seconds + _GRACE_SECONDS):
            await self._ask(Deadline.after(seconds))

    async def _noted(self, asked: Awaitable[object]) -> None:
        """Wait, and note what was found."""
        began = self.meter.now()
        error: PlatformError | None = None
        try:
            await asked
        except PlatformError as failed:
            error = failed
        except TimeoutError:
            error = TooSlowError(self.platform, "probe")
            self.meter.ended("probe", self.meter.now() - began, error)
        except Exception as failed:  # noqa: BLE001 - a watch that ends for one platform would be blind for all
            structlog.get_logger().error("probe failed in an unplanned way", platform=self.platform, fault=failed)
            error = UnexpectedAnswerError(self.platform, "probe", type(failed).__name__)
            self.meter.ended("probe", self.meter.now() - began, error)
        self.configured = not isinstance(error, NotConfiguredError)
        self.guard.probed(error)
        self._probe = _Probed(began, self.meter.now() - began, error)

    def status(self) -> ConnectorStatus:
        """The status now; a change is noted with the moment it began, and logged."""
        found = status_from(self.meter) if self.configured else ConnectorStatus.DOWN
        if found is ConnectorStatus.UP and self.guard.wary and self.guard.operations():
            found = ConnectorStatus.DEGRADED  # part of it is not asked at all
        if found is not self._status:
            self._since = max(self._since, self._began(found))
            self._told_since = self._moment(self._since)
            self._log(found)
            self._status = found
        return found

    def _log(self, found: ConnectorStatus) -> None:
        log = structlog.get_logger()
        if found is ConnectorStatus.UP:
            log.info("platform status", platform=self.platform, was=self._status.value, status=found.value)
            return
        failed = self.meter.last_error
        kind = outcome_of(failed) if failed is not None else "not_configured"
        log.warning("platform status", platform=self.platform, was=self._status.value, status=found.value, kind=kind)

    def _began(self, found: ConnectorStatus) -> float:
        """When that status began: with the first call of the present run, or with the last one that failed."""
        run, last_error_at = self.meter.run, self.meter.last_error_at
        if run is None or not self.configured:
            return self._since
        if found is ConnectorStatus.DEGRADED and self._status is ConnectorStatus.UP and last_error_at is not None:
            return run.since if not run.well else last_error_at
        return run.since

    def brief(self) -> Brief:
        """How the platform is now, in short."""
        return Brief(
            key=self.platform,
            configured=self.configured,
            status=self.status(),  # first: it may change since when
            since=self._told_since,
            clock_difference_seconds=round(self.meter.ahead(), 1),
            credentials=self._credentials(),
        )

    def health(self) -> ConnectorHealth:
        """All that is known of the platform now."""
        status = self.status()
        meter = self.meter
        return ConnectorHealth(
            key=self.platform,
            name=self._name,
            configured=self.configured,
            status=status,
            since=self._told_since,
            last_good_answer_at=self._moment(meter.last_good) if meter.last_good is not None else None,
            last_failure=self._last_failure(),
            last_probe=self._last_probe(),
            clock_difference_seconds=round(meter.ahead(), 1),
            breaker=self._breaker(),
            quota=None,  # no platform tells
            operations=operations_of(meter),
            credentials=self._credentials(),
        )

    def wall_now(self) -> datetime:
        """The present moment on the wall clock."""
        return self._moment(self.meter.now())

    def moment(self, at: float | None) -> datetime | None:
        """A moment of the meter's clock on the wall clock."""
        return None if at is None else self._moment(at)

    def window(self, seconds: int) -> ConnectorWindow:
        """The platform's calls over the last seconds."""
        return window_of(self.meter, seconds)

    def _breaker(self) -> Breaker:
        state = self.guard.state()
        if state is BreakerState.CLOSED:
            return Breaker(state=state, opened_at=None, retry_at=None)
        return Breaker(
            state=state, opened_at=self.moment(self.guard.opened_at), retry_at=self.moment(self.guard.retry_at)
        )

    def _last_probe(self) -> Probe | None:
        if self._probe is None:
            return None
        error = self._probe.error
        failed = error if error is not None and (error.illness or not self.configured) else None
        return Probe(
            at=self._moment(self._probe.at),
            ok=failed is None,
            duration_ms=round(self._probe.took * 1000),
            error=failed.code if failed else None,
            kind=outcome_of(failed) if failed else None,
            steps=self._probe.steps,
        )

    def _credentials(self) -> tuple[Credential, ...]:
        return credentials_of(self.meter.connections.certificates, self._secret_ends, self._now())

    def _last_failure(self) -> Failure | None:
        at, error = self.meter.last_error_at, self.meter.last_error
        if at is None or error is None:
            return None
        return Failure(at=self._moment(at), operation=error.operation, error=error.code, kind=outcome_of(error))

    def _moment(self, at: float) -> datetime:
        """On the wall clock, to the millisecond: what is finer would differ at every look."""
        moment = self._now() - timedelta(seconds=self.meter.now() - at)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
