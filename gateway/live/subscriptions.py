"""Opens subscriptions, and ends them: when the token ends, when the gateway stops."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog
from graphql import GraphQLError

from auth.store import StoreUnavailableError
from auth.tokens import InvalidTokenError
from connectors.background import beside
from connectors.cache import Cache
from connectors.refusals import RefusedError
from connectors.tracing import note_of_request
from gateway.errors.wording import Wording
from gateway.execution.engine import Engine, Ready
from gateway.execution.operation import Caller, Execute, GraphQLRequest, Language, Outcome
from gateway.live.access import Access
from gateway.live.bus import Bus
from gateway.live.feed import Feed
from gateway.live.listening import Listening, identity_of, listening_of
from gateway.live.log import Event
from gateway.live.polling import Polling
from gateway.live.replaying import replayed
from gateway.live.room import Room
from gateway.live.runs import LiveRuns
from gateway.live.settings import LiveSettings
from gateway.live.streams import Stream
from gateway.observing.tracing import Tracing


class Subscriptions:
    """One per process: ``parts.subscriptions``.

    Args:
        engine: runs events.
        execute: runs what is no subscription.
        bus: tells what happened.
        cache: of which what happened makes go what was read before.
        wording: the words of errors.
        settings: how much may wait, how often is looked.
        tracing: which events are traced; none when none is given.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        engine: Engine,
        execute: Execute,
        bus: Bus,
        cache: Cache,
        *,
        wording: Wording,
        settings: LiveSettings,
        tracing: Tracing | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._engine = engine
        self._execute = execute
        self._bus = bus
        self._cache = cache
        self._settings = settings
        self._clock = clock
        self._runs = LiveRuns(engine, wording, settings, tracing or Tracing())
        self._polling = Polling(engine.sources, bus, cache, settings)
        self._room = Room(settings)
        self._feeds: dict[str, Feed] = {}
        self._open: dict[Stream, tuple[Feed, Language]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self.counts = self._runs.counts
        bus.on_event.append(self._happened)

    def __len__(self) -> int:
        """How many streams are open."""
        return len(self._open)

    @property
    def topics(self) -> int:
        """How many topics are listened to."""
        return len(self._feeds)

    async def open(
        self, request: GraphQLRequest, caller: Caller, access: Access, last_event_id: str | None = None
    ) -> Stream | Outcome:
        """Begin a subscription, or answer what is none.

        ``caller.ask.viewer`` is ``access.viewer``; ``caller.ask.deadline`` bounds the opening only, each delivery has
        one of its own (``live.deadline_ms``). An ``Outcome`` is answered by ``Reply`` as over HTTP: of a query or
        mutation, or of a subscription that was refused (validation, cost, FORBIDDEN, RESUME_TOO_LATE).

        ``last_event_id``: the ``id`` of the last message the reader got, to be told what came since. Of a thing that
        changes (``Live.at_once``) it is told the present state instead.

        Raises what ``operation.Execute`` raises.
        """
        compiled = self._engine.compiled(request)
        if not getattr(compiled, "is_subscription", False):
            return await self._execute(request, caller)
        ready = self._engine.ready(request)
        listening = ready if isinstance(ready, Outcome) else listening_of(ready, self._engine, caller)
        if isinstance(listening, Outcome):
            return listening
        note_of_request("graphql.operation.type", value="subscription")
        try:
            self._check(access)
        except RefusedError as error:
            return _refused(error)
        if isinstance(ready, Ready):
            self._engine.reserve(ready, caller.ask.viewer)
        stream = self._begun(listening, caller.language, access, last_event_id)
        if isinstance(stream, Stream):
            try:
                await self._polling.begun(self._open[stream][0], caller.ask.deadline)
            except asyncio.CancelledError:
                stream.close()
                raise
        return stream

    def _check(self, access: Access) -> None:
        if self._stopping:
            raise RefusedError("GATEWAY_STOPPING")
        self._room.check(access.viewer.person_id)

    def _begun(
        self, listening: Listening, language: Language, access: Access, last_event_id: str | None
    ) -> Stream | Outcome:
        live = listening.live
        missed: list[Event] = []
        if last_event_id is not None and not live.at_once:
            try:
                missed = self._bus.since(listening.topic, last_event_id)
            except RefusedError as error:
                return _refused(error)
        feed = self._feeds.get(listening.topic) or self._feed(listening)
        stream = Stream(self._settings.queue, access, self._closed)
        self._open[stream] = feed, language
        self._room.taken(access.viewer.person_id)
        self.counts.opened += 1
        audience = feed.audience(listening, access.viewer, language)
        if missed:
            feed.await_(stream)
            self._beside(replayed(missed, stream, audience, feed, self._bus))
            return stream
        feed.join(stream, audience)
        if live.at_once:
            self._renew(feed, listening.about)
            feed.tell_now(stream, self._now(listening))
        return stream

    def _feed(self, listening: Listening) -> Feed:
        feed = self._feeds[listening.topic] = Feed(listening, self._runs, self._quiet)
        self._polling.begin(feed)
        return feed

    def _now(self, listening: Listening) -> Event:
        """An event of its own for the state a thing is in when somebody begins to listen."""
        at = self._clock()
        return Event(f"{int(at * 1000)}-0", listening.topic, listening.about, at)

    def _happened(self, event: Event) -> None:
        """Never raises: who publishes has done what they had to do."""
        feed = self._feeds.get(event.topic)
        if feed is None:
            return
        self.counts.events += 1
        try:
            self._renew(feed, event.key)
            feed.happened(event)
        except Exception as error:  # noqa: BLE001 - see above
            structlog.get_logger().error("an event was not told", fault=error)

    def _renew(self, feed: Feed, key: str) -> None:
        """Have the thing read anew, whatever is kept of it."""
        if feed.live.tags:
            self._cache.renew(feed.live.tags_of(key))

    def _closed(self, stream: Stream) -> None:
        feed, _ = self._open.pop(stream)
        self._room.left(stream.access.viewer.person_id)
        feed.leave(stream)

    def _quiet(self, feed: Feed) -> None:
        if self._feeds.get(feed.topic) is feed:
            del self._feeds[feed.topic]
            self._polling.end(feed)

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Tell what happens while the block runs; whoever still listens then is told that the gateway stops."""
        async with self._bus.running(), self._polling.running(), beside(self._looking):
            try:
                yield
            finally:
                self.stop()
                for task in list(self._tasks):
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    def stop(self) -> None:
        """End every stream with GATEWAY_STOPPING, and take no more: the reader may resume at another gateway."""
        self._stopping = True
        for stream in list(self._open):
            self._end(stream, "GATEWAY_STOPPING")

    def _end(self, stream: Stream, code: str) -> None:
        _, language = self._open[stream]
        stream.finish(self._runs.end(code, language))

    async def _looking(self) -> None:
        """Look at everybody's token again and again."""
        while True:
            await asyncio.sleep(self._settings.recheck_s)
            try:
                await self.look_again()
            except Exception as error:  # noqa: BLE001 - the next look may go better
                structlog.get_logger().error("those who listen were not looked at", fault=error)

    async def look_again(self) -> None:
        """End the streams of tokens that ended or were taken back, and of people whose rights are others now."""
        by_access: dict[Access, list[Stream]] = {}
        for stream in self._open:
            by_access.setdefault(stream.access, []).append(stream)
        for access, streams in by_access.items():
            code = await self._verdict(access)
            if code is not None:
                self.counts.tokens_ended += len(streams)
            for stream in streams if code is not None else ():
                if stream in self._open:
                    self._end(stream, code or "")

    async def _verdict(self, access: Access) -> str | None:
        """Why somebody may not listen any more."""
        before = identity_of(access.viewer)
        if access.ends_at <= self._clock():
            return "TOKEN_ENDED"
        try:
            await access.look_again()
        except InvalidTokenError:
            return "TOKEN_ENDED"
        except StoreUnavailableError:
            return None  # what was known of them holds, as long as the token itself does
        return None if identity_of(access.viewer) == before else "RIGHTS_CHANGED"


def _refused(error: RefusedError) -> Outcome:
    return Outcome(executed=False, errors=(GraphQLError(str(error), original_error=error),))
