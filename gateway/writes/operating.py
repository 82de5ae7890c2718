"""What operators do about effects: look at them, have them tried again, give them up.

Any process may do it, beside the gateways that deliver; nothing that one is trying right now is touched.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, update
from sqlalchemy.orm import aliased

from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import DigestRow, EffectRow, WriteRow
from connectors.records.effect import EffectStatus
from gateway.writes.order import WAITING, goes_before

DROPPED = "WRITE_DROPPED"
"""The code of what an operator gave up."""
OPEN = (*WAITING, EffectStatus.FAILED)

_EARLIER = aliased(EffectRow)
_BEHIND = (
    select(func.min(_EARLIER.number))
    .where(goes_before(_EARLIER, EffectRow), EffectRow.status.in_(WAITING))
    .scalar_subquery()
)


class KeptEffect(NamedTuple):
    """An effect as operators see it: nothing of what was written, nor by whom.

    ``place`` 0 is the primary effect; ``behind``: the earlier one on the same thing that has to be done first;
    ``held``: a gateway is trying it.
    """

    number: int
    write_id: str
    place: int
    act: str
    kind: str
    platform: str
    status: str
    code: str | None
    attempts: int
    begun_at: datetime
    due_at: datetime
    behind: int | None
    held: bool


class CannotError(Exception):
    """An effect that is not there, is over, or is being tried: nothing of what was asked for is done."""


async def kept_effects(
    database: Database, statuses: Sequence[EffectStatus], platform: str | None, most: int
) -> list[KeptEffect]:
    """Read effects in those states, the oldest first. Raises ``StoreUnavailableError``."""
    wanted = _wanted().where(EffectRow.status.in_(statuses or OPEN)).order_by(EffectRow.number).limit(most)
    if platform is not None:
        wanted = wanted.where(EffectRow.platform == platform)

    async def read(session: Any) -> list[Any]:
        return list(await session.execute(wanted))

    at = now()
    return [_kept(row, at) for row in await database.read(read)]


async def try_again(database: Database, numbers: Sequence[int]) -> list[KeptEffect]:
    """Have effects tried now, as if for the first time; what was given up has all its time again.

    Of one whose outcome is unknown the platform is asked first, as before. Raises ``CannotError``,
    ``StoreUnavailableError``.
    """

    def change(connection: Connection, effect: KeptEffect, at: datetime) -> None:
        values: dict[str, Any] = {"due_at": at, "attempts": 0}
        if effect.status == EffectStatus.FAILED:
            values |= {"status": EffectStatus.PENDING, "code": None, "begun_at": at, "digest": None}
        this = EffectRow.number == effect.number
        digest = connection.scalar(select(EffectRow.digest).where(this))
        connection.execute(update(EffectRow).where(this).values(**values))
        if digest is not None:
            waits = (DigestRow.id == digest, DigestRow.status.in_(WAITING))
            connection.execute(update(DigestRow).where(*waits).values(due_at=at))

    return await _each(database, numbers, OPEN, change)


async def give_up(database: Database, numbers: Sequence[int]) -> list[KeptEffect]:
    """Give effects up: they stay as FAILED, with the code of an operator. Raises as ``try_again``."""

    def change(connection: Connection, effect: KeptEffect, _: datetime) -> None:
        values = {"status": EffectStatus.FAILED, "code": DROPPED, "digest": None}
        connection.execute(update(EffectRow).where(EffectRow.number == effect.number).values(**values))

    return await _each(database, numbers, WAITING, change)


async def _each(
    database: Database,
    numbers: Sequence[int],
    allowed: Sequence[EffectStatus],
    change: Callable[[Connection, KeptEffect, datetime], None],
) -> list[KeptEffect]:
    """All of them or none, in one transaction; answers how they were before."""

    def changed(connection: Connection) -> list[KeptEffect]:
        at = now()
        rows = connection.execute(_wanted().where(EffectRow.number.in_(numbers)).with_for_update(of=EffectRow))
        found = {row.number: _kept(row, at) for row in rows}
        effects = []
        for number in dict.fromkeys(numbers):
            effect = found.get(number)
            if effect is None:
                raise CannotError(f"{number}: no such effect")
            if effect.held:
                raise CannotError(f"{number}: is being tried right now; ask again in a few seconds")
            if effect.status not in allowed:
                raise CannotError(f"{number}: is {effect.status} already")
            change(connection, effect, at)
            effects.append(effect)
        return effects

    return await database.write_plainly(changed)


def _wanted() -> Any:
    return select(
        EffectRow.number,
        EffectRow.write_id,
        EffectRow.place,
        WriteRow.act,
        EffectRow.kind,
        EffectRow.platform,
        EffectRow.status,
        EffectRow.code,
        EffectRow.attempts,
        EffectRow.begun_at,
        EffectRow.due_at,
        _BEHIND,
        EffectRow.held_until,
    ).join(WriteRow, WriteRow.id == EffectRow.write_id)


def _kept(row: Any, at: datetime) -> KeptEffect:
    held = row.status in WAITING and row.held_until is not None and row.held_until > at
    return KeptEffect._make((*row[:-1], held))
