"""Persons read a moment ago: read again when they may have changed."""

import asyncio
import time
from contextlib import aclosing

import pytest

from auth.known_persons import KnownPersons
from connectors.records.identity import Identity
from tests.auth.conftest import Office
from tests.auth.desk import Desk
from tests.auth.platforms import CHEN_CITIZEN, CHEN_WORK, ID_NUMBER
from tests.auth.slow_database import SlowDatabase


class Known:
    """Persons with a clock of their own, of whom one has signed in by the citizen app."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now = 0.0
        self.persons = KnownPersons(desk.database, 60, lambda: self.now)
        self.person_id = ""

    async def sign_in(self, identity: Identity) -> None:
        """As the same person, whichever platform it is."""
        self.desk.registry.by_id_number[ID_NUMBER] = "m-1"
        self.desk.registry.by_employee["GE_chen"] = "m-1"
        self.person_id = (await self.desk.sign_in(identity)).person_id

    async def platforms(self, since: float = 0) -> set[str]:
        """Where the person is known to have accounts."""
        known = await self.persons.get(self.person_id, since)
        return {one.platform for one in known.facts.identities} if known else set()


@pytest.fixture
async def known(desk: Desk) -> Known:
    """Somebody is remembered already, and comes by another platform then."""
    made = Known(desk)
    await made.sign_in(CHEN_CITIZEN)
    await made.platforms()
    await made.sign_in(CHEN_WORK)
    return made


async def platforms_of(desk: Desk, person_id: str) -> set[str]:
    """Where the process that keeps the desk knows somebody to have accounts."""
    known = await desk.known.get(person_id)
    return {one.platform for one in known.facts.identities} if known else set()


async def test_a_person_is_remembered_for_a_while(known: Known) -> None:
    """A minute here; another process may have stored something new meanwhile."""
    within = await known.platforms()
    known.now = 60

    assert within == {"zheliban"}
    assert await known.platforms() == {"zheliban", "zhezhengding"}


async def test_what_was_read_before_a_moment_is_read_again(known: Known) -> None:
    """Such as the moment at which a token was issued."""
    assert await known.platforms(since=time.time()) == {"zheliban", "zhezhengding"}


async def test_who_is_forgotten_is_read_again(known: Known) -> None:
    """And nobody else is."""
    known.persons.forget("p_other")
    other_forgotten = await known.platforms()
    known.persons.forget("p_other", known.person_id)

    assert other_forgotten == {"zheliban"}
    assert await known.platforms() == {"zheliban", "zhezhengding"}


async def test_who_signs_in_here_is_seen_as_they_are_at_once(desk: Desk) -> None:
    """A new account, one that was linked, one that was parted again."""
    person_id = (await desk.sign_in(CHEN_CITIZEN)).person_id
    seen = [await platforms_of(desk, person_id)]

    session = await desk.session(CHEN_CITIZEN)
    await desk.linking.link(session, CHEN_WORK, desk.ask)
    seen.append(await platforms_of(desk, person_id))
    await desk.linking.unlink(session, CHEN_WORK.platform, CHEN_WORK.subject)
    seen.append(await platforms_of(desk, person_id))

    assert seen == [{"zheliban"}, {"zheliban", "zhezhengding"}, {"zheliban"}]


async def test_what_was_read_before_a_change_is_not_kept(office: Office) -> None:
    """A read that was under way while the person changed answers its own request and no later one."""
    person_id = str((await office.authority.viewer_of(await office.token(CHEN_CITIZEN))).person_id)
    async with aclosing(SlowDatabase(office.settings.database_url)) as database:
        persons = KnownPersons(database, 60)
        under_way = asyncio.create_task(persons.get(person_id))
        await database.has_read.wait()
        persons.forget(person_id)
        database.may_answer.set()
        first = await under_way

        second = await persons.get(person_id)
        third = await persons.get(person_id)

    assert first is not second
    assert second is third


async def test_nobody_is_nobody(known: Known) -> None:
    """And is asked for every time."""
    assert await known.persons.get("p_nobody") is None
