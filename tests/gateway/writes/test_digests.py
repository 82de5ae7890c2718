"""Notifications that go out together: by one replica at a time, on either database."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import update

from auth.store import Database, upgrade
from auth.store.tables import DigestRow
from auth.vault import Vault
from connectors.errors import UnreachableError
from connectors.ports import MemberRegistry, WorkNotifier
from connectors.records.effect import EffectKind, EffectStatus
from connectors.records.member import Member, Sector
from connectors.records.notification import WorkNotification
from connectors.records.organization import OrganizationRef
from connectors.viewer import Ask, Viewer
from gateway.writes.deliveries.digests import Digests
from gateway.writes.deliveries.people import People
from gateway.writes.homes import Homes
from gateway.writes.operating import CannotError, kept_effects, try_again
from gateway.writes.rows import Begun, Planned, Wanted
from gateway.writes.settings import WriteSettings
from gateway.writes.store import WriteStore

LEASE = timedelta(minutes=1)


class WorkApp:
    """A work app that takes its time; it knows every member, all of one office."""

    max_receivers, min_interval_s = 100, 0

    def __init__(self) -> None:
        self.told: list[str] = []
        self.went_on: list[str] = []
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()
        self.ill = False

    async def notify(self, notification: WorkNotification, _: Ask) -> str:
        """Take it once it may go on."""
        self.told.append(notification.key)
        self.asked.set()
        await self.go_on.wait()
        if self.ill:
            raise UnreachableError("work", "notify")
        return "message"

    async def load_members(self, keys: Sequence[str], _: Ask) -> Sequence[Member]:
        """Of one office."""
        office = OrganizationRef(key="GO_1")
        return [
            Member(
                key=key,
                name="林小花",
                sector=Sector(code="01", name="界别"),
                organization=office,
                term=1,
                tenant_id=None,
                employee_code=None,
                official=None,
                portrait_path=None,
            )
            for key in keys
        ]


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[WriteStore]:
    """A store of its own, on either database, in which one notification waits."""
    url = f"sqlite+aiosqlite:///{tmp_path}/tongxin.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql").new_database()
    database = Database(url)
    await upgrade(database)
    store = WriteStore(database, Vault(SecretStr("invented-secret-of-the-tests-0123456789")))
    wanted = Wanted("replyToQuestion", "Question:1", EffectKind.REPLY, "zheliban", b"{}", b"{}", None)
    begun = await store.begin(wanted, Viewer(person_id="p", member_key="m"), LEASE)
    assert isinstance(begun, Begun)
    told = Planned(EffectKind.WORK_NOTIFICATION, "work", {"office_of": "m"})
    await store.finish(begun.write_id, "Question:1", [told])
    yield store
    await database.aclose()


def replica(store: WriteStore, app: WorkApp) -> Digests:
    """One gateway's."""
    sources = {WorkNotifier.notify: app.notify, MemberRegistry.load_members: app.load_members}
    homes = Homes(sources, {"work": [app]})
    return Digests(store, homes, People(homes), WriteSettings(digest_interval_s=0), app.went_on.append)


async def test_one_replica_sends_it(store: WriteStore) -> None:
    """While it is on its way no other does, nor has an operator it tried again; then it is done."""
    app = WorkApp()
    one, other = replica(store, app), replica(store, app)

    sending = asyncio.create_task(one.turn())
    await app.asked.wait()
    meanwhile = await other.turn()
    [effect] = await kept_effects(store.database, (), None, 10)
    with pytest.raises(CannotError):
        await try_again(store.database, [effect.number])
    app.go_on.set()

    assert await sending
    assert not meanwhile
    assert effect.held
    assert len(app.told) == 1
    assert await kept_effects(store.database, (), None, 10) == []
    assert not await other.turn()


async def test_what_the_dead_held_is_sent_by_another_under_the_same_key(store: WriteStore) -> None:
    """Once the hold is over; and where the platform was ill, as soon as it is due."""
    app = WorkApp()
    sending = asyncio.create_task(replica(store, app).turn())
    await app.asked.wait()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    app.go_on.set()
    app.ill = True

    await _let_time_pass(store)
    assert await replica(store, app).turn()
    [effect] = await kept_effects(store.database, (), None, 10)
    app.ill = False
    await _let_time_pass(store)
    assert await replica(store, app).turn()

    assert (effect.status, effect.code, effect.held) == (EffectStatus.PENDING, "PLATFORM_UNAVAILABLE", False)
    assert effect.due_at > effect.begun_at
    assert len(app.told) == 3
    assert len(set(app.told)) == 1
    assert await kept_effects(store.database, (), None, 10) == []


async def _let_time_pass(store: WriteStore) -> None:
    passed = update(DigestRow).values(due_at=DigestRow.made_at)
    await store.database.write_plainly(lambda connection: connection.execute(passed))
