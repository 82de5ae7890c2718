"""Looks at what changed, while somebody listens: for platforms that send nothing, and for writes made elsewhere.

A task for each topic that is listened to. With Redis one gateway looks for all; what is found is published like
anything else. Of what everybody sees alike one look is enough, of the rest one for each who listens: what somebody may
see the platform decides.
"""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from auth.store import StoreUnavailableError
from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import PlatformError
from connectors.viewer import ANYONE, Ask, Viewer
from gateway.live.bus import Bus
from gateway.live.feed import Feed
from gateway.live.listening import Whose, identity_of
from gateway.live.looks import LOCAL, SELDOM, Look, look_at
from gateway.live.settings import LiveSettings
from schema.loaders import Sources

_AT_ONCE = 8
"""Looks at the same time: with many topics each is looked at less often, and no platform is flooded."""
_JITTER = 0.2
_LONGEST_REST = 30.0
_ILL = (PlatformError, StoreUnavailableError)
_LEASES = 3.0
"""Rounds a lease outlives: another replica takes over after so many."""


class Polling:
    """One per process."""

    def __init__(self, sources: Sources, bus: Bus, cache: Cache, settings: LiveSettings) -> None:
        self._sources = sources
        self._bus = bus
        self._cache = cache
        self._settings = settings
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._tasks: dict[Feed, asyncio.Task[None]] = {}
        self._begun: dict[Feed, asyncio.Event] = {}

    def begin(self, feed: Feed) -> None:
        """Somebody listens to a topic."""
        if self._settings.poll_s > 0:
            self._begun[feed] = asyncio.Event()
            looking = self._looking(feed, self._begun[feed])
            loop = asyncio.get_running_loop()
            self._tasks[feed] = loop.create_task(looking, context=Context())  # it outlives whose request began it

    async def begun(self, feed: Feed, deadline: Deadline) -> None:
        """Wait for the first look, which tells what was there before: that is no news, all that is later is."""
        event = self._begun.get(feed)
        if event is not None and not event.is_set():
            with suppress(TimeoutError):  # the platform is ill; what it tells of moments has to do then
                await asyncio.wait_for(event.wait(), max(deadline.remaining(), 0))

    def end(self, feed: Feed) -> None:
        """Nobody does any more."""
        begun = self._begun.pop(feed, None)
        if begun is not None:
            begun.set()
        task = self._tasks.pop(feed, None)
        if task is not None:
            task.cancel()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Look while the block runs."""
        try:
            yield
        finally:
            tasks = list(self._tasks.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _looking(self, feed: Feed, begun: asyncio.Event) -> None:
        pause = self._settings.poll_s * SELDOM.get(feed.live.topic, 1)
        looks: dict[Whose, Look] = {}
        rest = pause
        while True:
            try:
                await self._round(feed, looks, pause)
                rest = pause
            except _ILL:
                rest = max(pause, min(rest * 2, _LONGEST_REST))  # it is ill, which others tell of
            except Exception as error:  # noqa: BLE001 - the next look may go better
                structlog.get_logger().error("what changed was not looked at", topic=feed.live.topic, fault=error)
            begun.set()
            await asyncio.sleep(rest * random.uniform(1 - _JITTER, 1 + _JITTER))  # noqa: S311 - nothing secret

    async def _round(self, feed: Feed, looks: dict[Whose, Look], pause: float) -> None:
        """Look once for each who has to be looked for. Raises what is of ``_ILL``, once all were."""
        viewers = [ANYONE] if feed.live.alike else feed.viewers()
        now = datetime.now(UTC)
        wanted = {identity_of(viewer): viewer for viewer in viewers}
        for gone in looks.keys() - wanted.keys():
            del looks[gone]
        failed: Exception | None = None
        for whose, viewer in wanted.items():
            look = looks.get(whose) or look_at(
                feed.live.topic, feed.about, self._sources, partial(self._renew, feed), now
            )
            if look is None:
                continue
            looks[whose] = look
            if not await self._is_ours(feed, viewer, pause):
                look.elsewhere(now - timedelta(seconds=pause * (_LEASES + 1)))
                continue
            try:
                await self._look(feed, look, viewer)
            except _ILL as error:
                failed = error
        if failed is not None:
            raise failed

    def _renew(self, feed: Feed, key: str) -> None:
        self._cache.renew(feed.live.tags_of(key))

    async def _is_ours(self, feed: Feed, viewer: Viewer, pause: float) -> bool:
        if feed.live.topic in LOCAL:
            return True
        whose = f"{feed.topic}\n{viewer.person_id}\n{viewer.client_id}"
        return await self._bus.lease(hashlib.sha256(whose.encode()).hexdigest()[:32], pause * _LEASES)

    async def _look(self, feed: Feed, look: Look, viewer: Viewer) -> None:
        async with self._room:
            keys = await look.keys(Ask(viewer, Deadline.after(self._settings.deadline_ms / 1000)))
        publish = self._bus.publish_here if feed.live.topic in LOCAL else self._bus.publish
        for key in keys:
            publish(feed.topic, key)
