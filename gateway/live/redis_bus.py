"""The bus over Redis: one bounded stream, which every gateway writes to and reads from its end.

Reading goes by id, so that nothing is lost while the connection is; what is to be told meanwhile waits, up to a bound.
What happened lately each gateway remembers for itself, from the stream's tail on.
"""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from connectors.background import beside
from gateway.live.bus import MemoryBus, OnEvent
from gateway.live.log import Event, EventLog, position_of

STREAM = "tongxin:live"
_LEASE = "tongxin:live:lease:"
_TOPICS_IN_FULL = 20
"""How many busy topics the stream holds as much of as is remembered of one."""
_LEAST = 10_000
"""Events the stream holds in any case: a gateway that pauses for a moment shall find what happened meanwhile."""
_BLOCK_MS = 5000
_PATIENCE_SECONDS = 10.0
_REST_SECONDS = 1.0
_MOST_WAITING = 10_000
_BATCH = 500
_GO_ON = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0"
_FAILED = (RedisError, OSError, TimeoutError)

_log = structlog.get_logger(__name__)


class RedisBus:
    """See ``Bus``. ``url`` is a ``redis://`` or ``rediss://`` address; nothing is connected before ``running``."""

    def __init__(self, url: str, most: int, seconds: float) -> None:
        self.on_event: list[OnEvent] = []
        self._client = Redis.from_url(url, socket_timeout=_PATIENCE_SECONDS, socket_connect_timeout=_PATIENCE_SECONDS)
        self._most, self._seconds = most, seconds
        self._most_in_all = max(most * _TOPICS_IN_FULL, _LEAST)
        self._start = (int(time.time() * 1000), 0)
        self._log = EventLog(most, seconds, self._start)
        self._here = MemoryBus(most, seconds)
        self._topics_here: set[str] = set()
        self._here.on_event.append(self._tell)
        self._waiting: deque[tuple[str, str]] = deque(maxlen=_MOST_WAITING)
        self._wake = asyncio.Event()
        self._name = secrets.token_hex(8)
        self._failing: set[str] = set()
        self._read_to = ""

    def publish(self, topic: str, key: str) -> None:
        """See ``Bus``."""
        self._waiting.append((topic, key))
        self._wake.set()

    def publish_here(self, topic: str, key: str) -> None:
        """See ``Bus``."""
        self._topics_here.add(topic)
        self._here.publish(topic, key)

    def since(self, topic: str, identifier: str) -> list[Event]:
        """See ``Bus``."""
        return self._here.since(topic, identifier) if topic in self._topics_here else self._log.since(topic, identifier)

    async def lease(self, name: str, seconds: float) -> bool:
        """See ``Bus``; while Redis is away it is nobody."""
        lasts = int(seconds * 1000)
        try:
            if await self._client.set(_LEASE + name, self._name, nx=True, px=lasts):
                return True
            going: Any = self._client.eval(_GO_ON, 1, _LEASE + name, self._name, str(lasts))
            return bool(await going)
        except _FAILED:
            return False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """See ``Bus``."""
        try:
            async with beside(self._reading), beside(self._writing):
                yield
        finally:
            await self._client.aclose()

    async def _reading(self) -> None:
        while True:
            try:
                if not self._read_to:
                    await self._begin()
                found: Any = await self._client.xread({STREAM: self._read_to}, count=_BATCH, block=_BLOCK_MS)
                for _, entries in found:
                    for identifier, fields in entries:
                        self._take(identifier.decode(), fields)
                self._went("read", None)
            except Exception as error:  # noqa: BLE001 - also of what is no event of ours: reading goes on behind it
                self._went("read", error)
                await asyncio.sleep(_REST_SECONDS)

    async def _begin(self) -> None:
        """Remember what happened lately, tell what of it happened since the start, and go on behind it."""
        tail: Any = await self._client.xrevrange(STREAM, count=self._most_in_all)
        if tail:
            self._log = EventLog(self._most, self._seconds, position_of(tail[-1][0].decode()))
        for identifier, fields in reversed(tail):
            event = self._keep(identifier.decode(), fields)
            if event is not None and position_of(event.id) > self._start:
                self._tell(event)
        self._read_to = tail[0][0].decode() if tail else "0"

    def _take(self, identifier: str, fields: dict[bytes, bytes]) -> None:
        self._read_to = identifier
        event = self._keep(identifier, fields)
        if event is not None:
            self._tell(event)

    def _keep(self, identifier: str, fields: dict[bytes, bytes]) -> Event | None:
        topic, key = fields.get(b"topic"), fields.get(b"key")
        if topic is None or key is None:
            return None
        event = Event(identifier, topic.decode(), key.decode(), position_of(identifier)[0] / 1000)
        self._log.add(event)
        return event

    def _tell(self, event: Event) -> None:
        for told in self.on_event:
            told(event)

    async def _writing(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), _BATCH))]
                await self._written(batch)

    async def _written(self, batch: list[tuple[str, str]]) -> None:
        """Write until it is written; where no answer came it is written twice, which listeners tell apart."""
        while True:
            try:
                async with self._client.pipeline() as pipeline:
                    for topic, key in batch:
                        pipeline.xadd(STREAM, {"topic": topic, "key": key}, maxlen=self._most_in_all, approximate=True)
                    await pipeline.execute()
            except _FAILED as error:
                self._went("told", error)
                await asyncio.sleep(_REST_SECONDS)
            else:
                self._went("told", None)
                return

    def _went(self, what: str, error: Exception | None) -> None:
        """Say once that events are not read or told, and once that they are again."""
        if error is not None and what not in self._failing:
            self._failing.add(what)
            _log.warning(f"live events cannot be {what} just now", fault=type(error).__name__)
        elif error is None and what in self._failing:
            self._failing.discard(what)
            _log.info(f"live events are {what} again")
