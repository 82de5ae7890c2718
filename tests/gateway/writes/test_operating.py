"""Operators and gateways act on the same effects, on either database."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from auth.store import Database, upgrade
from auth.vault import Vault
from connectors.records.effect import EffectKind, EffectStatus
from connectors.viewer import Viewer
from gateway.writes.claiming import claim
from gateway.writes.depth import Depth
from gateway.writes.operating import CannotError, give_up, kept_effects, try_again
from gateway.writes.rows import Begun, Wanted
from gateway.writes.store import WriteStore

LEASE, AN_HOUR = timedelta(minutes=1), timedelta(hours=1)
MEMBER = Viewer(person_id="person-one", member_key="member-one")
SECRET = SecretStr("invented-secret-of-the-tests-0123456789")


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[WriteStore]:
    """A store of its own, on either database."""
    url = f"sqlite+aiosqlite:///{tmp_path}/tongxin.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql").new_database()
    database = Database(url)
    await upgrade(database)
    yield WriteStore(database, Vault(SECRET))
    await database.aclose()


async def begun(store: WriteStore, subject: str = "Question:1") -> str:
    """The id of a reply that a gateway is trying."""
    wanted = Wanted("replyToQuestion", subject, EffectKind.REPLY, "zheliban", b"{}", b"{}", None)
    found = await store.begin(wanted, MEMBER, LEASE)
    assert isinstance(found, Begun)
    return found.write_id


async def numbers_of(store: WriteStore) -> list[int]:
    """What operators see."""
    return [effect.number for effect in await kept_effects(store.database, (), None, 10)]


async def test_what_was_given_up_is_claimed_again(store: WriteStore) -> None:
    """Tried at once by whoever delivers; what waits for later is too."""
    for place, status in enumerate((EffectStatus.FAILED, EffectStatus.UNKNOWN)):
        await store.note(await begun(store, f"Question:{place}"), 0, status, "OUTCOME_UNKNOWN", AN_HOUR)
    before = await claim(store, 10, LEASE)

    await try_again(store.database, await numbers_of(store))
    claimed = await claim(store, 10, LEASE)

    assert before == []
    assert [due.status for due in claimed] == [EffectStatus.PENDING, EffectStatus.UNKNOWN]
    assert {due.attempts for due in claimed} == {0}


async def test_what_is_given_up_keeps_nobody_waiting(store: WriteStore) -> None:
    """It is not tried, and the next on the same thing is."""
    await store.note(await begun(store), 0, EffectStatus.PENDING, "PLATFORM_UNAVAILABLE", AN_HOUR)
    await begun(store)
    first, second = await kept_effects(store.database, (), None, 10)

    await give_up(store.database, [first.number])
    claimed = await claim(store, 10, LEASE)

    assert second.behind == first.number
    assert [due.number for due in claimed] == [second.number]


async def test_what_a_gateway_tries_is_left_to_it(store: WriteStore) -> None:
    """Until it is over, or its time."""
    await begun(store)
    numbers = await numbers_of(store)

    for change in (try_again, give_up):
        with pytest.raises(CannotError):
            await change(store.database, numbers)


async def test_the_depth_is_counted(store: WriteStore) -> None:
    """By platform and status; what is done is not in it."""
    await store.note(await begun(store), 0, EffectStatus.FAILED, "PLATFORM_FORBIDDEN")
    await store.note(await begun(store, "Question:2"), 0, EffectStatus.DONE, None)
    await begun(store, "Question:3")
    depth = Depth(store.database)

    await depth.look()

    assert depth.seen is not None
    assert depth.seen.effects == {("zheliban", "FAILED"): 1, ("zheliban", "PENDING"): 1}
    assert list(depth.seen.oldest) == ["zheliban"]
