"""Browser sessions: how they begin, last and end, on either database."""

from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.proof import Proof
from auth.sessions import Sessions
from auth.settings import SessionSettings
from auth.store import Database
from auth.store.moments import now
from auth.store.tables import SessionRow
from auth.vault import Vault
from tests.auth.conftest import SECRET
from tests.auth.desk import Desk
from tests.auth.platforms import CHEN_CITIZEN, LIN_CITIZEN

BY_PLATFORM = Proof(at=0, level=2, methods=("zheliban-unified",))
MINUTE = timedelta(minutes=1)


class Browsers:
    """Sessions of one person; time passes by moving back what is stored."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self.database, self.desk = database, desk
        self.sessions = Sessions(database, Vault(SecretStr(SECRET)), SessionSettings())

    async def open(self) -> str:
        """A new browser, signed in; answers its cookie."""
        person = await self.desk.sign_in(CHEN_CITIZEN)
        return await self.sessions.open(person.person_id, "zheliban", BY_PLATFORM, "a browser")

    async def wait(self, by: timedelta) -> None:
        """Let time pass."""

        async def pass_(session: AsyncSession) -> None:
            for row in await session.scalars(select(SessionRow)):
                row.seen_at -= by
                row.ends_at -= by

        await self.database.write(pass_)


@pytest.fixture
def browsers(database: Database, desk: Desk) -> Browsers:
    """Nobody is signed in yet."""
    return Browsers(database, desk)


@pytest.mark.parametrize(("idle", "lives"), [(29 * MINUTE, True), (30 * MINUTE, False)])
async def test_a_session_nobody_uses_ends_after_thirty_minutes(
    browsers: Browsers,
    idle: timedelta,
    lives: bool,  # noqa: FBT001 - a case of the table
) -> None:
    """Not before; it is gone from its owner's list, too."""
    cookie = await browsers.open()
    person = (await browsers.desk.sign_in(CHEN_CITIZEN)).person_id

    await browsers.wait(idle)
    listed = await browsers.sessions.living(person)
    found = await browsers.sessions.of(cookie)

    assert (found is not None) is lives
    assert (len(listed) == 1) is lives


async def test_a_session_in_use_goes_on(browsers: Browsers) -> None:
    """Every use begins the thirty minutes anew, long past the first of them."""
    cookie = await browsers.open()

    for _ in range(5):
        await browsers.wait(20 * MINUTE)
        assert await browsers.sessions.of(cookie) is not None


async def test_a_session_ends_after_twelve_hours_however_it_is_used(browsers: Browsers) -> None:
    """Use does not move that end."""
    cookie = await browsers.open()

    for _ in range(36):
        await browsers.wait(20 * MINUTE - timedelta(seconds=1))
        assert await browsers.sessions.of(cookie) is not None
    await browsers.wait(MINUTE)

    assert await browsers.sessions.of(cookie) is None


async def test_limits_are_settings(browsers: Browsers) -> None:
    """A stricter house ends them earlier."""
    strict = Sessions(browsers.database, Vault(SecretStr(SECRET)), SessionSettings(idle_s=60, lifetime_s=300))
    cookie = await browsers.open()

    await browsers.wait(2 * MINUTE)

    assert await strict.of(cookie) is None
    assert await browsers.sessions.of(cookie) is not None


async def test_use_counts_with_the_shortest_limit_too(browsers: Browsers) -> None:
    """A session that is used more often than once a minute does not end after the minute."""
    strict = Sessions(browsers.database, Vault(SecretStr(SECRET)), SessionSettings(idle_s=60))
    cookie = await browsers.open()

    for _ in range(3):
        await browsers.wait(timedelta(seconds=40))
        assert await strict.of(cookie) is not None


async def test_a_further_proof_changes_the_cookie_and_not_the_session(browsers: Browsers) -> None:
    """Who knew the cookie before has no part in it (session fixation)."""
    before = await browsers.open()
    session = await browsers.sessions.of(before)
    assert session is not None

    after = await browsers.database.write(
        lambda database: browsers.sessions.proved_more_in(database, session.sid, {"otp", "mfa"})
    )

    better = await browsers.sessions.of(after or "")
    assert better is not None
    assert (better.sid, better.proof.methods) == (session.sid, ("mfa", "otp", "zheliban-unified"))
    assert await browsers.sessions.of(before) is None


async def test_a_session_that_ended_gets_no_further_proof(browsers: Browsers) -> None:
    """Neither one that was ended nor one whose time is over."""
    session = await browsers.sessions.of(await browsers.open())
    assert session is not None

    await browsers.wait(timedelta(hours=12))

    further = await browsers.database.write(
        lambda database: browsers.sessions.proved_more_in(database, session.sid, {"otp"})
    )
    assert further is None


async def test_the_next_sign_in_has_to_prove_the_factor_again(browsers: Browsers) -> None:
    """A new proof takes the place of all that was proved before; the same person keeps the session's name."""
    first = await browsers.sessions.of(await browsers.open())
    assert first is not None
    await browsers.database.write(lambda database: browsers.sessions.proved_more_in(database, first.sid, {"otp"}))

    cookie = await browsers.sessions.open(first.person_id, "zheliban", BY_PLATFORM, "a browser", before=first)

    second = await browsers.sessions.of(cookie)
    assert second is not None
    assert (second.sid, second.proof.methods) == (first.sid, BY_PLATFORM.methods)


async def test_another_person_in_the_same_browser_is_another_session(browsers: Browsers) -> None:
    """Nothing of the one before goes over."""
    first = await browsers.sessions.of(await browsers.open())
    assert first is not None
    other = (await browsers.desk.sign_in(LIN_CITIZEN)).person_id

    cookie = await browsers.sessions.open(other, "zheliban", BY_PLATFORM, "a browser", before=first)

    second = await browsers.sessions.of(cookie)
    assert second is not None
    assert second.sid != first.sid


async def test_a_session_that_ended_meanwhile_never_lives_again(browsers: Browsers) -> None:
    """The person signed out in another tab while signing in here: this browser begins another session."""
    first = await browsers.sessions.of(await browsers.open())
    assert first is not None
    ended = update(SessionRow).where(SessionRow.sid == first.sid).values(ended_at=now())
    await browsers.database.write(lambda session: session.execute(ended))

    cookie = await browsers.sessions.open(first.person_id, "zheliban", BY_PLATFORM, "a browser", before=first)

    second = await browsers.sessions.of(cookie)
    assert second is not None
    assert second.sid != first.sid
    assert [one.sid for one in await browsers.sessions.living(first.person_id)] == [second.sid]


async def test_a_session_whose_time_is_over_never_lives_again(browsers: Browsers) -> None:
    """Neither one that nobody used."""
    first = await browsers.sessions.of(await browsers.open())
    assert first is not None
    await browsers.wait(30 * MINUTE)

    cookie = await browsers.sessions.open(first.person_id, "zheliban", BY_PLATFORM, "a browser", before=first)

    second = await browsers.sessions.of(cookie)
    assert second is not None
    assert second.sid != first.sid
