import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from auth.once import Once
from auth.store import Database

SOON = datetime.now(UTC) + timedelta(minutes=5)


async def test_a_value_is_new_once(database: Database) -> None:
    """The second time it is known, also to another replica."""
    first = await Once(database).first("assertion", "c_1", "value", SOON)
    again = await Once(database).first("assertion", "c_1", "value", time.time() + 300)

    assert (first, again) == (True, False)


async def test_values_are_apart_by_kind_and_owner(database: Database) -> None:
    """What one client used another may use, and no two triples read alike."""
    once = Once(database)
    triples = [("a", "b", "c"), ("b", "b", "c"), ("a", "c", "c"), ("a", "bc", ""), ("ab", "", "c"), ("a", "", "bc")]

    assert all([await once.first(*triple, SOON) for triple in triples])


async def test_of_many_at_once_one_is_first(database: Database) -> None:
    """The database decides, not the order of reads before it."""
    answers = await asyncio.gather(*(Once(database).first("proof", "key", "value", SOON) for _ in range(8)))

    assert answers.count(True) == 1


async def test_what_is_undone_was_never_seen(database: Database) -> None:
    """A transaction that fails takes its mark with it."""
    once = Once(database)

    async def undone(session: AsyncSession) -> None:
        assert await once.first_in(session, "proof", "key", "value", SOON)
        raise KeyError

    with pytest.raises(KeyError):
        await database.write(undone)

    assert await once.first("proof", "key", "value", SOON)


async def test_any_text_will_do(database: Database) -> None:
    """Zero bytes, halves of surrogate pairs and great length reach no column."""
    once = Once(database)

    for value in ("\x00", "\ud800", "x" * 10_000, ""):
        assert await once.first("proof", "key", value, SOON)
        assert not await once.first("proof", "key", value, SOON)
