"""Deletes what has ended long ago: all that is stored for a time only, every ten minutes.

Small steps, so that nobody who writes waits long; several replicas may sweep at once, each row goes once.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, delete, exists, inspect, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from auth.store.database import Database, StoreUnavailableError
from auth.store.moments import now
from auth.store.tables import (
    Base,
    DeviceCodeRow,
    EnrolmentCodeRow,
    GrantRow,
    InitialAccessTokenRow,
    LockoutRow,
    LogoutDeliveryRow,
    PushedRequestRow,
    RevocationRow,
    SessionRow,
    UsedOnceRow,
)
from connectors.background import beside

_EVERY_SECONDS = 600.0
_JITTER = 0.2
_STEP = 500
_DAY = timedelta(days=1)
_ALL_PAGES = timedelta(minutes=15)
_MONTH = timedelta(days=30)

Rule = Callable[[datetime], ColumnElement[bool]]


def _grants(moment: datetime) -> ColumnElement[bool]:
    """Not while the browser session goes on: its clients have yet to hear of its end."""
    goes_on = exists().where(
        SessionRow.sid == GrantRow.sid, SessionRow.ended_at.is_(None), SessionRow.ends_at > moment - _DAY
    )
    return ((GrantRow.expires_at <= moment - _DAY) | (GrantRow.ended_at <= moment - _DAY)) & ~goes_on


def _asked_for(
    moment: datetime, expires_at: InstrumentedAttribute[datetime], used: ColumnElement[bool]
) -> ColumnElement[bool]:
    """What nobody used goes early: whoever knows a public client's id can have such rows made without end.

    Not before a request that was read in time has had its ten minutes for all the pages.
    """
    return (expires_at <= moment - _DAY) | ((expires_at <= moment - _ALL_PAGES) & ~used)


_RULES: Mapping[type[Base], Rule] = {
    PushedRequestRow: lambda moment: _asked_for(
        moment, PushedRequestRow.expires_at, PushedRequestRow.used_at.is_not(None)
    ),
    DeviceCodeRow: lambda moment: _asked_for(moment, DeviceCodeRow.expires_at, DeviceCodeRow.decision.is_not(None)),
    GrantRow: _grants,
    UsedOnceRow: lambda moment: UsedOnceRow.until <= moment,
    RevocationRow: lambda moment: RevocationRow.until <= moment,
    SessionRow: lambda moment: (SessionRow.ends_at <= moment - _MONTH) | (SessionRow.ended_at <= moment - _MONTH),
    LogoutDeliveryRow: lambda moment: (
        LogoutDeliveryRow.next_at.is_(None) & (LogoutDeliveryRow.created_at <= moment - _MONTH)
    ),
    InitialAccessTokenRow: lambda moment: InitialAccessTokenRow.expires_at <= moment - _MONTH,
    EnrolmentCodeRow: lambda moment: EnrolmentCodeRow.expires_at <= moment - _MONTH,
    LockoutRow: lambda moment: (
        (LockoutRow.failed_at <= moment - _MONTH)
        & (LockoutRow.locked_until.is_(None) | (LockoutRow.locked_until <= moment))
    ),
}
"""What goes when; a used code or pushed request stays for a day: one that comes again is known for what it is."""


class Sweeping:
    """One per process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Sweep every ten minutes while the block runs, replicas not all at once."""
        async with beside(self._run):
            yield

    async def round(self) -> Mapping[str, int]:
        """Delete all that is due; answers how many rows of which table. Raises ``StoreUnavailableError``."""
        moment = now()
        return {table.__tablename__: await self._swept(table, rule(moment)) for table, rule in _RULES.items()}

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_SECONDS * random.uniform(1 - _JITTER, 1 + _JITTER))  # noqa: S311 - nothing secret
            try:
                swept = await self.round()
                structlog.get_logger().info("swept", **{table: count for table, count in swept.items() if count})
            except StoreUnavailableError:
                structlog.get_logger().warning("not swept: the store cannot be reached")
            except Exception as error:  # noqa: BLE001 - a gateway must not end because of old rows
                structlog.get_logger().error("sweeping failed", fault=error)

    async def _swept(self, table: type[Base], due: ColumnElement[bool]) -> int:
        keys = inspect(table).primary_key
        some = select(*keys).where(due).limit(_STEP)
        step = delete(table).where(tuple_(*keys).in_(some), due)

        async def swept(session: AsyncSession) -> int:
            return int((await session.execute(step)).rowcount)  # type: ignore[attr-defined]  # of a DELETE it is there

        total, last = 0, _STEP
        while last == _STEP:
            last = await self._database.write(swept)
            total += last
        return total
