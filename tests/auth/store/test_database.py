import asyncio
import os
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store import Database, StoreUnavailableError, upgrade
from auth.store.tables import PersonRow
from tests.servers import PostgreSQL


async def test_moments_come_back_in_utc(database: Database) -> None:
    """A moment is the same moment after it was stored, aware, whatever zone it came in."""
    hangzhou = datetime(2026, 11, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))

    await database.write(lambda session: _added(session, PersonRow(id="p_1", created_at=hangzhou)))
    person = await database.read(lambda session: session.get(PersonRow, "p_1"))

    assert person is not None
    assert person.created_at == hangzhou
    assert person.created_at.tzinfo is UTC


async def test_two_writers_of_the_same_row_both_get_through(database: Database) -> None:
    """Who comes second runs again and finds the row, instead of failing."""

    async def ensure(session: AsyncSession) -> None:
        if await session.get(PersonRow, "p_1") is None:
            await asyncio.sleep(0.01)
            session.add(PersonRow(id="p_1", created_at=datetime.now(UTC)))

    await asyncio.gather(*(database.write(ensure) for _ in range(6)))

    assert await database.read(lambda session: session.scalar(select(PersonRow.id))) == "p_1"


async def test_a_failed_change_leaves_nothing(database: Database) -> None:
    """A transaction that raises is undone."""

    async def half(session: AsyncSession) -> None:
        await _added(session, PersonRow(id="p_1", created_at=datetime.now(UTC)))
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(half)

    assert await database.read(lambda session: session.get(PersonRow, "p_1")) is None


async def test_rows_that_others_need_cannot_go(database: Database) -> None:
    """Foreign keys hold, on the embedded database too: a conflict that stays is told as an unavailable store."""

    async def orphan(session: AsyncSession) -> None:
        await session.execute(
            text("INSERT INTO member_link (member_key, person_id, linked_at) VALUES ('m', 'nobody', '2026-01-01')")
        )

    with pytest.raises(StoreUnavailableError):
        await database.write(orphan)


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite:////nowhere/at/all.db", "postgresql+asyncpg://u:hidden-word@127.0.0.1:1/x"]
)
async def test_a_database_out_of_reach_is_one_error(url: str) -> None:
    """Whatever the driver raises, callers get one error, which names neither password nor place."""
    database = Database(url)

    with pytest.raises(StoreUnavailableError) as caught:
        await database.read(_version)

    await database.aclose()
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join)  # the driver does not wait for its thread when it cannot connect
    assert "hidden-word" not in str(caught.value)
    assert "nowhere" not in str(caught.value)


@pytest.mark.parametrize("state", ["57P01", "57P03", "53300", "08006"])
async def test_a_database_that_ends_or_begins_is_out_of_reach(state: str, postgresql: PostgreSQL) -> None:
    """What a server says while it shuts down, starts or is full is no other error than that it cannot be reached."""
    said = text(f"DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '{state}'; END $$")
    with postgresql.lent_database() as url:
        database = Database(url)

        with pytest.raises(StoreUnavailableError):
            await database.write_plainly(lambda connection: connection.execute(said))

        await database.aclose()


async def test_a_folder_that_cannot_be_made_is_an_unavailable_store(tmp_path: Path) -> None:
    """A file stands where the database's folder should be."""
    (tmp_path / "var").write_text("")
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/var/tongxin.db")

    with pytest.raises(StoreUnavailableError):
        await upgrade(database)


async def test_embedded_database_lets_readers_beside_a_writer(tmp_path: Path) -> None:
    """A read under way does not wait for a write under way (WAL)."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/x.db")
    await upgrade(database)
    written, read = asyncio.Event(), asyncio.Event()

    async def slow(session: AsyncSession) -> None:
        await _added(session, PersonRow(id="p_1", created_at=datetime.now(UTC)))
        written.set()
        await read.wait()

    writing = asyncio.create_task(database.write(slow))
    await written.wait()
    before = await database.read(lambda session: session.get(PersonRow, "p_1"))
    read.set()
    await writing
    after = await database.read(lambda session: session.get(PersonRow, "p_1"))
    await database.aclose()

    assert before is None
    assert after is not None


async def test_an_embedded_database_is_its_owners_alone(tmp_path: Path) -> None:
    """Nobody else on the machine reads its files, whatever the process's mask would let them."""
    before = os.umask(0o022)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/tongxin.db")

    await upgrade(database)
    modes = await asyncio.to_thread(_modes_in, tmp_path)
    await database.aclose()
    os.umask(before)

    assert len(modes) > 1
    assert set(modes.values()) == {0o600}


async def test_memory_serves_several_at_once() -> None:
    """A database in memory is shared by all who use it at the same time."""
    database = Database("sqlite+aiosqlite://")
    await upgrade(database)

    rows = [PersonRow(id=f"p_{n}", created_at=datetime.now(UTC)) for n in range(8)]
    await asyncio.gather(*(database.write(lambda session, row=row: _added(session, row)) for row in rows))
    found = await database.read(lambda session: session.scalars(select(PersonRow.id)))

    assert len(set(found)) == 8
    await database.aclose()


async def _version(session: AsyncSession) -> str | None:
    return await session.scalar(text("SELECT version_num FROM sign_on_version"))


async def _added(session: AsyncSession, row: PersonRow) -> None:
    session.add(row)
    await session.flush()


def _modes_in(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.glob("tongxin.db*")}
