"""Device codes, on a database of either kind."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from auth.client import Client
from auth.devices import ALPHABET, DeviceCode, Devices, LetIn
from auth.refusals import Refusal
from auth.settings import GrantSettings
from auth.store import Database
from auth.store.moments import now
from connectors.viewer import Scope
from tests.auth.holdings import Holdings

BOTH = frozenset({Scope.OPENID, Scope.GRAPH_READ})


class Bench:
    """Devices, a client with one, somebody who is signed in, and a clock that can be moved."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.holdings = Holdings(database)
        self.at = now()
        self.devices = Devices(database, self.holdings.vault, GrantSettings(), lambda: self.at)

    async def open(self) -> None:
        """Sign somebody in, register the client."""
        person = await self.holdings.person()
        sid = await self.holdings.session(person)
        (self.session,) = (one for one in await self.holdings.sessions.living(person) if one.sid == sid)
        self.client = await self.registered()

    async def registered(self) -> Client:
        """One more client."""
        client = await self.holdings.clients.find(await self.holdings.client())
        assert client is not None
        return client

    async def begin(self, jkt: str | None = None) -> DeviceCode:
        """A device asks."""
        return await self.devices.begin(self.client, BOTH, jkt)

    async def poll(self, code: DeviceCode, client: Client | None = None, jkt: str | None = None) -> LetIn | Refusal:
        """The device asks again, as long after as it should."""
        self.at += timedelta(seconds=code.interval)
        return await self.poll_at_once(code, client, jkt)

    async def poll_at_once(
        self, code: DeviceCode, client: Client | None = None, jkt: str | None = None
    ) -> LetIn | Refusal:
        """The device asks again."""
        asked = partial(_redeemed, self.devices, code.device_code, client or self.client, jkt)
        return await self.database.write(asked)


async def _redeemed(
    devices: Devices, code: str, client: Client, jkt: str | None, session: AsyncSession
) -> LetIn | Refusal:
    return await devices.redeem(session, code, client, jkt)


@pytest.fixture
async def bench(database: Database) -> Bench:
    """Nothing asked for yet."""
    made = Bench(database)
    await made.open()
    return made


async def test_a_device_waits_until_it_is_let_in_and_is_let_in_once(bench: Bench) -> None:
    """Pending, then the person's grant, then nothing any more."""
    code = await bench.begin()

    before = await bench.poll(code)
    decided = await bench.devices.decide(code.user_code, bench.session, BOTH)
    after = await bench.poll(code)
    again = await bench.poll(code)

    assert before is Refusal.DEVICE_PENDING
    assert decided
    assert isinstance(after, LetIn)
    assert (after.person_id, after.sid, after.scopes) == (bench.session.person_id, bench.session.sid, BOTH)
    assert again is Refusal.BAD_DEVICE_CODE


async def test_a_device_that_is_sent_away_hears_so_once(bench: Bench) -> None:
    """And its code is good for nothing then."""
    code = await bench.begin()
    await bench.devices.decide(code.user_code, bench.session, None)

    answers = [await bench.poll(code), await bench.poll(code)]

    assert answers == [Refusal.DEVICE_DENIED, Refusal.BAD_DEVICE_CODE]


async def test_a_code_can_be_typed_as_people_type(bench: Bench) -> None:
    """Small letters, blanks or no dash; eight letters that spell nothing."""
    code = await bench.begin()

    found = [
        await bench.devices.waiting(typed)
        for typed in (code.user_code, code.user_code.lower(), code.user_code.replace("-", " "), f" {code.user_code} ")
    ]

    assert all(one is not None and one.client_id == bench.client.client_id for one in found)
    assert set(code.user_code.replace("-", "")) <= set(ALPHABET)
    assert len(code.user_code) == 9
    assert await bench.devices.waiting("BCDF-GHJK" * 9) is None
    assert await bench.devices.waiting("") is None


async def test_who_polls_too_fast_is_slowed_down_for_good(bench: Bench) -> None:
    """Each poll that comes too early adds five seconds (RFC 8628 section 3.5)."""
    code = await bench.begin()

    answers = [await bench.poll_at_once(code), await bench.poll_at_once(code)]
    bench.at += timedelta(seconds=code.interval + 1)
    answers.append(await bench.poll_at_once(code))
    bench.at += timedelta(seconds=code.interval + 10)
    answers.append(await bench.poll_at_once(code))

    pending, fast = Refusal.DEVICE_PENDING, Refusal.DEVICE_TOO_FAST
    assert answers == [pending, fast, fast, pending]


async def test_a_code_ends(bench: Bench) -> None:
    """After its time it can neither be decided about nor redeemed."""
    code = await bench.begin()

    bench.at += timedelta(seconds=code.expires_in + 1)

    assert await bench.devices.waiting(code.user_code) is None
    assert not await bench.devices.decide(code.user_code, bench.session, BOTH)
    assert await bench.poll(code) is Refusal.DEVICE_CODE_ENDED


async def test_only_the_client_and_the_key_that_asked_may_redeem(bench: Bench) -> None:
    """A code that another client or another key shows is as good as unknown, and stays good for its owner."""
    code = await bench.begin("key-one")
    await bench.devices.decide(code.user_code, bench.session, BOTH)

    others = [
        await bench.poll(code, await bench.registered(), "key-one"),
        await bench.poll(code, jkt="key-two"),
        await bench.poll(code),
        await bench.poll(replace(code, device_code="unknown"), jkt="key-one"),
    ]
    own = await bench.poll(code, jkt="key-one")

    assert others == [Refusal.BAD_DEVICE_CODE] * 4
    assert isinstance(own, LetIn)
    assert own.dpop_jkt == "key-one"


async def test_it_is_decided_once(bench: Bench) -> None:
    """Whoever answers second changes nothing."""
    code = await bench.begin()

    answers = await asyncio.gather(
        *(bench.devices.decide(code.user_code, bench.session, scopes) for scopes in (BOTH, None, BOTH))
    )

    assert sorted(answers) == [False, False, True]


async def test_of_two_that_redeem_at_once_one_is_let_in(bench: Bench) -> None:
    """Both hold the right code; one gets the grant."""
    code = await bench.begin()
    await bench.devices.decide(code.user_code, bench.session, BOTH)

    answers = await asyncio.gather(*(bench.poll_at_once(code) for _ in range(4)))

    assert sum(isinstance(answer, LetIn) for answer in answers) == 1
    assert answers.count(Refusal.BAD_DEVICE_CODE) == 3


async def test_who_signed_out_meanwhile_lets_no_device_in(bench: Bench) -> None:
    """The session the answer was given in must still live."""
    code = await bench.begin()
    await bench.devices.decide(code.user_code, bench.session, BOTH)
    await bench.holdings.endings.session(bench.session.sid)

    assert await bench.poll(code) is Refusal.DEVICE_DENIED


async def test_a_person_may_give_less_than_was_asked_for_and_never_more(bench: Bench) -> None:
    """What the device did not ask for is not given."""
    code = await bench.begin()
    await bench.devices.decide(code.user_code, bench.session, frozenset({Scope.OPENID, Scope.DUTY_READ}))

    let_in = await bench.poll(code)

    assert isinstance(let_in, LetIn)
    assert let_in.scopes == {Scope.OPENID}


async def test_codes_do_not_stand_in_the_store(bench: Bench) -> None:
    """Nor in what a log would show of them."""
    code = await bench.begin()

    assert code.device_code not in repr(code)
    assert code.user_code not in repr(code)
    assert len(code.device_code) >= 43
