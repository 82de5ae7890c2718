"""Who asks too often: requests by client, person and address, points by client; over one process' buckets.

Owns which limit holds for whom, and what callers are told of it. Leaves how much is left to ``buckets.py``, sharing
that among gateways to ``sharing.py``, and headers' places and statuses to the edge.
"""

import math
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import structlog

from connectors.refusals import RefusedError
from connectors.viewer import Viewer
from gateway.limits.buckets import Buckets, Clock, Policy
from gateway.limits.over_time import OverTimeSettings

MINUTE, HOUR = 60, 3600
RATE_LIMITED, POINTS_SPENT = "RATE_LIMITED", "POINTS_SPENT"
_log = structlog.get_logger(__name__)


class TooOftenError(RefusedError):
    """More than may be had over time; ``seconds`` from now there is more. ``told``: the limit, as headers tell it."""

    retryable = True

    def __init__(self, code: str, buckets: Buckets, key: str, wait: float, **facts: str | int) -> None:
        self.seconds = max(1, math.ceil(wait))
        super().__init__(code, seconds=self.seconds, **facts)
        left = buckets.told(key).rpartition(";t=")[0]
        self.told = (buckets.policy_told, f"{left};t={self.seconds}")


@dataclass(frozen=True, slots=True)
class Reserved:
    """Points that an operation may come to cost, taken before it runs; ``settle`` gives back what it did not."""

    buckets: Buckets
    key: str
    points: int

    def settle(self, points: int) -> None:
        """It came to so much."""
        if points != self.points:
            self.buckets.spend(self.key, points - self.points)


class Rates:
    """One per process. ``limited`` counts refusals by kind and by whom."""

    def __init__(self, settings: OverTimeSettings, clock: Clock = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._shared = bool(settings.redis_url.get_secret_value())
        self._all: dict[str, Buckets] = {}
        self._clients = self._per_minute("client", settings.client_per_minute)
        self._persons = self._per_minute("person", settings.person_per_minute)
        self._addresses = self._per_minute("address", settings.address_per_minute)
        self._uploads = self._per_minute("uploads", settings.uploads_per_minute)
        self._points = self._per_hour("points", settings.points_per_hour)
        self._points_of = {
            client: self._per_hour(f"points-{client}", points)
            for client, points in settings.client_points_per_hour.items()
        }
        self.sign_on = self._per_minute("sign-on", settings.sign_on_per_minute)
        self.failures = self._per_minute("failures", settings.sign_on_failures_per_minute)
        self.registrations = self._per_minute("registrations", settings.registrations_per_minute)
        self.limited: Counter[tuple[str, str]] = Counter()
        self._told_at: dict[tuple[str, str], float] = {}

    def __iter__(self) -> Iterator[tuple[str, Buckets]]:
        """Every kind of bucket there is, by a name that is the same in all gateways."""
        return iter(self._all.items())

    def request(self, viewer: Viewer) -> None:
        """Count a request with a token, by person and client. Raises ``TooOftenError``."""
        client, person = viewer.client_id, viewer.person_id
        if person is not None and self._persons is not None:
            wait = self._persons.take(person)
            if wait:
                raise self.refusal(self._persons, person, wait, kind="request", by="person")
        if client is not None and self._clients is not None:
            wait = self._clients.take(client)
            if wait:
                raise self.refusal(self._clients, client, wait, kind="request", by="client")

    def anonymous(self, address: str) -> None:
        """Count a request without a good token; no address is this machine itself. Raises ``TooOftenError``."""
        if address and self._addresses is not None:
            wait = self._addresses.take(address)
            if wait:
                raise self.refusal(self._addresses, address, wait, kind="request", by="address")

    def upload(self, viewer: Viewer) -> None:
        """Count an upload, beside the request that it is. Raises ``TooOftenError``."""
        sender = viewer.person_id or viewer.client_id or ""
        if self._uploads is not None:
            wait = self._uploads.take(sender)
            if wait:
                raise self.refusal(self._uploads, sender, wait, kind="upload", by="person")

    def guessed(self, address: str) -> None:
        """Count a wrong secret, code or ticket."""
        if self.failures is not None:
            self.failures.spend(address, 1)

    def reserve(self, viewer: Viewer, points: int) -> Reserved | None:
        """Take what an operation may cost; None where nothing limits it. Raises ``TooOftenError``."""
        client = viewer.client_id
        buckets = None if client is None else self._points_for(client)
        if client is None or buckets is None:
            return None
        wait = buckets.take(client, points)
        if wait:
            raise self.refusal(buckets, client, wait, kind="points", by="client", code=POINTS_SPENT)
        return Reserved(buckets, client, points)

    def told(self, viewer: Viewer) -> tuple[str, str] | None:
        """The values of the headers RateLimit-Policy and RateLimit for who has a token."""
        client, person = viewer.client_id, viewer.person_id
        if client is None:
            return None
        known = ((self._clients, client), (self._persons, person), (self._points_for(client), client))
        policies, left = [], []
        for buckets, key in known:
            if buckets is not None and key is not None:
                policies.append(buckets.policy_told)
                left.append(buckets.told(key))
        return (", ".join(policies), ", ".join(left)) if left else None

    def refusal(
        self, buckets: Buckets, key: str, wait: float, *, kind: str, by: str, code: str = RATE_LIMITED
    ) -> TooOftenError:
        """The refusal, counted, and told to the log once a minute at most for each kind; of whom is told nowhere."""
        self.limited[kind, by] += 1
        now = self._clock()
        if now >= self._told_at.get((kind, by), now):
            self._told_at[kind, by] = now + MINUTE
            _log.warning("callers are limited", kind=kind, by=by, times=self.limited[kind, by])
        facts = {} if code == POINTS_SPENT else {"by": by}
        return TooOftenError(code, buckets, key, wait, **facts)

    def _points_for(self, client: str) -> Buckets | None:
        return self._points_of.get(client, self._points)

    def _per_minute(self, name: str, quota: int) -> Buckets | None:
        return self._kept(name, Policy(name, quota, MINUTE, self._settings.burst_s))

    def _per_hour(self, name: str, quota: int) -> Buckets | None:
        return self._kept(name, Policy("points", quota, HOUR, HOUR, "points"))

    def _kept(self, name: str, policy: Policy) -> Buckets | None:
        if not policy.quota:
            return None
        buckets = self._all[name] = Buckets(policy, self._clock, shared=self._shared)
        return buckets
