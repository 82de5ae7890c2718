"""Incidents as several replicas keep them in one store."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from auth.store import Database, upgrade
from auth.store.moments import now
from auth.store.tables import IncidentSeenRow
from connectors.guarding.guard import Moved
from connectors.records.health import BreakerState, ConnectorStatus
from gateway.ops.incidents.episode import ALL, Trouble
from gateway.ops.incidents.keeper import Keeper
from gateway.ops.incidents.lines import act_line
from gateway.ops.incidents.store import IncidentStore
from gateway.ops.kept_shapes import IncidentTold

DOWN, UP = {"duty": ConnectorStatus.DOWN}, {"duty": ConnectorStatus.UP}


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """One store for all replicas."""
    opened = Database(database_url)
    await upgrade(opened)
    yield opened
    await opened.aclose()


def trouble(kind: str = "slow", level: str = "ill", *, scope: str = "duty") -> Trouble:
    """Something that is not well."""
    return Trouble(scope, kind, "them", level, kind, kind, now())


def replica(database: Database, name: str) -> Keeper:
    """One gateway's keeper."""
    return Keeper(IncidentStore(database, name), 365)


async def kept(database: Database) -> list[IncidentTold]:
    """All incidents, as anybody reads them."""
    return await IncidentStore(database, "reader").since(now() - timedelta(days=30))


async def test_two_replicas_that_see_the_same_keep_one_incident(database: Database) -> None:
    """Each line once; it ends when the last of them sees no more of it."""
    one, other = replica(database, "one"), replica(database, "other")
    for keeper in (one, other):
        keeper.note([trouble()], DOWN)
        await keeper.tend()

    one.note([], UP)
    await one.tend()
    during = await kept(database)
    other.note([], UP)
    await other.tend()
    after = await kept(database)

    assert [len(during), len(after)] == [1, 1]
    assert during[0].ended is None
    assert after[0].ended is not None
    assert [line.kind for line in after[0].entries] == ["cause", "status", "ended"]


async def test_what_comes_back_soon_is_the_same_incident(database: Database) -> None:
    """Flapping makes lines, not incidents."""
    keeper = replica(database, "one")
    for _ in range(3):
        keeper.note([trouble()], DOWN)
        await keeper.tend()
        keeper.note([], UP)
        await keeper.tend()

    [incident] = await kept(database)

    assert [line.kind for line in incident.entries].count("again") == 2


async def test_another_cause_and_what_was_done_stand_in_the_timeline(database: Database) -> None:
    """With breakers that moved just before, and who did something."""
    keeper = replica(database, "one")
    keeper.moved(Moved("duty", "studios", BreakerState.OPEN, None))
    keeper.note([trouble()], DOWN)
    await keeper.tend()
    keeper.note([trouble("auth")], DOWN)
    await keeper.add("duty", act_line("breaker.open", 30, now(), "p1"))
    await keeper.tend()

    [incident] = await kept(database)

    assert incident.kind == "auth"
    kinds = {line.kind: line for line in incident.entries}
    assert kinds.keys() == {"cause", "status", "breaker", "act"}
    assert kinds["act"].by == "p1"
    assert "studios" in kinds["breaker"].en


async def test_one_call_that_failed_is_no_incident(database: Database) -> None:
    """What is only degraded has to stay so for a while."""
    keeper = replica(database, "one")
    keeper.note([trouble(level="warn")], {"duty": ConnectorStatus.DEGRADED})
    keeper.note([], UP)
    await keeper.tend()

    assert await kept(database) == []


async def test_what_all_suffer_from_takes_the_place_of_single_incidents(database: Database) -> None:
    """The platform's own ends, with a line that says why."""
    keeper = replica(database, "one")
    keeper.note([trouble()], DOWN)
    await keeper.tend()
    keeper.note([trouble("network", scope=ALL)], DOWN)
    await keeper.tend()

    found = {incident.platform: incident for incident in await kept(database)}

    assert found[None].ended is None
    assert found["duty"].ended is not None
    assert "wider" in [line.kind for line in found["duty"].entries]


async def test_what_no_replica_speaks_of_any_more_ends(database: Database) -> None:
    """All of them stopped in the midst of it; and what ended long ago is deleted."""
    keeper = replica(database, "gone")
    keeper.note([trouble()._replace(since=now() - timedelta(hours=1))], DOWN)
    await keeper.tend()
    await silence(database)

    store = IncidentStore(database, "next")
    await store.forsaken()
    [incident] = await kept(database)
    swept = await store.sweep(-1)

    assert incident.ended is not None
    assert (swept, await kept(database)) == (1, [])


async def silence(database: Database) -> None:
    """As if a replica had said nothing for two minutes."""
    ago = update(IncidentSeenRow).values(seen_at=now() - timedelta(minutes=2))
    await database.write(lambda session: session.execute(ago))
