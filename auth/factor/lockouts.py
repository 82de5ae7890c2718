"""Lock-out: who guesses too often waits, and the right answer does not help while they wait."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from auth.settings import FactorSettings
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import LockoutRow
from auth.vault import Vault


class LockedError(Exception):
    """Too many wrong answers in a row; ``until`` is when asking again may help."""

    def __init__(self, until: datetime) -> None:
        super().__init__("locked")
        self.until = until


class Lockouts:
    """Counts failures in a row against any subject, such as ``factor p_…``; keeps nothing in memory.

    What stands for the subject in the database is its digest. A guess is best looked at in the transaction that
    counts it (``check_in``, then ``failed_in`` or ``passed_in``): guesses at once then come one after the other, and
    no more of them are looked at than the setting says. All raise ``StoreUnavailableError``.
    """

    def __init__(
        self, database: Database, vault: Vault, settings: FactorSettings, clock: Callable[[], datetime] = now
    ) -> None:
        self._database = database
        self._vault = vault
        self._failures = settings.failures
        self._lock = timedelta(seconds=settings.lock_s)
        self._clock = clock

    async def check(self, subject: str) -> None:
        """Raise ``LockedError`` while the subject is locked."""
        until = await self._database.read(lambda session: self.until_in(session, subject))
        if until is not None:
            raise LockedError(until)

    async def failed(self, subject: str) -> datetime | None:
        """Count a failure; until when that locks, None while it does not."""
        return await self._database.write(lambda session: self.failed_in(session, subject))

    async def until_in(self, session: AsyncSession, subject: str) -> datetime | None:
        """Read when the lock ends; None where there is none."""
        return self._end_of(await session.get(LockoutRow, self._vault.digest(subject)))

    async def check_in(self, session: AsyncSession, subject: str) -> None:
        """Raise ``LockedError`` while locked; else nobody else counts on this subject until the transaction ends."""
        until = self._end_of(await self._row(session, subject))
        if until is not None:
            raise LockedError(until)

    async def failed_in(self, session: AsyncSession, subject: str) -> datetime | None:
        """Count a failure within a transaction; until when that locks."""
        row, moment = await self._row(session, subject), self._clock()
        over = row.locked_until is not None and row.locked_until <= moment
        row.failures = 1 if over else row.failures + 1
        row.failed_at = moment
        row.locked_until = moment + self._lock if row.failures >= self._failures else None
        return row.locked_until

    async def passed_in(self, session: AsyncSession, subject: str) -> bool:
        """Forget the failures within a transaction; whether there were any."""
        row = await session.get(LockoutRow, self._vault.digest(subject), with_for_update=True)
        if row is not None:
            await session.delete(row)
        return row is not None and row.failures > 0

    def _end_of(self, row: LockoutRow | None) -> datetime | None:
        until = None if row is None else row.locked_until
        return until if until is not None and until > self._clock() else None

    async def _row(self, session: AsyncSession, subject: str) -> LockoutRow:
        key = self._vault.digest(subject)
        row = await session.get(LockoutRow, key, with_for_update=True)
        if row is None:
            row = LockoutRow(subject=key, failures=0, failed_at=self._clock(), locked_until=None)
            session.add(row)
            await session.flush()  # two at once meet here, and the second runs again
        return row
