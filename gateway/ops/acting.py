"""The few things one may do at three in the morning. Each has an end of its own or does no harm, and is audited."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from auth.audit import Act, Audit
from auth.store import Database
from auth.store.moments import now
from connectors.records.health import BreakerState
from gateway.health.prober import Prober
from gateway.ops.incidents.keeper import Keeper
from gateway.ops.incidents.lines import act_line
from gateway.ops.orders import BREAKER, STALE, Followed, OrderBook
from gateway.ops.pressing import ACTS, CLOSE, OPEN, OUTBOX, PROBE, RELEASE, STALE_RELEASE
from gateway.ops.pressing import STALE as STALE_EXTEND
from gateway.ops.refusal import OpsRefusedError
from gateway.writes.operating import CannotError, kept_effects, try_again

MOST_MINUTES = 24 * 60
_MINUTES = {OPEN: 30, CLOSE: 30, STALE_EXTEND: 60}
_MOST_RETRIED = 200
_NOTED = {
    OPEN: Act.BREAKER_OPENED,
    CLOSE: Act.BREAKER_CLOSED,
    RELEASE: Act.BREAKER_RELEASED,
    STALE_EXTEND: Act.STALE_EXTENDED,
    STALE_RELEASE: Act.STALE_RELEASED,
    PROBE: Act.PLATFORM_PROBED,
}
_STATES = {OPEN: BreakerState.OPEN, CLOSE: BreakerState.CLOSED}


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page sends. ``number``: one effect of the outbox; without it all of the platform that are not done."""

    act: str
    platform: str
    minutes: int | None = None
    number: int | None = None


def decoded(body: bytes) -> Wanted:
    """What was sent. Raises ``OpsRefusedError``."""
    try:
        return msgspec.json.decode(body, type=Wanted)
    except msgspec.DecodeError as error:  # of the wrong form, too
        raise OpsRefusedError("OPERATOR_ACT_UNKNOWN", str(error)) from error


class Who(NamedTuple):
    """Who does it: ``name`` stands in timelines and orders, ``person_id`` the audit makes a pseudonym of."""

    name: str
    person_id: str | None


class Acting:
    """One per process."""

    def __init__(
        self,
        book: OrderBook,
        followed: Followed,
        keeper: Keeper,
        *,
        prober: Prober,
        database: Database,
        audit: Audit,
        platforms: Sequence[str],
    ) -> None:
        self._book, self._followed, self._keeper = book, followed, keeper
        self._prober, self._database, self._audit = prober, database, audit
        self._platforms = frozenset(platforms)

    async def act(self, wanted: Wanted, who: Who) -> None:
        """Do it. Raises ``OpsRefusedError``, ``StoreUnavailableError``."""
        if wanted.act not in ACTS:
            raise OpsRefusedError("OPERATOR_ACT_UNKNOWN", "act")
        if wanted.platform not in self._platforms:
            raise OpsRefusedError("OPERATOR_PLATFORM_UNKNOWN")
        minutes = wanted.minutes if wanted.minutes is not None else _MINUTES.get(wanted.act)
        if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
            raise OpsRefusedError("OPERATOR_ACT_UNKNOWN", f"minutes: 1 – {MOST_MINUTES}")
        if wanted.act == OUTBOX:
            await self._retry(wanted, who)
        elif wanted.act == PROBE:
            await self._prober.probe(wanted.platform)
        else:
            await self._order(wanted, who, minutes)
        if wanted.act in _NOTED:
            length: dict[str, Any] = {"minutes": minutes} if wanted.act in _MINUTES else {}
            self._audit.note(_NOTED[wanted.act], who=who.person_id, platform=wanted.platform, **length)
        if wanted.act != PROBE:
            await self._keeper.add(wanted.platform, act_line(wanted.act, minutes, now(), who.name))

    async def _order(self, wanted: Wanted, who: Who, minutes: int | None) -> None:
        kind = STALE if wanted.act in {STALE_EXTEND, STALE_RELEASE} else BREAKER
        if minutes is None or wanted.act not in _MINUTES:
            await self._book.take_back(wanted.platform, kind)
        else:
            state = _STATES[wanted.act].value if wanted.act in _STATES else ""
            await self._book.give(wanted.platform, kind, state, who.name, minutes)
        await self._followed.follow()

    async def _retry(self, wanted: Wanted, who: Who) -> None:
        kept = await kept_effects(self._database, (), wanted.platform, _MOST_RETRIED)
        numbers = [one.number for one in kept if not one.held and wanted.number in {None, one.number}]
        if not numbers:
            raise OpsRefusedError("OPERATOR_ACT_REFUSED", "nothing waits that can be tried again")
        try:
            effects = await try_again(self._database, numbers)
        except CannotError as error:
            raise OpsRefusedError("OPERATOR_ACT_REFUSED", str(error)) from error
        for one in effects:
            facts: dict[str, Any] = {
                "write": one.write_id,
                "place": one.place,
                "kind": one.kind,
                "platform": one.platform,
            }
            self._audit.note(Act.EFFECT_RETRIED, who=who.person_id, **facts)
