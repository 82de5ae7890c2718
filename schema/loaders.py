"""Reads for one request: many keys of one source in one call, nothing twice.

One per request; remembers what it was told, failures too. Keys that several places ask of one source at about the same
time go out together; a plan that knows that only one place asks says so, and is not kept waiting.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connectors.ports.singly import calls_for
from connectors.provenance import CacheState, Provenance
from connectors.refusals import RefusedError
from connectors.tracing import is_recorded, spanned
from connectors.viewer import Ask
from schema.read_spans import tell_read

Source = Callable[..., Any]
Sources = Mapping[Source, Source]
"""A port's method to the bound method of the platform that offers it."""

_QUIET_TURNS = 3
"""Turns of the event loop without a new key after which a level counts as whole: siblings that wait for different
futures come to their children a turn or two apart."""

MOST_CALLS = 150
"""Calls one operation may cause where nothing else is set: a page needs a tenth of it, a hundred ids at worst 101. What
is kept counts as if it were asked for, so that an operation that is answered once is answered always."""
MOST_IDS = 100
"""Objects one operation may look up by id, over all its fields: an id may cost a call of its own."""


@dataclass(slots=True)
class Place:
    """A place in an operation that reads a source.

    ``path``: response keys down to it. ``wanted``: the record's attributes that will be looked at, None for all.
    ``alone``: no other place of the operation reads this source; ``apart``: none does in the same turn. ``turn``: how
    many reads have to end before this one can, itself counted. ``many``: it is asked for the objects of a list, whose
    number the caller's data decide.
    """

    source: Source
    path: tuple[str, ...] = ()
    wanted: frozenset[str] | None = None
    alone: bool = False
    apart: bool = False
    turn: int = 1
    many: bool = False


Group = tuple[Source, tuple[Any, ...]]


class _Batch:
    """Keys of one source and arguments that go out together; for whom, who waits, and what the read told of itself."""

    __slots__ = ("keys", "places", "told", "waiters")

    def __init__(self) -> None:
        self.keys: dict[Any, None] = {}
        self.places: list[Place] = []
        self.told: list[Provenance] = []
        self.waiters: list[asyncio.Future[None]] = []


class Loaders:
    """Batches by source and arguments. ``reads`` lists what each read told of itself, by place.

    ``most_calls``: see ``MOST_CALLS``; a read that would exceed it fails whole, and costs nothing.
    """

    def __init__(self, sources: Sources, ask: Ask, most_calls: int = MOST_CALLS) -> None:
        self._sources = sources
        self._ask = ask
        self._most_calls = most_calls
        self._told: dict[Group, dict[Any, Any]] = {}
        self._gathering: dict[Group, _Batch] = {}
        self._flying: dict[Group, list[_Batch]] = {}
        self._ended: dict[Group, list[_Batch]] = {}
        self._tasks: list[asyncio.Task[Any]] = []
        self._calls = 0
        self._found = 0
        self.reads: list[tuple[Place, Provenance]] = []

    def count_found(self) -> None:
        """Count an object that an id of the caller names. Raises ``RefusedError`` (PAGE_TOO_LARGE) for too many."""
        self._found += 1
        if self._found > MOST_IDS:
            raise RefusedError("PAGE_TOO_LARGE", most=MOST_IDS)

    async def find(self, source: Source, key: str) -> Any:
        """Read one object that an id of the caller names. Raises as ``load``, and ``RefusedError`` for too many."""
        self.count_found()
        return await self.load(source, key)

    async def load(self, source: Source, key: Any, *arguments: Any) -> Any:
        """Read one key. Raises the error that stands in its place."""
        [answer] = await self.read(Place(source), [key], arguments)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def read(self, place: Place, keys: Sequence[Any], arguments: tuple[Any, ...] = ()) -> Awaitable[Sequence[Any]]:
        """Read distinct keys: one entry each, in order; an exception where a key, or the whole read, failed.

        A platform's code runs in a task of its own: a plan's branches are none (``together.py``).
        """
        if place.alone:
            return self._start(self._call([place], keys, arguments, []))
        return self._remembered(place, keys, arguments)

    async def _remembered(self, place: Place, keys: Sequence[Any], arguments: tuple[Any, ...]) -> Sequence[Any]:
        group = (place.source, arguments)
        told = self._told.setdefault(group, {})
        missing = [key for key in keys if key not in told]
        if len(missing) < len(keys) and place.path:
            self._tell_again(group, keys, place)
        if missing:
            await self._gathered(group, missing, place)
        return [told[key] for key in keys]

    def _tell_again(self, group: Group, keys: Sequence[Any], place: Place) -> None:
        """What the reads told of themselves that answered some of these keys before holds for this place too."""
        for batch in self._ended.get(group, ()):
            if any(key in batch.keys for key in keys):
                self.reads += [(place, provenance) for provenance in batch.told]

    async def _gathered(self, group: Group, keys: list[Any], place: Place) -> None:
        """Wait until the keys were told; those nobody asked for yet join the batch that is being gathered."""
        batches = []
        for batch in self._flying.setdefault(group, []):
            rest = [key for key in keys if key not in batch.keys]
            if len(rest) < len(keys):
                batches.append(batch)
                keys = rest
        if keys:
            batch = self._gathering.get(group) or self._begun(group)
            batch.keys |= dict.fromkeys(keys)
            if batch not in batches:
                batches.append(batch)
        for batch in batches:
            if place not in batch.places:
                batch.places.append(place)
        loop = asyncio.get_running_loop()
        waiters = []
        for batch in batches:  # all before the first is awaited: another may end meanwhile
            waiters.append(loop.create_future())  # one's own: who is cancelled must not take the others along
            batch.waiters.append(waiters[-1])
        for waiter in waiters:
            await waiter

    def _begun(self, group: Group) -> _Batch:
        batch = self._gathering[group] = _Batch()
        self._flying[group].append(batch)
        self._start(self._dispatch(group, batch))
        return batch

    async def _dispatch(self, group: Group, batch: _Batch) -> None:
        if not batch.places[0].apart:
            await _quiet(batch)
        del self._gathering[group]
        keys = list(batch.keys)
        answers = await self._call(batch.places, keys, group[1], batch.told)
        self._told[group].update(zip(keys, answers, strict=True))
        self._flying[group].remove(batch)
        self._ended.setdefault(group, []).append(batch)
        for waiter in batch.waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def _call(
        self, places: Sequence[Place], keys: Sequence[Any], arguments: tuple[Any, ...], told: list[Provenance]
    ) -> Sequence[Any]:
        """One read of a source. What fails stands in the place of each key."""
        if is_recorded():
            with spanned("read") as span:
                answers = await self._read(places, keys, arguments, told)
                if span is not None:
                    tell_read(span, places[0].source, told, answers)
        else:
            answers = await self._read(places, keys, arguments, told)
        self.reads += [(place, provenance) for provenance in told for place in places]
        return answers

    async def _read(
        self, places: Sequence[Place], keys: Sequence[Any], arguments: tuple[Any, ...], told: list[Provenance]
    ) -> Sequence[Any]:
        try:
            self._spend(calls_for(places[0].source, keys))
            ask = Ask(self._ask.viewer, self._ask.deadline, _wanted(places), told)
            answers: Sequence[Any] = await source_in(self._sources, places[0].source)(keys, *arguments, ask)
            if len(answers) != len(keys):
                raise RuntimeError(f"{places[0].source.__qualname__} answered not one entry a key")  # noqa: TRY301 - as above
            if not told:  # it says nothing of itself: then nothing of it may be kept
                told.append(_of_ours(places[0].source.__name__))
        except Exception as error:  # noqa: BLE001 - whatever it was, everyone who waits is told
            return [error] * len(keys)
        return answers

    def _spend(self, calls: int) -> None:
        """Take calls out of the budget. Raises ``RefusedError`` (TOO_MANY_READS) where so many are not left."""
        if self._calls + calls > self._most_calls:
            raise RefusedError("TOO_MANY_READS", most=self._most_calls)
        self._calls += calls

    def _start(self, work: Any) -> "asyncio.Task[Any]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.append(task)  # a loop holds its tasks weakly only
        return task

    def forget(self) -> None:
        """Read again what is asked for from now on: something was written. Nothing may be under way."""
        self._told.clear()

    def cancel(self) -> None:
        """Give up what is under way: nobody waits for the answer any more."""
        for task in self._tasks:
            task.cancel()


def source_in(sources: Sources, source: Source) -> Source:
    """The method that answers a port's. Raises ``RefusedError`` (PLATFORM_NOT_CONFIGURED) where nobody offers it."""
    try:
        return sources[source]
    except KeyError:
        raise RefusedError("PLATFORM_NOT_CONFIGURED", ability=source.__qualname__.split(".")[0]) from None


async def _quiet(batch: _Batch) -> None:
    """Wait until no more keys come."""
    seen = -1
    while seen != len(batch.keys):
        seen = len(batch.keys)
        for _ in range(_QUIET_TURNS):
            await asyncio.sleep(0)


def _of_ours(operation: str) -> Provenance:
    return Provenance("gateway", operation, CacheState.FETCHED, time.time(), 0.0, private=True)


def _wanted(places: Sequence[Place]) -> frozenset[str] | None:
    wanted: frozenset[str] = frozenset()
    for place in places:
        if place.wanted is None:
            return None
        wanted |= place.wanted
    return wanted
