"""What was taken back, in the store and in memory, on either database."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from auth.claims import Claims
from auth.revocations import Revocations, Revoked
from auth.store import Database, upgrade
from auth.store.moments import now
from auth.tokens import InvalidTokenError
from tests.auth.conftest import Office
from tests.auth.platforms import CHEN_CITIZEN, LIN_CITIZEN

ISSUED_AT = 1_000_000_000


def claims(issued_at: int = ISSUED_AT) -> Claims:
    """A token's."""
    return Claims("i", "p_1", "a", 2**40, issued_at, "j_1", "c_1", "openid", gid="g_1", sid="s_1")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Revoked.JTI, "j_1"),
        (Revoked.GRANT, "g_1"),
        (Revoked.SESSION, "s_1"),
        (Revoked.PERSON, "p_1"),
        (Revoked.CLIENT, "c_1"),
    ],
)
async def test_a_token_ends_by_anything_it_names(database: Database, kind: Revoked, value: str) -> None:
    """At once in this process, and in another one when it reads again; another value ends nothing."""
    here, there = Revocations(database), Revocations(database)
    await here.revoke(kind, value + "0")
    await there.refresh()
    assert not here.ended(claims())

    await here.revoke(kind, value)
    await here.revoke(kind, value)
    new = Revocations(database)
    await new.refresh()

    assert here.ended(claims())
    assert new.ended(claims())
    assert not there.ended(claims())


async def test_a_process_reads_again_after_five_seconds(database: Database) -> None:
    """Not more often, and only what is new; what it knew stays."""
    clock = [0.0]
    here, there = Revocations(database), Revocations(database, clock=lambda: clock[0])
    changes: list[str] = []
    there.on_change.append(lambda: changes.append("changed"))
    await here.revoke(Revoked.GRANT, "g_0")
    await there.refresh()
    await here.revoke(Revoked.GRANT, "g_1")

    clock[0] += 4.9
    assert not there.is_old
    await there.refresh()
    early = there.ended(claims())
    clock[0] += 0.2
    assert there.is_old
    await asyncio.gather(*(there.refresh() for _ in range(3)))

    assert (early, there.ended(claims())) == (False, True)
    assert changes == ["changed", "changed"]


async def test_a_person_s_new_tokens_are_good(database: Database) -> None:
    """Who signed out everywhere may sign in again; tokens of the same second are not told apart, and end."""
    revocations = Revocations(database)
    await revocations.revoke(Revoked.PERSON, "p_1")
    moment = revocations.good_from("p_1", "c_1")

    assert revocations.ended(claims(moment - 1))
    assert not revocations.ended(claims(moment))
    assert moment - 2 <= now().timestamp() < moment + 1
    assert revocations.good_from("p_2", "c_2") == 0


async def test_what_ended_by_itself_is_forgotten(database: Database) -> None:
    """A row is of no use when the last token it names has ended."""
    revocations = Revocations(database)
    await revocations.revoke(Revoked.GRANT, "g_1", now() - timedelta(seconds=1))
    await revocations.refresh()

    assert not revocations.ended(claims())


async def test_a_transaction_that_fails_takes_nothing_back(database: Database) -> None:
    """A row that is added goes with its transaction."""
    revocations = Revocations(database)

    async def fails(session: AsyncSession) -> None:
        await revocations.add(session, Revoked.GRANT, "g_1")
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(fails)
    await revocations.refresh()

    assert not revocations.ended(claims())


async def test_two_may_take_back_the_same(database: Database) -> None:
    """At the same moment, in two processes."""
    replicas = [Revocations(database) for _ in range(4)]

    await asyncio.gather(*(replica.revoke(Revoked.SESSION, "s_1") for replica in replicas))

    assert all(replica.ended(claims()) for replica in replicas)


async def test_while_the_store_is_away_what_was_known_holds(tmp_path: Path) -> None:
    """And the store is not asked again at every request."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/var/x.db")
    await upgrade(database)
    clock = [0.0]
    revocations = Revocations(database, clock=lambda: clock[0])
    await revocations.revoke(Revoked.GRANT, "g_1")
    await database.aclose()
    await asyncio.to_thread(shutil.rmtree, tmp_path / "var")

    clock[0] = 100.0
    await revocations.refresh()

    assert revocations.ended(claims())
    assert not revocations.is_old
    await database.aclose()


async def test_a_remembered_token_is_forgotten(office: Office) -> None:
    """What was verified a moment ago is looked at again as soon as something was taken back."""
    tokens = [await office.token(who) for who in (CHEN_CITIZEN, LIN_CITIZEN)]
    viewers = [await office.authority.viewer_of(token) for token in tokens]
    assert viewers[0].person_id

    await office.authority.revocations.revoke(Revoked.PERSON, viewers[0].person_id)

    with pytest.raises(InvalidTokenError):
        await office.authority.viewer_of(tokens[0])
    assert await office.authority.viewer_of(tokens[1]) == viewers[1]
    again = await office.authority.viewer_of(await office.token(CHEN_CITIZEN))
    assert again.person_id == viewers[0].person_id
