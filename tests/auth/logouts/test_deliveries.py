"""Who takes which delivery, on both databases."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from auth.logouts.deliveries import Deliveries
from auth.store import Database
from auth.store.moments import now
from auth.store.tables import LogoutDeliveryRow
from tests.auth.holdings import Holdings


@pytest.fixture
def holdings(database: Database) -> Holdings:
    """Nobody signed in yet."""
    return Holdings(database)


async def _sign_out(holdings: Holdings, clients: list[str], times: int = 1) -> None:
    """Owe every client a logout, so many times."""
    for _ in range(times):
        person = await holdings.person()
        sid = await holdings.session(person)
        for client in clients:
            await holdings.grant(client, person, sid)
        await holdings.endings.session(sid)


async def _due(holdings: Holdings, **values: object) -> None:
    changed = update(LogoutDeliveryRow).values({"next_at": now(), **values})
    await holdings.database.write(lambda session: session.execute(changed))


async def test_two_replicas_never_take_the_same(holdings: Holdings) -> None:
    """They ask at once and share what is due; nobody takes it again before its pause is over."""
    await _sign_out(holdings, [await holdings.client() for _ in range(6)])
    replicas = [Deliveries(holdings.database) for _ in range(3)]

    taken = [one.id for some in await asyncio.gather(*(replica.take() for replica in replicas)) for one in some]
    later = [one.id for one in await replicas[0].take()]

    assert len(taken) == len(set(taken))
    assert sorted(taken + later) == sorted(set(taken + later))
    assert len(taken) + len(later) == 6
    assert not await replicas[1].take()


async def test_one_client_does_not_keep_the_others_waiting(holdings: Holdings) -> None:
    """Of many that are owed to one, a few are taken at a time, and the others' with them."""
    crowded, other = await holdings.client(), await holdings.client()
    await _sign_out(holdings, [crowded], times=9)
    await _sign_out(holdings, [other])

    taken = await Deliveries(holdings.database).take()

    assert [one.client_id for one in taken].count(crowded) == 4
    assert [one.client_id for one in taken].count(other) == 1


async def test_what_was_taken_and_never_answered_is_due_again(holdings: Holdings) -> None:
    """A process that was killed while it sent loses nothing; the pauses grow."""
    await _sign_out(holdings, [await holdings.client()])
    deliveries, pauses = Deliveries(holdings.database), []

    for _ in range(7):
        (taken,) = await deliveries.take()
        (row,) = await deliveries.list()
        assert row.next_at is not None
        pauses.append(round((row.next_at - now()).total_seconds()))
        await _due(holdings)

    assert taken.id == row.id
    assert pauses == [10, 30, 120, 600, 3600, 3600, 3600]


async def test_it_is_given_up_after_a_day(holdings: Holdings) -> None:
    """The last word for it is kept; nothing is due any more."""
    client = await holdings.client()
    await _sign_out(holdings, [client])
    deliveries = Deliveries(holdings.database)
    (taken,) = await deliveries.take()

    early = await deliveries.failed(taken.id, "unreachable")
    await _due(holdings, created_at=now() - timedelta(hours=23, minutes=30), tries=20)
    await deliveries.take()
    late = await deliveries.failed(taken.id, "status_500")

    (row,) = await deliveries.list(client)
    assert (early, late) == (False, True)
    assert (row.next_at, row.fault, row.delivered_at) == (None, "status_500", None)
    assert row.given_up_at is not None


async def test_the_list_is_of_one_client_or_of_all(holdings: Holdings) -> None:
    """The newest first, with the client's name."""
    one, two = await holdings.client(), await holdings.client()
    await _sign_out(holdings, [one])
    await _sign_out(holdings, [two])
    deliveries = Deliveries(holdings.database)

    assert [row.client_id for row in await deliveries.list()] == [two, one]
    assert [row.client_id for row in await deliveries.list(one)] == [one]
    assert [row.client for row in await deliveries.list(limit=1)] == ["front end"]
