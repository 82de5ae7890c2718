"""Where writes stand: begun once a key, in order on one thing, held while they are tried."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from auth.store import Database, upgrade
from auth.store.moments import now
from auth.vault import Vault
from connectors.records.effect import EffectKind, EffectStatus
from connectors.refusals import RefusedError
from connectors.viewer import Viewer
from gateway.writes.claiming import claim
from gateway.writes.rows import Begun, Planned, Repeated, Wanted
from gateway.writes.statuses import WriteStatuses
from gateway.writes.store import WriteStore

LEASE, OVER = timedelta(minutes=1), timedelta(seconds=-1)
MEMBER = Viewer(
    person_id="person-one", client_id="client-one", member_key="member-one", accounts={"zheliban": "user-one"}
)
OTHER = Viewer(person_id="person-two", client_id="client-one")
SECRET = SecretStr("invented-secret-of-the-tests-0123456789")


def wanted(key: str | None = None, request: bytes = b'{"body":"1"}', subject: str = "Question:1") -> Wanted:
    """A reply."""
    return Wanted("replyToQuestion", subject, EffectKind.REPLY, "zheliban", request, request, key)


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


async def begun(store: WriteStore, lease: timedelta = LEASE, **given: object) -> Begun:
    """Begin a write that nobody asked for before."""
    found = await store.begin(wanted(**given), MEMBER, lease)  # type: ignore[arg-type]  # handed on
    assert isinstance(found, Begun)
    return found


async def test_without_a_key_each_is_a_write_of_its_own(store: WriteStore) -> None:
    """Nothing tells two of them to be one."""
    one, other = await begun(store, subject="Question:1"), await begun(store, subject="Question:2")

    assert one.write_id != other.write_id
    assert not other.behind


async def test_a_key_asked_for_again_finds_its_write(store: WriteStore) -> None:
    """Once the first try is over; until then it is told that it is under way."""
    first = await begun(store, key="k")

    with pytest.raises(RefusedError, match="WRITE_UNDER_WAY"):
        await store.begin(wanted("k"), MEMBER, LEASE)
    await store.finish(first.write_id, "Question:1", [])
    again = await store.begin(wanted("k"), MEMBER, LEASE)

    assert again == Repeated(first.write_id, b'{"body":"1"}')


async def test_a_key_with_other_input_is_refused(store: WriteStore) -> None:
    """Also where it is another act."""
    await begun(store, key="k")

    for other in (wanted("k", b'{"body":"2"}'), wanted("k")._replace(act="rateAnswer")):
        with pytest.raises(RefusedError, match="IDEMPOTENCY_KEY_REUSED"):
            await store.begin(other, MEMBER, LEASE)


async def test_keys_are_each_persons_own(store: WriteStore) -> None:
    """Another person's same key is another write."""
    first = await begun(store, key="k")

    other = await store.begin(wanted("k", subject="Question:9"), OTHER, LEASE)

    assert isinstance(other, Begun)
    assert other.write_id != first.write_id


async def test_a_write_that_was_refused_frees_its_key(store: WriteStore) -> None:
    """Nothing was done: mended input may use it."""
    first = await begun(store, key="k")

    await store.drop(first.write_id)
    mended = await store.begin(wanted("k", b'{"body":"2"}'), MEMBER, LEASE)

    assert isinstance(mended, Begun)


async def test_acts_on_one_thing_keep_their_order(store: WriteStore) -> None:
    """A later one is behind an earlier one that is not done, and is not taken up before it."""
    first = await begun(store, OVER)
    second = await begun(store)

    taken = await claim(store, 10, LEASE)
    nothing = await claim(store, 10, LEASE)
    await store.finish(first.write_id, "Question:1", [])
    then = await claim(store, 10, LEASE)

    assert second.behind
    assert [due.write_id for due in taken] == [first.write_id]
    assert nothing == []
    assert [due.write_id for due in then] == [second.write_id]


async def test_what_follows_on_one_platform_waits_for_no_other(store: WriteStore) -> None:
    """While the work app is ill, what a later act brings about on the duty platform is done; its own there waits."""
    asked, replied = await begun(store, subject="Asking:1"), await begun(store)
    await store.finish(asked.write_id, "Question:1", [Planned(EffectKind.TODO, "zhezhengding", {})])
    [todo] = await claim(store, 10, LEASE)
    await store.settle(todo, EffectStatus.PENDING, "PLATFORM_UNAVAILABLE", LEASE)
    later = [Planned(EffectKind.DUTY_RECORD, "duty", {}), Planned(EffectKind.TODO_DONE, "zhezhengding", {})]
    await store.finish(replied.write_id, "Question:1", later)

    taken = await claim(store, 10, LEASE)

    assert [due.kind for due in taken] == [EffectKind.DUTY_RECORD]


async def test_a_kept_act_waits_for_none_of_what_follows_elsewhere(store: WriteStore) -> None:
    """A reply reaches its asker, whatever the work app has not been told yet."""
    asked = await begun(store, subject="Asking:1")
    await store.finish(asked.write_id, "Question:1", [Planned(EffectKind.TODO, "zhezhengding", {})])
    [todo] = await claim(store, 10, LEASE)
    await store.settle(todo, EffectStatus.PENDING, "PLATFORM_UNAVAILABLE", LEASE)
    reply = await begun(store, OVER)

    assert [due.write_id for due in await claim(store, 10, LEASE)] == [reply.write_id]


async def test_what_has_to_be_alone_is_refused_beside_others(store: WriteStore) -> None:
    """While one waits, or what follows it on the question does, and where one came about in between."""
    at, moved = now(), Planned(EffectKind.QUESTION_MOVE, "zheliban", {})
    alone = wanted()._replace(alone_since=at)
    beside = alone._replace(alone_since=at + LEASE)
    first = await store.begin(alone, MEMBER, LEASE)
    assert isinstance(first, Begun)

    with pytest.raises(RefusedError, match="ANOTHER_WRITE_WAITS"):
        await store.begin(beside, MEMBER, LEASE)
    await store.finish(first.write_id, "Question:1", [moved])
    with pytest.raises(RefusedError, match="ANOTHER_WRITE_WAITS"):
        await store.begin(beside, MEMBER, LEASE)
    [due] = await claim(store, 10, LEASE)
    await store.settle(due, EffectStatus.DONE)
    with pytest.raises(RefusedError, match="ANOTHER_WRITE_WAITS"):
        await store.begin(alone, MEMBER, LEASE)

    assert isinstance(await store.begin(beside, MEMBER, LEASE), Begun)


async def test_of_two_at_once_one_is_alone(store: WriteStore) -> None:
    """On either database."""
    alone = wanted()._replace(alone_since=now())

    found = await asyncio.gather(*(store.begin(alone, MEMBER, LEASE) for _ in range(4)), return_exceptions=True)

    assert sum(isinstance(one, Begun) for one in found) == 1


async def test_an_act_waits_for_what_an_earlier_one_brings_about_there(store: WriteStore) -> None:
    """A question that is being handed on is answered after that, or not."""
    first = await begun(store)
    followed = [Planned(EffectKind.QUESTION_MOVE, "zheliban", {}), Planned(EffectKind.TODO_DONE, "zhezhengding", {})]
    await store.finish(first.write_id, "Question:1", followed)

    assert (await begun(store)).behind


async def test_what_is_held_is_nobody_elses(store: WriteStore) -> None:
    """Only when the holder's time is over it may be taken up, with all that was asked for."""
    held = await begun(store)
    dead = await begun(store, OVER, subject="Question:2")

    taken = await claim(store, 10, LEASE)

    assert [due.write_id for due in taken] == [dead.write_id]
    assert held.write_id != dead.write_id
    assert taken[0].actor == MEMBER
    assert taken[0].request == b'{"body":"1"}'


async def test_what_follows_is_due_when_the_act_is_done_and_not_before(store: WriteStore) -> None:
    """On one platform one after the other, as they were planned."""
    write = await begun(store)
    body = {"about": "Question:1"}
    planned = [Planned(kind, "zhezhengding", body) for kind in (EffectKind.TODO_DONE, EffectKind.TODO)]

    before = await claim(store, 10, LEASE)
    await store.finish(write.write_id, "Question:1", planned)
    await store.finish(write.write_id, "Question:1", planned)  # another replica, which took it over
    [first] = await claim(store, 10, LEASE)
    await store.settle(first, EffectStatus.DONE)
    [second] = await claim(store, 10, LEASE)
    await store.settle(second, EffectStatus.FAILED, "NOT_FOUND")
    after = await claim(store, 10, LEASE)

    assert before == []
    assert after == []
    assert [first.kind, second.kind] == [EffectKind.TODO_DONE, EffectKind.TODO]
    assert first.body == body
    assert first.effect_id == f"{write.write_id}-1"


async def test_what_failed_waits(store: WriteStore) -> None:
    """It is not tried again before its time."""
    write = await begun(store, OVER)
    [due] = await claim(store, 10, LEASE)

    await store.settle(due, EffectStatus.UNKNOWN, "OUTCOME_UNKNOWN", timedelta(minutes=5))
    now = await claim(store, 10, LEASE)
    await store.settle(due, EffectStatus.UNKNOWN, "OUTCOME_UNKNOWN", timedelta(0))
    [later] = await claim(store, 10, LEASE)

    assert now == []
    assert later.write_id == write.write_id
    assert later.status is EffectStatus.UNKNOWN
    assert later.attempts == 2


async def test_only_the_writer_and_operators_are_told(store: WriteStore) -> None:
    """Another person finds nothing by the id."""
    write = await begun(store)
    statuses = WriteStatuses(store.database, store.sealing)

    [mine] = await statuses.of([write.write_id], MEMBER)
    [others] = await statuses.of([write.write_id], OTHER)

    assert mine is not None
    assert mine.effects[0].status is EffectStatus.PENDING
    assert others is None


async def test_nothing_is_stored_that_can_be_read(store: WriteStore) -> None:
    """Neither what was written nor who wrote it nor the key."""
    await begun(store, key="my-own-key", request='{"body":"秘密的答复"}'.encode())

    async def all_of_it(session: object) -> str:
        from sqlalchemy import text  # noqa: PLC0415 - for this alone

        return str((await session.execute(text("SELECT * FROM write"))).all())  # type: ignore[attr-defined]  # a session

    stored = await store.database.read(all_of_it)

    assert not any(word in stored for word in ("秘密", "my-own-key", "person-one", "user-one", "member-one"))
