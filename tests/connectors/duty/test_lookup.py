"""Who is a member: by digest or by account, never by name; the ID number stays here."""

import dataclasses
from collections.abc import Callable
from types import SimpleNamespace

import httpx
import pytest
from pydantic import SecretStr

from connectors.cache import Cache
from connectors.duty import connect
from connectors.duty.settings import DutySettings
from connectors.errors import UnexpectedAnswerError, UnreachableError
from connectors.memory import BoundedMemoryCache
from connectors.ports import MemberLookup
from connectors.records.identity import Identity
from connectors.records.member import Member
from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import MemberSeed, World
from connectors.transport import Transport
from connectors.viewer import Ask


@pytest.fixture
def seed(world: World) -> MemberSeed:
    """A member who has an account on the work app."""
    return next(member for member in world.members if member.person.work)


def citizen(seed: MemberSeed) -> Identity:
    """The member as the citizen app knows them."""
    person = seed.person
    return Identity(platform="zheliban", subject="u", name=person.name, level=2, id_number=person.id_number)


def official(seed: MemberSeed) -> Identity:
    """The member as the work app knows them."""
    work = seed.person.work
    return Identity(
        platform="zhezhengding",
        subject="1",
        name=seed.person.name,
        tenant_id=100001,
        employee_code=work.employee_code if work else None,
    )


async def test_one_person_by_two_ways(duty: SimpleNamespace, sandbox: SandboxApp, seed: MemberSeed, ask: Ask) -> None:
    """Digest and account lead to the same member, in one call."""
    by_number, by_account = await duty.lookup.find_members([citizen(seed), official(seed)], ask)

    assert by_number.key == by_account.key == seed.key
    assert sandbox.calls["members.lookup"] == 1


async def test_a_name_is_no_proof(duty: SimpleNamespace, world: World, seed: MemberSeed, ask: Ask) -> None:
    """Somebody of the same name, or of the same code in another tenant, is not the member."""
    namesake = dataclasses.replace(citizen(world.members[0]), name=seed.person.name, id_number="000000190001019999")
    elsewhere = dataclasses.replace(official(seed), tenant_id=100002)
    nobody = Identity(platform="zheliban", subject="u", name=seed.person.name, mobile=seed.person.mobile)

    assert await duty.lookup.find_members([namesake, elsewhere, nobody], ask) == [None, None, None]


async def test_nobody_to_look_for_is_no_call(duty: SimpleNamespace, sandbox: SandboxApp, ask: Ask) -> None:
    """An identity without ID number and account can be no member; the platform is not asked."""
    nobody = Identity(platform="zheliban", subject="u", name="陈大友")

    assert await duty.lookup.find_members([nobody], ask) == [None]
    assert sandbox.calls.total() == 0


async def test_an_account_finds_whom_the_number_does_not(duty: SimpleNamespace, seed: MemberSeed, ask: Ask) -> None:
    """An identity with both is found by either."""
    both = dataclasses.replace(official(seed), id_number="000000190001019999")

    [member] = await duty.lookup.find_members([both], ask)

    assert member.key == seed.key


async def test_a_lookup_is_never_kept(duty: SimpleNamespace, sandbox: SandboxApp, seed: MemberSeed, ask: Ask) -> None:
    """A membership that ended must end at once: each look-up asks the platform."""
    await duty.lookup.find_members([citizen(seed)], ask)
    await duty.lookup.find_members([citizen(seed)], ask)

    assert sandbox.calls["members.lookup"] == 2


async def test_the_number_stays_here(settings: DutySettings, sandbox: SandboxApp, seed: MemberSeed, ask: Ask) -> None:
    """Neither the request nor the name of the read under way holds the ID number or its end."""
    cache = Cache(BoundedMemoryCache(10))
    told: list[str] = []

    async def note(request: httpx.Request) -> None:
        told.extend([str(request.url), request.content.decode(), *map(str, cache._joining._runs)])

    client = httpx.AsyncClient(transport=httpx.ASGITransport(sandbox), event_hooks={"request": [note]})
    connection = connect(settings, cache, Transport("duty", client=client))
    lookup = next(source for source in connection.sources if isinstance(source, MemberLookup))

    [member] = await lookup.find_members([citizen(seed)], ask)
    await connection.aclose()

    assert isinstance(member, Member)
    assert member.key == seed.key
    assert any("members.lookup" in name for name in told)
    assert not [text for text in told if seed.person.id_number[-8:] in text]


async def test_without_a_key_for_digests(
    settings: DutySettings,
    sandbox: SandboxApp,
    connected: Callable[..., SimpleNamespace],
    seed: MemberSeed,
    ask: Ask,
) -> None:
    """Who can only be found by number is not taken for no member; an account needs no key."""
    keyless = settings.model_copy(update={"id_digest_key": SecretStr("")})
    duty = connected(keyless, httpx.ASGITransport(sandbox))

    by_number, by_account = await duty.lookup.find_members([citizen(seed), official(seed)], ask)

    assert type(by_number) is UnreachableError
    assert by_account.key == seed.key


async def test_another_key_finds_nobody(
    settings: DutySettings,
    sandbox: SandboxApp,
    connected: Callable[..., SimpleNamespace],
    seed: MemberSeed,
    ask: Ask,
) -> None:
    """Digests under another version of the key match nothing."""
    duty = connected(settings.model_copy(update={"id_digest_version": "v2"}), httpx.ASGITransport(sandbox))

    assert await duty.lookup.find_members([citizen(seed)], ask) == [None]


async def test_a_failed_lookup_is_no_answer(
    duty: SimpleNamespace, sandbox: SandboxApp, seed: MemberSeed, ask: Ask
) -> None:
    """While the platform is ill nobody is told that they are no member."""
    sandbox.faults.put(Fault(FaultKind.GARBAGE, "members.lookup"))

    [entry] = await duty.lookup.find_members([citizen(seed)], ask)

    assert type(entry) is UnexpectedAnswerError
