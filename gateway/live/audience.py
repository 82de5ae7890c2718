"""Those who are told the same: one run for each event, one text for all of their streams."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable

import structlog

from connectors.viewer import Viewer
from gateway.execution.operation import Language
from gateway.live.listening import Listening
from gateway.live.log import Event, Position, position_of
from gateway.live.runs import LiveRuns, NamedAskerError
from gateway.live.someone import Someone
from gateway.live.streams import End, Message, Stream

_MOST_TOLD = 1000
"""Keys that are remembered as told; those that come twice do so within seconds."""
MOST_BEHIND = 1000
"""Events that may wait for their runs; beyond that the list has to be read anew."""


class Audience:
    """Lives as long as somebody of it listens.

    ``viewer`` is the one who asks; where all who have the same rights are told the same, only the rights count, and a
    run is nobody's in particular. ``split`` is called with what was not told yet, where it turns out that the answer
    depends on who exactly asks. Events are read at the same time and told in their order.
    """

    def __init__(
        self,
        listening: Listening,
        viewer: Viewer,
        language: Language,
        runs: LiveRuns,
        split: "Callable[[Audience, list[Event]], None]",
    ) -> None:
        self.listening = listening
        self.viewer: Viewer | None = None if listening.is_shared else viewer
        self.language = language
        self._rights = (viewer.roles, viewer.scopes)
        self.streams: dict[Stream, Position | None] = {}
        self._runs = runs
        self._split = split
        self._pending: deque[tuple[Event, Stream | None]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._last: asyncio.Task[None] | None = None
        self._told: OrderedDict[str, int] = OrderedDict()

    def join(self, stream: Stream, behind: Position | None = None) -> None:
        """Tell a stream too; where it was told already up to a position, from there on."""
        self.streams[stream] = behind

    def happened(self, event: Event, only: Stream | None = None) -> None:
        """Read what happened, and tell it behind all that happened before; to one stream ``only``, or to all."""
        live = self.listening.live
        if only is None and live.once and event.key in self._told:
            return
        if len(self._pending) >= MOST_BEHIND:
            self._runs.counts.behind += len(self.streams)
            self.finish(list(self.streams), "LIVE_BEHIND")
            return
        self._pending.append((event, only))
        self._last = asyncio.get_running_loop().create_task(self._one(event, only, self._last))
        self._tasks.add(self._last)
        self._last.add_done_callback(self._tasks.discard)

    async def payload(self, event: Event) -> bytes | None:
        """The answer to an event, for whoever of this audience; raises ``NamedAskerError``."""
        if self.viewer is None and not self.listening.is_shared:  # another of this document's found out meanwhile
            raise NamedAskerError
        viewer = Someone(*self._rights) if self.viewer is None else self.viewer
        return await self._runs.payload(self.listening, viewer, self.language, event.key)

    def told(self, keys: Iterable[str]) -> None:
        """Note what its one stream was told otherwise."""
        for key in keys:
            self._note(key, 0)

    def finish(self, streams: Iterable[Stream], code: str, *, forget: bool = False, **facts: str | int) -> None:
        """End some of its streams, with a reason in their language."""
        end: End | None = None
        for stream in streams:
            end = end or self._runs.end(code, self.language, **facts)
            stream.finish(end, forget=forget)

    def cancel(self) -> None:
        """Nobody listens any more."""
        self._pending.clear()
        for task in self._tasks:
            task.cancel()

    async def _one(self, event: Event, only: Stream | None, before: asyncio.Task[None] | None) -> None:
        failed: NamedAskerError | None = None
        payload: bytes | None = None
        try:
            payload = await self.payload(event)
        except NamedAskerError as error:
            failed = error
        if before is not None and not before.done():
            await asyncio.wait([before])
        if failed is not None:
            pending = [event for event, _ in self._pending]
            self._pending.clear()
            self._split(self, pending)
            return
        if self._pending:
            self._pending.popleft()
        try:
            self._tell(event, only, payload)
        except Exception as error:  # noqa: BLE001 - what comes behind has to be told all the same
            structlog.get_logger().error("live answers were not told", fault=error)

    def _tell(self, event: Event, only: Stream | None, payload: bytes | None) -> None:
        if payload is None or not self._is_news(event.key, payload, only):
            return
        message = Message(event.id, payload)
        position = position_of(event.id)
        slow: list[Stream] = []
        for stream, behind in list(self.streams.items()) if only is None else ((only, None),):
            if behind is not None and position <= behind:
                continue
            if stream.put(message):
                self._runs.counts.messages += 1
            else:
                slow.append(stream)
        self._runs.counts.slow += len(slow)
        for stream in slow:
            self.finish([stream], "SLOW_READER", forget=True)

    def _is_news(self, key: str, payload: bytes, only: Stream | None) -> bool:
        """Whether it was not told before: the same thing, or a thing that is as it was."""
        mark = 0 if self.listening.live.once else hash(payload)
        if only is not None:
            if len(self.streams) == 1:
                self._note(key, mark)
            return True
        if self._told.get(key) == mark:
            return False
        if payload.startswith(b'{"data":'):  # else it failed: when it can be read it is news
            self._note(key, mark)
        return True

    def _note(self, key: str, mark: int) -> None:
        self._told[key] = mark
        self._told.move_to_end(key)
        if len(self._told) > _MOST_TOLD:
            self._told.popitem(last=False)
