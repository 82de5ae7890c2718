"""The desk of who is on call: looks at everything every second, keeps what happened, and shows it as one picture.

One per process. Owns the order of a look; what is looked at stands in the parts.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import structlog

from auth.authority import Authority
from auth.store import StoreUnavailableError
from auth.store.moments import now
from connectors.background import beside
from gateway.health.connectors import Watches
from gateway.health.prober import Prober
from gateway.metrics.served import Served
from gateway.ops.acting import Acting
from gateway.ops.composing import Composing
from gateway.ops.days import DAYS
from gateway.ops.headline import headline
from gateway.ops.incidents.keeper import Keeper
from gateway.ops.incidents.store import IncidentStore
from gateway.ops.incidents.troubles import troubles_of
from gateway.ops.noticed import Noticed
from gateway.ops.orders import Followed, OrderBook
from gateway.ops.patient import Patient
from gateway.ops.process import Process
from gateway.ops.public_shapes import PublicPicture
from gateway.ops.replica import one_process, replica_name
from gateway.ops.shapes import Headline, Picture
from gateway.ops.stores import Stores
from gateway.ops.traffic import Traffic
from gateway.ops.turns import Turns
from gateway.settings import Settings
from gateway.writes.depth import Depth

LOOK_SECONDS = 1.0
TEND_SECONDS = 2.0
_DAYS_SECONDS = 30.0


class Station:
    """Lives as long as the process."""

    def __init__(
        self,
        settings: Settings,
        watches: Watches,
        titles: Mapping[str, tuple[str, str]],
        *,
        authority: Authority,
        prober: Prober,
        served: Served,
        depth: Depth,
        process: Process,
    ) -> None:
        self.noticed = Noticed()
        self.process = process
        self.turned = Turns()
        self._over = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self.stores = Stores(settings, authority.database)
        self._patients = [Patient(watch, *titles[watch.platform]) for watch in watches.all]
        self._traffic = Traffic(served)
        self._store = IncidentStore(authority.database, one_process(replica_name(settings)))
        self._keeper = Keeper(self._store, settings.ops.keep_incidents_days)
        book, guards = OrderBook(authority.database), [watch.guard for watch in watches.all]
        self._followed = Followed(book, guards)
        for guard in guards:
            guard.on_moved.append(self._keeper.moved)
        self.acting = Acting(
            book,
            self._followed,
            self._keeper,
            prober=prober,
            database=authority.database,
            audit=authority.audit,
            platforms=[watch.platform for watch in watches.all],
        )
        self._composing = Composing(
            settings,
            self._patients,
            noticed=self.noticed,
            stores=self.stores,
            depth=depth,
            process=process,
            traffic=self._traffic,
        )
        self._lately: tuple[float, Sequence[Mapping[str, Any]]] = (float("-inf"), ())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look while the block runs."""
        tending = asyncio.create_task(self._tending())
        try:
            async with beside(self._looking):
                yield
        finally:
            self._over.set()
            await tending  # to the end of what it does: a statement cut off costs the pool a connection
            await self.stores.aclose()

    def look(self) -> None:
        """Judge every platform again. Asks nobody."""
        self._traffic.note()
        seen = [patient.look() for patient in self._patients]
        away = self.stores.database.since if self.stores.database.away else None
        statuses = {one.health.key: one.health.status for one in seen}
        self._keeper.note(troubles_of(seen, away), statuses)
        self.turned.turn()

    async def tend(self) -> None:
        """What takes the stores: whether they are there, what was ordered, what happened."""
        await self.stores.look()
        try:
            async with self._one_at_a_time:
                await self._followed.follow()
                await self._keeper.tend()
        except StoreUnavailableError as error:
            structlog.get_logger().warning("what happened waits for the store", fault=error)

    def headline(self) -> Headline:
        """The one sentence."""
        seen = [patient.seen for patient in self._patients]
        return headline(seen, database=not self.stores.database.away, redis=not self.stores.redis.away)

    def picture(self) -> Picture:
        """Everything, as of now."""
        return self._composing.picture(self.headline(), self._keeper.recent)

    async def public(self) -> PublicPicture:
        """What everybody may see of it; what happened is read now and then, and as it was while the store is away."""
        at, incidents = self._lately
        if time.monotonic() - at >= _DAYS_SECONDS:
            self._lately = time.monotonic(), incidents
            try:
                incidents = await self._store.levels(now() - timedelta(days=DAYS))
            except StoreUnavailableError as error:
                structlog.get_logger().warning("what happened cannot be read", fault=error)
            self._lately = time.monotonic(), incidents
        return self._composing.public(incidents)

    async def _looking(self) -> None:
        while True:
            try:
                self.look()
            except Exception as error:  # noqa: BLE001 - who is on call needs the next look all the more
                structlog.get_logger().error("a look at the platforms failed", fault=error)
            await asyncio.sleep(LOOK_SECONDS)

    async def _tending(self) -> None:
        while not self._over.is_set():
            try:
                await self.tend()
            except Exception as error:  # noqa: BLE001 - the same
                structlog.get_logger().error("what happened could not be kept", fault=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), TEND_SECONDS)
