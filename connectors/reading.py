"""How a source reads: by many keys, in chunks, one flight, kept as its rule allows.

Every port that reads is a few lines over ``Reader.read``: it says by which rule (``freshness.py``), and how one chunk
is fetched. Each read says how it was answered, where somebody wants to know (``Ask.told``).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, TypeVar

import msgspec

from connectors.askers import Askers, is_nobody
from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import PlatformError, TooSlowError
from connectors.flights import Passing, Reading
from connectors.freshness import ReadRule
from connectors.guarding.guard import Guard
from connectors.guarding.repeating import fetched
from connectors.metering import Meter
from connectors.provenance import CacheState, Provenance
from connectors.viewer import Ask

__all__ = ["ReadRule", "Reader"]

R = TypeVar("R")
Fetch = Callable[[list[Any], Deadline], Awaitable[Mapping[Any, R]]]

_written = msgspec.json.Encoder(order="deterministic").encode


class Reader:
    """Reads for one platform; ``timeout`` is the longest one upstream call may take, in seconds."""

    def __init__(self, platform: str, cache: Cache, timeout: float, guard: Guard | None = None) -> None:
        self.platform = platform
        self._guard = guard or Guard(Meter(platform), timeout=timeout)
        self._meter = self._guard.meter
        self._cache = cache
        self._timeout = timeout
        self._askers = Askers()
        self._unkept: dict[ReadRule, ReadRule] = {}  # as many as there are reads in the code

    def read(
        self,
        rule: ReadRule,
        keys: Sequence[Any],
        ask: Ask,
        fetch: Fetch[R],
        *,
        per: object = None,
        empty: R | None = None,
    ) -> Coroutine[Any, Any, list[R | PlatformError | None]]:
        """Answer one entry per key, in order.

        Args:
            rule: how this operation is read.
            keys: what to read, texts or numbers; doubles are asked once.
            ask: who asks and until when.
            fetch: reads one chunk, at most ``rule.batch`` keys; answers what it found, by key; may raise a
                ``PlatformError``, which then stands in the place of each key of the chunk. Its deadline is the asker's
                only where nobody else can wait for the same call.
            per: everything besides the key that decides the answer (arguments, the asker where it matters); anything
                that can be written as JSON. Of a private rule's entries the asker is part in any case.
            empty: stands for a key that ``fetch`` did not answer.
        """
        if rule.fresh_for > 0 and not self._cache.keeps:
            rule = self._unkept.get(rule) or self._unkept.setdefault(rule, rule.unkept())
        if rule.fresh_for <= 0 and not self._cache.shares:
            return self._alone(rule, keys, ask, fetch, empty)
        return self._together(rule, keys, ask, fetch, per, empty)

    async def _together(  # noqa: PLR0917 - handed on by ``read`` only
        self, rule: ReadRule, keys: Sequence[Any], ask: Ask, fetch: Fetch[R], per: object, empty: R | None
    ) -> list[R | PlatformError | None]:
        """Read what may be kept, or is shared while it is under way."""
        if not keys:
            return []
        if type(keys[0]) is not str:
            keys, fetch = _spelled(keys, fetch)
        prefix = self._prefix(rule, per, ask)
        entries = self._cache.fresh(prefix, keys) if rule.fresh_for > 0 else None
        if entries is not None:
            self._meter.kept(rule.operation, len(keys))
            if ask.told is not None:
                since, until = min([one.fetched_at for one in entries]), min([one.fresh_until for one in entries])
                self._tell(ask, rule, CacheState.KEPT, since, until)
            return [entry.value for entry in entries]

        async def load(wanted: list[str]) -> Mapping[str, Any]:
            began = self._meter.now()
            found = await self._fetched(rule, wanted, fetch, Deadline.after(self._timeout_of(rule)))
            values = dict(zip(wanted, map(found.get, wanted, repeat(empty)), strict=True))
            return Passing(values) if self._guard.unread_since(rule.operation, began) else values

        reading = Reading(rule, prefix, load, self._guard.extension)
        return await (self._kept if rule.fresh_for > 0 else self._joined)(reading, keys, ask)

    async def _kept(self, reading: Reading, keys: Sequence[str], ask: Ask) -> list[Any]:
        """Read what is kept, as far as it is."""
        rule = reading.rule
        found = await self._cache.read(reading, keys, ask.deadline)
        if found.hits:
            self._meter.kept(rule.operation, found.hits, found.stale)
        if ask.told is not None:
            self._tell(ask, rule, found.state, found.since, found.until, found.upstream_ms)
        late = TooSlowError(self.platform, rule.operation)
        return [found.values.get(key, late) for key in keys]

    async def _joined(self, reading: Reading, keys: Sequence[str], ask: Ask) -> list[Any]:
        """Read what is not kept, but shared while it is under way."""
        rule = reading.rule
        run, joined = await self._cache.joined(reading, tuple(keys), ask.deadline)
        values: Mapping[str, Any] = run.done.result() if run else {}
        if joined and run:
            self._meter.kept(rule.operation, len(values))
        if ask.told is not None:
            self._tell(ask, rule, CacheState.FETCHED, run.fetched_at if run else 0.0, 0.0, run.took_ms if run else None)
        if run:
            return [values[key] for key in keys]
        return [TooSlowError(self.platform, rule.operation)] * len(keys)

    def _prefix(self, rule: ReadRule, per: object, ask: Ask) -> str:
        """What names an entry, up to its key.

        Five parts, each but the last ended by a line break, which the JSON before it cannot hold and operations do
        not: so no two reads that differ have a name in common. Where nothing is kept a source may leave out what is
        not looked at (``Ask.wanted``): then that is part of what decides the answer.
        """
        whose = self._askers.text(ask.viewer) if rule.private else ""
        wanted = "" if rule.fresh_for > 0 or ask.wanted is None else _names_in(ask.wanted)
        return f"{self.platform}:{rule.operation}\n{whose}\n{wanted}\n{_text_of(per)}\n"

    async def _alone(
        self, rule: ReadRule, keys: Sequence[Any], ask: Ask, fetch: Fetch[R], empty: R | None
    ) -> list[R | PlatformError | None]:
        """Read what is neither kept nor shared: in the asker's own task, by the asker's own deadline."""
        if not keys:
            return []
        began = time.monotonic()
        latest = began + self._timeout_of(rule)
        deadline = ask.deadline if ask.deadline.at <= latest else Deadline(latest)
        if deadline.at <= began:
            return [TooSlowError(self.platform, rule.operation)] * len(keys)
        asked = list(dict.fromkeys(keys))
        found = await self._fetched(rule, asked, fetch, deadline)
        if ask.told is not None:
            took_ms = (time.monotonic() - began) * 1000
            self._tell(ask, rule, CacheState.FETCHED, time.time(), 0.0, took_ms)
        return list(map(found.get, keys, repeat(empty)))

    async def _fetched(
        self, rule: ReadRule, keys: list[str], fetch: Fetch[R], deadline: Deadline
    ) -> Mapping[str, R | PlatformError]:
        """Fetch everything, chunks at once; what is not answered is missing."""
        guard, operation, most = self._guard, rule.operation, rule.batch
        hedge_after = 0.0 if rule.private else guard.hedge_after(operation)
        if len(keys) <= most:
            return await fetched(guard, operation, fetch, keys, deadline, hedge_after)
        chunks = [keys[at : at + most] for at in range(0, len(keys), most)]
        parts = await asyncio.gather(
            *(fetched(guard, operation, fetch, chunk, deadline, hedge_after) for chunk in chunks)
        )
        return {key: part[key] for chunk, part in zip(chunks, parts, strict=True) for key in chunk if key in part}

    def _timeout_of(self, rule: ReadRule) -> float:
        return self._guard.timeout_of(rule.operation) if self._guard.settings.operations else self._timeout

    def _tell(  # noqa: PLR0917 - the parts of what is told
        self,
        ask: Ask,
        rule: ReadRule,
        state: CacheState,
        fetched_at: float,
        fresh_until: float,
        upstream_ms: float | None = None,
    ) -> None:
        private = rule.private and not is_nobody(ask.viewer)
        if ask.told is not None:
            ask.told.append(
                Provenance(self.platform, rule.operation, state, fetched_at, fresh_until, private, upstream_ms)
            )


def _spelled(keys: Sequence[Any], fetch: Fetch[R]) -> tuple[list[str], Fetch[R]]:
    """Keys as texts, by which entries are named; fetched as they came."""
    texts = [str(key) for key in keys]
    meant = dict(zip(texts, keys, strict=True))

    async def fetch_meant(asked: list[str], deadline: Deadline) -> Mapping[str, R]:
        found = await fetch([meant[text] for text in asked], deadline)
        return {str(key): value for key, value in found.items()}

    return texts, fetch_meant


@lru_cache(maxsize=1024)
def _names_in(wanted: frozenset[str]) -> str:
    return _written(wanted).decode()


def _text_of(per: object) -> str:
    """What decides an answer, in one line that tells apart all that differs."""
    if per is None:
        return ""
    try:
        return _written(per).decode()
    except (UnicodeEncodeError, OverflowError):  # half a character, a number of any size: JSON has no word for them
        return f"={per!a}"
