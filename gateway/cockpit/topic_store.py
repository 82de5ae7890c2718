"""Keeps the counts of keywords, and how far changes were read; one replica writes at a time.

That is who holds the lease, which every write looks at and prolongs in its own transaction: nothing is counted by two.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import TopicCountRow, TopicQuestionRow, TopicReadingRow, TopicWordRow
from gateway.cockpit.topic_tally import CountedQuestion, let_go, recount

_READING = "questions"
_LEASE = timedelta(seconds=60)


class LeaseLostError(Exception):
    """Another replica reads by now."""


class TopicStore:
    """One replica's; ``reader`` is its name, ``made_with`` the secret and the way of telling words it counts by.

    Every write raises ``LeaseLostError``, and ``StoreUnavailableError``.
    """

    def __init__(self, database: Database, reader: str, made_with: str) -> None:
        self._database = database
        self._reader = reader
        self._made_with = made_with

    async def take(self) -> datetime | None:
        """Take the lease, and answer how far changes were read: None before the first.

        Made with something else, everything is counted anew: by another secret who asks again would seem two people.
        """
        return await self._database.write(self._take)

    async def keep(self, questions: Sequence[CountedQuestion], changed_to: datetime) -> None:
        """Count these questions as they are now, and remember how far changes were read."""
        await self._database.write(lambda session: self._keep(session, questions, changed_to))

    async def to_check(self, asked_after: date, most: int) -> list[str]:
        """The questions that were not looked at for longest; those asked before that day are let go of."""
        return await self._database.write(lambda session: self._to_check(session, asked_after, most))

    async def checked(self, keys: Collection[str], gone: Collection[str]) -> None:
        """Remember that these were looked at, and let go of what is published no more."""
        await self._database.write(lambda session: self._checked(session, keys, gone))

    async def release(self) -> None:
        """Let another replica have its turn at once."""
        await self._database.write(self._release)

    async def _take(self, session: AsyncSession) -> datetime | None:
        row = await session.get(TopicReadingRow, _READING, with_for_update=True)
        if row is None:
            row = TopicReadingRow(name=_READING, made_with=self._made_with, reader=self._reader, held_until=now())
            session.add(row)
        elif row.reader != self._reader and row.held_until > now():
            raise LeaseLostError
        if row.made_with != self._made_with:
            for table in (TopicWordRow, TopicCountRow, TopicQuestionRow):
                await session.execute(delete(table))
            row.made_with, row.changed_to = self._made_with, None
        row.reader, row.held_until = self._reader, now() + _LEASE
        return row.changed_to

    async def _held(self, session: AsyncSession) -> TopicReadingRow:
        row = await session.get(TopicReadingRow, _READING, with_for_update=True)
        if row is None or row.reader != self._reader or row.made_with != self._made_with:
            raise LeaseLostError
        row.held_until = now() + _LEASE
        return row

    async def _keep(self, session: AsyncSession, questions: Sequence[CountedQuestion], changed_to: datetime) -> None:
        row = await self._held(session)
        keys = [question.key for question in questions]
        known = await session.execute(
            select(TopicQuestionRow.key, TopicQuestionRow.changed_at).where(TopicQuestionRow.key.in_(keys))
        )
        counted = {row.key: row.changed_at for row in known}
        changed = {one.key: one for one in questions if counted.get(one.key) != one.changed_at}
        if changed:
            await recount(session, list(changed.values()))
        row.changed_to = max(changed_to, row.changed_to or changed_to)

    async def _to_check(self, session: AsyncSession, asked_after: date, most: int) -> list[str]:
        await self._held(session)
        old = select(TopicQuestionRow.key).where(TopicQuestionRow.day < asked_after).limit(most)
        await let_go(session, list((await session.scalars(old)).all()))
        longest = select(TopicQuestionRow.key).order_by(TopicQuestionRow.checked_at).limit(most)
        return list((await session.scalars(longest)).all())

    async def _checked(self, session: AsyncSession, keys: Collection[str], gone: Collection[str]) -> None:
        await self._held(session)
        await let_go(session, gone)
        seen = update(TopicQuestionRow).where(TopicQuestionRow.key.in_(keys)).values(checked_at=now())
        await session.execute(seen)

    async def _release(self, session: AsyncSession) -> None:
        (await self._held(session)).held_until = now()
