"""Writes that are over are forgotten; what still waits never is."""

from datetime import timedelta

from sqlalchemy import func, select, update

from auth.store.moments import now
from auth.store.tables import EffectRow, WriteRow
from connectors.records.effect import EffectStatus
from gateway.writes.settings import WriteSettings
from gateway.writes.store import WriteStore
from gateway.writes.sweeping import sweep
from tests.gateway.writes.test_store import LEASE, begun, store

__all__ = ["store"]


async def aged(store: WriteStore, by: timedelta) -> None:
    """Let all of it have begun earlier."""
    for kind in (WriteRow, EffectRow):
        await store.database.write(lambda session, kind=kind: session.execute(update(kind).values(begun_at=now() - by)))


async def left(store: WriteStore) -> int:
    """How many writes there are."""
    counted = select(func.count()).select_from(WriteRow)
    return int(await store.database.read(lambda session: session.scalar(counted)) or 0)


async def test_what_is_done_stays_while_it_may_be_asked_for_again(store: WriteStore) -> None:
    """A day; then it goes."""
    write = await begun(store, LEASE, key="k")
    await store.finish(write.write_id, "Question:1", [])

    young = await sweep(store, WriteSettings())
    await aged(store, timedelta(hours=25))
    old = await sweep(store, WriteSettings())

    assert (young, old) == (0, 1)
    assert await left(store) == 0


async def test_what_waits_stays_however_old(store: WriteStore) -> None:
    """It is still going to be done."""
    await begun(store)
    await aged(store, timedelta(days=30))

    await sweep(store, WriteSettings())

    assert await left(store) == 1


async def test_what_was_given_up_can_be_looked_at_for_a_week(store: WriteStore) -> None:
    """Then it goes too."""
    write = await begun(store)
    await store.note(write.write_id, 0, EffectStatus.FAILED, "NOT_FOUND")

    await aged(store, timedelta(days=6))
    await sweep(store, WriteSettings())
    visible = await left(store)
    await aged(store, timedelta(days=8))
    await sweep(store, WriteSettings())

    assert visible == 1
    assert await left(store) == 0
