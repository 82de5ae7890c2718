import asyncio
from dataclasses import replace

from pydantic import SecretStr

from auth.clients import Clients
from auth.person import SignedIn
from auth.vault import Vault
from auth.viewers import Viewers
from connectors.records.identity import Identity
from connectors.viewer import Role
from tests.auth.desk import Desk
from tests.auth.platforms import CHEN_CITIZEN, CHEN_WORK, ID_NUMBER, LIN_CITIZEN, ZHOU_WORK


async def test_who_comes_again_is_the_same_person(desk: Desk) -> None:
    """The account on the platform decides, whatever else changed since."""
    first = await desk.sign_in(CHEN_CITIZEN)
    again = await desk.sign_in(replace(CHEN_CITIZEN, name="陈小友", mobile=None, id_number=None, level=1))

    assert again.person_id == first.person_id
    assert await desk.count() == (1, 1)


async def test_simultaneous_first_sign_ins_make_one_person(desk: Desk) -> None:
    """However many first sign-ins of one account run at once, they are one person."""
    signed_in = await asyncio.gather(*(desk.sign_in(CHEN_CITIZEN) for _ in range(8)))

    assert len({person.person_id for person in signed_in}) == 1
    assert await desk.count() == (1, 1)


async def test_a_member_is_one_person_on_both_platforms(desk: Desk) -> None:
    """The duty registry knows the ID number and the employee code of a member: both ways lead to one person."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    desk.registry.by_employee["GE_chen"] = "m-1"

    by_citizen_app = await desk.sign_in(CHEN_CITIZEN)
    by_work_app = await desk.sign_in(CHEN_WORK)

    assert by_work_app.person_id == by_citizen_app.person_id
    assert by_work_app.roles == {Role.CITIZEN, Role.OFFICIAL, Role.MEMBER}
    assert await desk.count() == (1, 2)


async def test_a_member_who_comes_by_both_platforms_at_once_is_one_person(desk: Desk) -> None:
    """Two first sign-ins of one member by different platforms at the same moment meet at the member's key."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    desk.registry.by_employee["GE_chen"] = "m-1"

    signed_in = await asyncio.gather(*(desk.sign_in(who) for who in (CHEN_CITIZEN, CHEN_WORK) * 3))

    assert len({person.person_id for person in signed_in}) == 1
    assert await desk.count() == (1, 2)


async def test_same_name_and_phone_never_make_one_person(desk: Desk) -> None:
    """Two people may have the same name and share a phone; only the registry can say that they are one."""
    namesake = Identity("zheliban", "u-other", CHEN_CITIZEN.name, level=2, mobile=CHEN_CITIZEN.mobile)
    colleague = replace(CHEN_WORK, mobile=CHEN_CITIZEN.mobile)

    people = [await desk.sign_in(who) for who in (CHEN_CITIZEN, namesake, colleague)]

    assert len({person.person_id for person in people}) == 3


async def test_an_account_known_before_joins_when_its_owner_becomes_a_member(desk: Desk) -> None:
    """Two persons of whom the registry now says that they are one member become one; the empty one is gone."""
    citizen = await desk.sign_in(CHEN_CITIZEN)
    official = await desk.sign_in(CHEN_WORK)
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    desk.registry.by_employee["GE_chen"] = "m-1"

    citizen_again = await desk.sign_in(CHEN_CITIZEN)
    official_again = await desk.sign_in(CHEN_WORK)

    assert citizen.person_id != official.person_id
    assert citizen_again.person_id == official_again.person_id == citizen.person_id
    assert await desk.count() == (1, 2)


async def test_a_corrected_registry_parts_whom_it_had_joined(desk: Desk) -> None:
    """An account that the registry had given to the wrong member leaves for a person of its own."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    desk.registry.by_employee["GE_zhou"] = "m-1"
    chen = await desk.sign_in(CHEN_CITIZEN)
    wrongly_joined = await desk.sign_in(ZHOU_WORK)
    desk.registry.by_employee.clear()

    zhou = await desk.sign_in(ZHOU_WORK)
    chen_again = await desk.sign_in(CHEN_CITIZEN)

    assert wrongly_joined.person_id == chen.person_id
    assert zhou.person_id != chen.person_id
    assert zhou.roles == {Role.OFFICIAL}
    assert chen_again.person_id == chen.person_id
    assert chen_again.roles == {Role.CITIZEN, Role.MEMBER}


async def test_whose_term_ended_is_no_member(desk: Desk) -> None:
    """The registry's no ends the role, and the key is free for whoever holds it next."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    before = await desk.sign_in(CHEN_CITIZEN)
    desk.registry.by_id_number = {LIN_CITIZEN.id_number or "": "m-1"}

    after = await desk.sign_in(CHEN_CITIZEN)
    successor = await desk.sign_in(LIN_CITIZEN)

    assert Role.MEMBER in before.roles
    assert after == SignedIn(before.person_id, frozenset({Role.CITIZEN}))
    assert successor.person_id != before.person_id
    assert Role.MEMBER in successor.roles


async def test_a_member_of_a_new_term_keeps_their_person(desk: Desk) -> None:
    """A new row in the registry changes the member's key, not the person."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    before = await desk.sign_in(CHEN_CITIZEN)
    desk.registry.by_id_number[ID_NUMBER] = "m-2"

    after = await desk.sign_in(CHEN_CITIZEN)

    assert after.person_id == before.person_id
    assert await member_key(desk, after) == "m-2"


async def member_key(desk: Desk, person: SignedIn) -> str | None:
    """The duty registry's key of a person, as a later request reads it."""
    client_id, _ = await clients_of(desk).create("x", grants=["client_credentials"], scopes=["graph:read"])
    viewer = await Viewers(desk.database).load(person.person_id, client_id, frozenset())
    assert viewer is not None
    return viewer.member_key


def clients_of(desk: Desk) -> Clients:
    """A registry of clients beside the desk."""
    return Clients(desk.database, Vault(SecretStr("invented-secret-of-the-tests-0123456789")))
