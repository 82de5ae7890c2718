"""What goes on beside the requests: groups are written, the chain is anchored, old entries are pruned."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import structlog

from auth.audit.acts import Act
from auth.audit.anchors import Anchors
from auth.audit.chain import Chain
from auth.audit.groups import Groups
from auth.audit.keys import CheckpointKeys
from auth.settings import AuditSettings
from auth.store.database import Database, StoreUnavailableError

if TYPE_CHECKING:
    from auth.audit.audit import Audit

_AGAIN_SECONDS = 1.0
_PRUNE_SECONDS = 3600.0
_PATIENCE_SECONDS = 5.0

_log = structlog.get_logger(__name__)


class Upkeep:
    """Two tasks while it runs; a store that is away is waited for."""

    def __init__(  # noqa: PLR0917 - handed on by the audit only
        self,
        audit: "Audit",
        groups: Groups,
        chain: Chain,
        database: Database,
        keys: CheckpointKeys,
        settings: AuditSettings,
    ) -> None:
        self._audit = audit
        self._groups = groups
        self._settings = settings
        self._anchors = Anchors(chain, database, keys)
        self._anchored_at = float("-inf")
        self._anchored = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Until left; then write and anchor what is left."""
        self._audit.note(Act.AUDIT_STARTED)
        stop = asyncio.Event()
        tasks = [asyncio.create_task(work(stop)) for work in (self._write, self._prune)]
        try:
            yield
        finally:
            stop.set()
            self._groups.wake.set()
            # a write that is cut off midway may hold the embedded database's lock until its connection is gone
            _, late = await asyncio.wait(tasks, timeout=_PATIENCE_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._leave()

    async def _leave(self) -> None:
        try:
            await self._groups.write()
            await self._anchor()
        except StoreUnavailableError as error:
            _log.error("audit entries were lost: the store is away at the end", lost=len(self._groups), fault=error)

    async def _write(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await _until(self._groups.wake, self._settings.checkpoint_s)
                await _until(stop, self._settings.group_ms / 1000)
                self._groups.wake.clear()
                await self._groups.write()
                if self._is_due():
                    await self._anchor()
            except Exception as error:  # noqa: BLE001 - whatever it was, the audit goes on
                _log.warning("the audit cannot be written just now", waiting=len(self._groups), fault=error)
                self._groups.wake.set()
                await _until(stop, _AGAIN_SECONDS)

    def _is_due(self) -> bool:
        fresh = self._groups.written - self._anchored
        late = time.monotonic() - self._anchored_at > self._settings.checkpoint_s
        return fresh >= self._settings.checkpoint_entries or (late and fresh > 0)

    async def _anchor(self) -> None:
        """Write down where the others stand, then sign where this chain does."""
        if self._groups.written == self._anchored:
            return
        others = await self._anchors.others()
        if others:
            self._audit.note(Act.AUDIT_ANCHORED, chains=others)
            await self._groups.write()
        await self._anchors.sign(self._groups.end)
        self._anchored, self._anchored_at = self._groups.written, time.monotonic()

    async def _prune(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self._audit.prune()
            except Exception as error:  # noqa: BLE001 - as above
                _log.warning("old audit entries cannot be deleted just now", fault=error)
            await _until(stop, _PRUNE_SECONDS)


async def _until(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event, at most so long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
