"""How a source reads: by many keys, in chunks, one flight, kept as its rule allows.

Every port that reads is a few lines over ``Reader.read``: it says by which rule (``freshness.py``), and how one chunk
is fetched. Each read says how it was answered, where somebody wants to know (``Ask.told``).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from connectors.askers import Askers, is_nobody
from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import PlatformError, TooSlowError
from connectors.flights import Reading
from connectors.freshness import ReadRule
from connectors.metering import Meter
from connectors.provenance import CacheState, Provenance
from connectors.viewer import Ask, Viewer

__all__ = ["ReadRule", "Reader"]

R = TypeVar("R")
Fetch = Callable[[list[str], Deadline], Awaitable[Mapping[str, R]]]

_written = msgspec.json.Encoder(order="deterministic").encode


class Reader:
    """Reads for one platform; ``timeout`` is the longest one upstream call may take, in seconds."""

    def __init__(self, platform: str, cache: Cache, timeout: float, meter: Meter | None = None) -> None:
        self.platform = platform
        self._meter = meter or Meter(platform)
        self._cache = cache
        self._timeout = timeout
        self._askers = Askers()

    async def read(
        self,
        rule: ReadRule,
        keys: Sequence[str],
        ask: Ask,
        fetch: Fetch[R],
        *,
        per: object = None,
        empty: R | None = None,
    ) -> list[R | PlatformError | None]:
        """Answer one entry per key, in order.

        Args:
            rule: how this operation is read.
            keys: what to read; doubles are asked once.
            ask: who asks and until when.
            fetch: reads one chunk, at most ``rule.batch`` keys; answers what it found, by key; may raise a
                ``PlatformError``, which then stands in the place of each key of the chunk. Its deadline is the asker's
                only where nobody else can wait for the same call.
            per: everything besides the key that decides the answer (arguments, the asker where it matters); anything
                that can be written as JSON. Of a private rule's entries the asker is part in any case.
            empty: stands for a key that ``fetch`` did not answer.
        """
        if not keys:
            return []
        if rule.fresh_for <= 0 and not self._cache.shares:
            return await self._alone(rule, keys, ask, fetch, empty)
        prefix = self._prefix(rule, per, ask.viewer)
        entries = self._cache.fresh(prefix, keys) if rule.fresh_for > 0 else None
        if entries is not None:
            self._meter.kept(rule.operation, len(keys))
            if ask.told is not None:
                since, until = min([one.fetched_at for one in entries]), min([one.fresh_until for one in entries])
                self._tell(ask, rule, CacheState.KEPT, since, until)
            return [entry.value for entry in entries]

        async def load(wanted: list[str]) -> Mapping[str, Any]:
            return await self._loaded(rule, wanted, fetch, Deadline.after(self._timeout), empty)

        reading = Reading(rule, prefix, load)
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

    def _prefix(self, rule: ReadRule, per: object, viewer: Viewer) -> str:
        """What names an entry, up to its key.

        Four parts, each but the last ended by a line break, which the JSON before it cannot hold and operations do
        not: so no two reads that differ have a name in common.
        """
        whose = self._askers.text(viewer) if rule.private else ""
        return f"{self.platform}:{rule.operation}\n{whose}\n{_text_of(per)}\n"

    async def _alone(
        self, rule: ReadRule, keys: Sequence[str], ask: Ask, fetch: Fetch[R], empty: R | None
    ) -> list[R | PlatformError | None]:
        """Read what is neither kept nor shared: in the asker's own task, by the asker's own deadline."""
        deadline = ask.deadline.sooner(self._timeout)
        began = time.monotonic()
        if deadline.at <= began:
            return [TooSlowError(self.platform, rule.operation)] * len(keys)
        found = await self._loaded(rule, list(dict.fromkeys(keys)), fetch, deadline, empty)
        if ask.told is not None:
            took_ms = (time.monotonic() - began) * 1000
            self._tell(ask, rule, CacheState.FETCHED, time.time(), 0.0, took_ms)
        return [found.get(key, empty) for key in keys]

    async def _loaded(
        self, rule: ReadRule, keys: list[str], fetch: Fetch[R], deadline: Deadline, empty: R | None
    ) -> Mapping[str, R | PlatformError | None]:
        """Fetch everything, chunks at once."""
        most = rule.batch
        if len(keys) <= most:
            return await self._chunk(fetch, keys, deadline, empty)
        chunks = [keys[at : at + most] for at in range(0, len(keys), most)]
        parts = await asyncio.gather(*(self._chunk(fetch, chunk, deadline, empty) for chunk in chunks))
        return {key: value for part in parts for key, value in part.items()}

    @staticmethod
    async def _chunk(
        fetch: Fetch[R], keys: list[str], deadline: Deadline, empty: R | None
    ) -> Mapping[str, R | PlatformError | None]:
        """One call."""
        try:
            answered = await fetch(keys, deadline)
        except PlatformError as error:
            return dict.fromkeys(keys, error)
        return {key: answered.get(key, empty) for key in keys}

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


def _text_of(per: object) -> str:
    """What decides an answer, in one line that tells apart all that differs."""
    if per is None:
        return ""
    try:
        return _written(per).decode()
    except (UnicodeEncodeError, OverflowError):  # half a character, a number of any size: JSON has no word for them
        return f"={per!a}"
