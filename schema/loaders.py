"""Collects the keys a request needs from each source, and asks the source once for a level.

One per request; remembers what it was told, failures too: within one request nothing is asked twice.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from connectors.errors import PlatformError
from connectors.refusals import RefusedError
from connectors.viewer import Ask

Sources = Mapping[Callable[..., Any], Callable[..., Any]]
"""A port's method to the bound method of the platform that offers it."""

_QUIET_TURNS = 3
"""Turns of the event loop without a new key after which a level counts as whole: siblings that wait for different
futures come to their children a turn or two apart."""

MOST_READS = 50
"""Reads one operation may cause; the largest page needs a third of it. Each goes out as one call a hundred keys."""
MOST_IDS = 100
"""Objects one operation may look up by id, over all its fields: an id may cost a call of its own."""

Group = tuple[Callable[..., Any], tuple[Any, ...]]


class Loaders:
    """Batches by source and arguments."""

    def __init__(self, sources: Sources, ask: Ask) -> None:
        self._sources = sources
        self._ask = ask
        self._told: dict[Group, dict[Any, asyncio.Future[Any]]] = {}
        self._waiting: dict[Group, list[Any]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._reads = 0
        self._found = 0

    async def find(self, source: Callable[..., Any], key: str) -> Any:
        """Read one object that an id of the caller names. Raises as ``load``, and ``RefusedError`` for too many."""
        self._found += 1
        if self._found > MOST_IDS:
            raise RefusedError("PAGE_TOO_LARGE", most=MOST_IDS)
        return await self.load(source, key)

    async def load(self, source: Callable[..., Any], key: Any, *arguments: Any) -> Any:
        """Read one key. Raises the ``PlatformError`` that stands in its place."""
        group = (source, arguments)
        told = self._told.setdefault(group, {})
        if key not in told:
            told[key] = asyncio.get_running_loop().create_future()
            self._queue(group, key)
        # shielded: one reader who is cancelled (the caller went, a sibling failed) must not take the others along
        answer = await asyncio.shield(told[key])
        if isinstance(answer, PlatformError):
            raise answer
        return answer

    def _queue(self, group: Group, key: Any) -> None:
        if group in self._waiting:
            self._waiting[group].append(key)
            return
        self._waiting[group] = [key]
        task = asyncio.create_task(self._dispatch(group))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _dispatch(self, group: Group) -> None:
        keys = self._waiting[group]
        seen = -1
        while seen != len(keys):
            seen = len(keys)
            for _ in range(_QUIET_TURNS):
                await asyncio.sleep(0)
        del self._waiting[group]
        source, arguments = group
        told = self._told[group]
        self._reads += 1
        try:
            if self._reads > MOST_READS:
                raise RefusedError("TOO_MANY_READS", most=MOST_READS)  # noqa: TRY301 - told to those who wait like any failure
            answers = await self._bound(source)(keys, *arguments, self._ask)
            pairs = list(zip(keys, answers, strict=True))
        except Exception as error:  # noqa: BLE001 - whatever it was, everyone who waits is told
            for key in keys:
                told[key].set_exception(error)
                told[key].exception()  # looked at: the one who waited may be gone
            return
        for key, answer in pairs:
            told[key].set_result(answer)

    def _bound(self, source: Callable[..., Any]) -> Callable[..., Any]:
        try:
            return self._sources[source]
        except KeyError:
            raise RefusedError("PLATFORM_NOT_CONFIGURED", ability=source.__qualname__.split(".")[0]) from None
