"""The log of what is owed to clients' back channels: who takes which, what came of it, what is tried again when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import ClientRow, LogoutDeliveryRow

_PAUSES = (10, 30, 120, 600, 3600)
"""Seconds until the next try; the last of them again and again."""

_GIVEN_UP_AFTER = timedelta(hours=24)
_AT_ONCE = 20
_OF_ONE_CLIENT = 4  # one that is down keeps the others waiting for a few timeouts, not for all of its own


@dataclass(frozen=True, slots=True)
class Owed:
    """A delivery taken by this process; ``uri`` is None where the client has no back channel any more."""

    id: int
    client_id: str
    uri: str | None
    subject: str
    sid: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as it is listed; ``next_at`` is None once it was delivered or given up."""

    id: int
    client_id: str
    client: str
    created_at: datetime
    tries: int
    next_at: datetime | None
    delivered_at: datetime | None
    given_up_at: datetime | None
    fault: str | None


class Deliveries:
    """Reads and writes the log; every replica works on the same one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self) -> Sequence[Owed]:
        """Take what is due, for this process alone.

        What is taken is due again after a pause as if it had failed: a process that is killed while it sends loses
        nothing.
        """
        if not await self._database.read(_any_due):
            return ()  # looked at every few seconds: nobody who writes should have to wait for that
        return await self._database.write(_take)

    async def delivered(self, delivery_id: int) -> None:
        """Note that the client has it."""
        done = {"delivered_at": now(), "next_at": None, "fault": None}
        await self._change(delivery_id, done)

    async def failed(self, delivery_id: int, fault: str) -> bool:
        """Note why it was not delivered; True when it was given up for that."""

        async def noted(session: AsyncSession) -> bool:
            row = await session.get_one(LogoutDeliveryRow, delivery_id, with_for_update=True)
            row.fault = fault
            if row.next_at is not None and row.next_at - row.created_at > _GIVEN_UP_AFTER:
                row.next_at, row.given_up_at = None, now()
            return row.given_up_at is not None

        return await self._database.write(noted)

    async def dropped(self, delivery_id: int, fault: str) -> None:
        """Note that no try can ever succeed."""
        await self._change(delivery_id, {"given_up_at": now(), "next_at": None, "fault": fault})

    async def list(self, client_id: str | None = None, limit: int = 100) -> tuple[Delivery, ...]:
        """Read the latest, of one client or of all, the newest first."""

        async def found(session: AsyncSession) -> tuple[Delivery, ...]:
            named = select(LogoutDeliveryRow, ClientRow.name).join(
                ClientRow, ClientRow.client_id == LogoutDeliveryRow.client_id
            )
            if client_id is not None:
                named = named.where(LogoutDeliveryRow.client_id == client_id)
            rows = await session.execute(named.order_by(LogoutDeliveryRow.id.desc()).limit(limit))
            return tuple(_delivery_from(row, name) for row, name in rows)

        return await self._database.read(found)

    async def _change(self, delivery_id: int, values: Mapping[str, object]) -> None:
        changed = update(LogoutDeliveryRow).where(LogoutDeliveryRow.id == delivery_id).values(**values)
        await self._database.write(lambda session: session.execute(changed))


async def _any_due(session: AsyncSession) -> bool:
    due = select(LogoutDeliveryRow.id).where(LogoutDeliveryRow.next_at <= now()).limit(1)
    return await session.scalar(due) is not None


async def _take(session: AsyncSession) -> list[Owed]:
    moment = now()
    due = LogoutDeliveryRow.next_at <= moment
    turn = func.row_number().over(partition_by=LogoutDeliveryRow.client_id, order_by=LogoutDeliveryRow.next_at)
    queue = select(LogoutDeliveryRow.id, turn.label("turn")).where(due).subquery()
    fair = select(queue.c.id).where(queue.c.turn <= _OF_ONE_CLIENT)
    free = (
        select(LogoutDeliveryRow)
        .where(LogoutDeliveryRow.id.in_(fair), due)
        .order_by(LogoutDeliveryRow.next_at)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = (await session.scalars(free)).all()
    for row in rows:
        row.tries += 1
        row.next_at = moment + timedelta(seconds=_PAUSES[min(row.tries, len(_PAUSES)) - 1])
    addresses = select(ClientRow.client_id, ClientRow.backchannel_logout_uri).where(
        ClientRow.client_id.in_({row.client_id for row in rows}), ClientRow.disabled_at.is_(None)
    )
    uris: dict[str, str | None] = {client_id: uri for client_id, uri in await session.execute(addresses)}  # noqa: C416 - rows are no pairs to mypy
    return [Owed(row.id, row.client_id, uris.get(row.client_id), row.subject, row.sid) for row in rows]


def _delivery_from(row: LogoutDeliveryRow, name: str) -> Delivery:
    return Delivery(
        row.id,
        row.client_id,
        name,
        row.created_at,
        row.tries,
        row.next_at,
        row.delivered_at,
        row.given_up_at,
        row.fault,
    )
