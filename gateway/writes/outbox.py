"""Tries what is due until it is done or given up, beside the requests; any replica does it."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import msgspec
import structlog

from auth.store import StoreUnavailableError
from auth.store.moments import now
from connectors.background import beside
from connectors.deadline import Deadline
from connectors.records.effect import EffectKind, EffectStatus
from connectors.tracing import note
from connectors.viewer import Ask
from gateway.observing.tracing import Tracing
from gateway.writes.acting import Acting
from gateway.writes.claiming import claim
from gateway.writes.deliveries.delivery import Delivery
from gateway.writes.deliveries.digests import Digests
from gateway.writes.homes import Homes
from gateway.writes.outcomes import code_of, status_after, wait_after
from gateway.writes.rows import Due
from gateway.writes.settings import WriteSettings
from gateway.writes.store import WriteStore
from gateway.writes.sweeping import sweep
from schema.mutation import ACTS

_GRACE = timedelta(seconds=2)
_QUIET_SECONDS = 1.0
_SWEEP_SECONDS = 600.0

_log = structlog.get_logger(__name__)


class Outbox:
    """One per process.

    Args:
        store: where writes stand.
        homes: who knows which writes were done.
        acting: does a primary effect.
        deliveries: do the others, by their kind.
        digests: send notifications, together.
        settings: how often, how long.
        woken: set where something became due.
        tracing: which tries are traced.
    """

    def __init__(  # noqa: PLR0917 - put together in one place
        self,
        store: WriteStore,
        homes: Homes,
        acting: Acting,
        deliveries: Mapping[EffectKind, Delivery],
        digests: Digests,
        settings: WriteSettings,
        woken: asyncio.Event,
        tracing: Tracing,
    ) -> None:
        self._store, self._homes, self._acting = store, homes, acting
        self._deliveries, self._digests, self._settings = deliveries, digests, settings
        self._woken = woken
        self._tracing = tracing

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Deliver until left; what is being tried then is tried again by whoever comes next."""
        async with beside(self._work):
            yield

    async def _work(self) -> None:
        swept = float("-inf")
        while True:
            self._woken.clear()
            try:
                busy = await self.turn()
                if time.monotonic() - swept > _SWEEP_SECONDS:
                    swept = time.monotonic()
                    busy |= await sweep(self._store, self._settings) > 0
            except StoreUnavailableError as error:
                _log.warning("the outbox cannot be read", fault=error)
                busy = False
            if not busy:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), _QUIET_SECONDS)

    async def turn(self) -> bool:
        """Try what is due, once; whether there was any."""
        seconds = self._settings.deadline_ms / 1000
        due = await claim(self._store, self._settings.batch, timedelta(seconds=2 * seconds) + _GRACE)
        await asyncio.gather(*(self._try(one) for one in due))
        return bool(due) | await self._digests.turn()

    async def _try(self, due: Due) -> None:
        with self._tracing.apart(f"effect {due.kind.value}", due.cause):
            note("peer.service", value=due.platform)
            note("tongxin.effect.attempt", value=due.attempts + 1)
            await self._tried(due)

    async def _tried(self, due: Due) -> None:
        ask = Ask(due.actor, Deadline.after(self._settings.deadline_ms / 1000))
        try:
            if due.place == 0:
                await self._primary(due, ask)
            else:
                await self._secondary(due, ask)
        except StoreUnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, the effect waits, and the others go on
            await self._failed(due, error)

    async def _primary(self, due: Due, ask: Ask) -> None:
        """Ask the platform for the act again, under the same id: what was done is answered, the rest is done."""
        act = ACTS[due.act]
        request = msgspec.json.decode(due.request, type=act.request)
        await self._acting.note(await self._acting.bring_about(act, request, due.write_id, ask), due.write_id)

    async def _secondary(self, due: Due, ask: Ask) -> None:
        if due.status is EffectStatus.UNKNOWN and await self._was_done(due, ask):
            await self._store.settle(due, EffectStatus.DONE)
            return
        with self._homes.tries.one(due.platform):
            changed = await self._deliveries[due.kind].deliver(due, ask)
        await self._store.settle(due, EffectStatus.DONE)
        self._acting.tell(due.write_id, changed)

    async def _was_done(self, due: Due, ask: Ask) -> bool:
        """Whether the platform says so; where it cannot be asked, sending the same id again tells."""
        log = self._homes.logs.get(due.platform)
        if log is None:
            return False
        [told] = await log.load_writes([due.effect_id], ask)
        if isinstance(told, Exception):
            raise told
        return told is not None

    async def _failed(self, due: Due, error: Exception) -> None:
        status, code = status_after(error), code_of(error)
        if status is not EffectStatus.DONE and now() - due.begun_at > timedelta(hours=self._settings.give_up_h):
            status = EffectStatus.FAILED
        if status is EffectStatus.FAILED:
            _log.error("an effect was given up", platform=due.platform, kind=due.kind.value, code=code)
        elif code == "INTERNAL_ERROR":
            _log.error("an effect failed", platform=due.platform, kind=due.kind.value, fault=error)
        note("tongxin.outcome", value=code)
        wait = wait_after(due.attempts + 1, self._settings)
        await self._store.settle(due, status, None if status is EffectStatus.DONE else code, wait)
        self._acting.tell(due.write_id, ())
