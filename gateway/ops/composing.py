"""Puts the pictures together from what was looked at: whole for operators, in part for everybody. Asks nobody."""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors.records.health import ConnectorStatus
from gateway.health.watch import wall_clock
from gateway.ops.days import days_of
from gateway.ops.headline import ILL, OK, WARN
from gateway.ops.incidents.episode import DATABASE_SCOPE
from gateway.ops.kept_shapes import IncidentTold
from gateway.ops.noticed import Noticed
from gateway.ops.outbox import outbox_of, outbox_told
from gateway.ops.patient import Patient
from gateway.ops.process import Process
from gateway.ops.public_shapes import PublicIncident, PublicPicture, ServiceTold
from gateway.ops.public_words import EVERYTHING, SERVICE, SIGN_IN, WHOLE, worse
from gateway.ops.replica import memory_bytes, replica_name, software_version
from gateway.ops.shapes import GatewayTold, Headline, Picture
from gateway.ops.stores import Stores
from gateway.ops.traffic import Rates, Traffic
from gateway.settings import Settings
from gateway.writes.depth import Depth

MOST_PUBLIC = 50
_LEVELS = {ConnectorStatus.UP: OK, ConnectorStatus.DEGRADED: WARN, ConnectorStatus.DOWN: ILL}


class Composing:
    """One per process."""

    def __init__(
        self,
        settings: Settings,
        patients: Sequence[Patient],
        *,
        noticed: Noticed,
        stores: Stores,
        depth: Depth,
        process: Process,
        traffic: Traffic,
    ) -> None:
        self._patients = patients
        self._noticed, self._stores, self._depth = noticed, stores, depth
        self._process, self._traffic = process, traffic
        self._replica, self._version, self._since = replica_name(settings), software_version(), wall_clock()

    def picture(self, headline: Headline, incidents: list[IncidentTold]) -> Picture:
        """Everything, as of now."""
        rates = self._traffic.rates()
        counted = self._depth.seen
        return Picture(
            at=wall_clock(),
            gateway=self._gateway(rates),
            headline=headline,
            platforms=[
                patient.told(self._noticed, rates.requests, outbox_of(counted, patient.name))
                for patient in self._patients
            ],
            outbox=outbox_told(counted),
            stores=self._stores.told(),
            incidents=incidents,
        )

    def public(self, incidents: Sequence[Mapping[str, Any]]) -> PublicPicture:
        """What everybody may see; ``incidents`` are the facts of the last ninety days."""
        asked = [patient for patient in self._patients if patient.seen.health.configured]
        services = [_service(patient) for patient in asked]
        level = OK
        for service in services:
            level = worse(level, service.level)
        zh, en = WHOLE[level]
        if self._stores.database.away:
            level, (zh, en) = worse(level, WARN), SIGN_IN
        at = wall_clock()
        days = days_of(incidents, [patient.name for patient in asked], at)
        return PublicPicture(at, level, zh, en, services, days, [_public(one) for one in incidents[:MOST_PUBLIC]])

    def _gateway(self, rates: Rates) -> GatewayTold:
        process = self._process
        return GatewayTold(
            version=self._version,
            replica=self._replica,
            since=self._since,
            ready=process.ready,
            draining=process.draining,
            requests_per_minute=rates.per_minute,
            error_share=rates.error_share,
            p95_ms=rates.p95_ms,
            rss_bytes=memory_bytes(),
            subscriptions=process.subscriptions(),
        )


def _service(patient: Patient) -> ServiceTold:
    level = _LEVELS[patient.seen.health.status]
    return ServiceTold(patient.name, patient.zh, patient.en, level, *SERVICE[level], patient.seen.health.since)


def _public(one: Mapping[str, Any]) -> PublicIncident:
    words = SIGN_IN if one["scope"] == DATABASE_SCOPE else SERVICE[one["level"]] if one["platform"] else EVERYTHING
    return PublicIncident(one["id"], one["platform"], one["began_at"], one["ended_at"], one["level"], *words)
