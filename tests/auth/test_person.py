import asyncio
from dataclasses import dataclass, field, replace

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from auth.clients import Clients
from auth.grants import Grants
from auth.person import Persons, SignedIn
from auth.standing import Askable
from auth.store import Database
from auth.store.tables import IdentityRow, PersonRow
from auth.vault import Vault
from auth.viewers import Viewers
from connectors.records.identity import Identity
from connectors.viewer import Ask, Role
from tests.auth.platforms import (
    BUREAU,
    CHEN_CITIZEN,
    CHEN_WORK,
    ID_NUMBER,
    LIN_CITIZEN,
    OFFICE,
    ZHOU_WORK,
    AddressBook,
    DutyRegistry,
)


@dataclass
class Desk:
    """Signs people in, on a database of either kind."""

    database: Database
    ask: Ask
    registry: DutyRegistry = field(default_factory=DutyRegistry)
    book: AddressBook = field(default_factory=AddressBook)

    def __post_init__(self) -> None:
        vault = Vault(SecretStr("invented-secret-of-the-tests-0123456789"))
        self.persons = Persons(self.database, vault, Askable(self.registry, self.book, self.registry))

    async def sign_in(self, identity: Identity) -> SignedIn:
        """Sign somebody in."""
        return await self.persons.signed_in(identity, self.ask)

    async def count(self) -> tuple[int, int]:
        """How many persons and identities there are."""
        people = await self.database.read(lambda session: session.scalar(select(func.count()).select_from(PersonRow)))
        accounts = await self.database.read(
            lambda session: session.scalar(select(func.count()).select_from(IdentityRow))
        )
        return people or 0, accounts or 0


@pytest.fixture
def desk(database: Database, ask: Ask) -> Desk:
    """A desk where nobody was yet."""
    return Desk(database, ask)


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


async def test_a_silent_registry_keeps_nobody_out_and_breaks_no_link(desk: Desk) -> None:
    """While registry and address book are down people sign in as what is known; ``staff`` must be confirmed."""
    desk.registry.by_employee["GE_chen"] = "m-1"
    desk.book.posts["GE_chen"] = [(OFFICE, BUREAU)]
    before = await desk.sign_in(CHEN_WORK)
    desk.registry.down = desk.book.down = True

    during = await desk.sign_in(CHEN_WORK)
    stranger = await desk.sign_in(CHEN_CITIZEN)

    assert before.roles == {Role.OFFICIAL, Role.MEMBER, Role.STAFF}
    assert during == SignedIn(before.person_id, frozenset({Role.OFFICIAL, Role.MEMBER}))
    assert stranger.roles == {Role.CITIZEN}


async def test_the_registry_is_asked_only_with_what_proves_something(desk: Desk) -> None:
    """An ID number from a sign-in that was not real-name verified is not used, and no answer breaks no link."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    weak = await desk.sign_in(replace(CHEN_CITIZEN, level=1))
    strong = await desk.sign_in(CHEN_CITIZEN)
    weak_again = await desk.sign_in(replace(CHEN_CITIZEN, level=1))

    assert weak.roles == {Role.CITIZEN}
    assert strong.roles == weak_again.roles == {Role.CITIZEN, Role.MEMBER}
    assert len(desk.registry.asked) == 1


@pytest.mark.parametrize(
    ("posts", "roles"),
    [
        ([(OFFICE, BUREAU)], {Role.OFFICIAL, Role.STAFF}),
        ([(BUREAU, OFFICE)], {Role.OFFICIAL, Role.STAFF}),
        ([(BUREAU, BUREAU), (OFFICE, OFFICE)], {Role.OFFICIAL, Role.STAFF}),
        ([(BUREAU, BUREAU)], {Role.OFFICIAL}),
        ([], {Role.OFFICIAL}),
    ],
)
async def test_a_post_in_a_committee_makes_staff(desk: Desk, posts: list[tuple[str, str]], roles: set[Role]) -> None:
    """One post whose unit, or the organisation that lists it, is a committee is enough."""
    desk.book.posts["GE_zhou"] = posts

    person = await desk.sign_in(ZHOU_WORK)

    assert person.roles == roles


async def test_a_silent_book_takes_staff_from_nobody_else(desk: Desk) -> None:
    """Only the registry down: posts are known, but not which organisations are committees."""
    desk.book.posts["GE_zhou"] = [(OFFICE, OFFICE)]
    desk.registry.down = True

    person = await desk.sign_in(ZHOU_WORK)

    assert person.roles == {Role.OFFICIAL}


async def test_without_any_registry_people_still_sign_in(database: Database, ask: Ask) -> None:
    """A gateway with no duty platform and no address book knows citizens and officials."""
    vault = Vault(SecretStr("invented-secret-of-the-tests-0123456789"))
    persons = Persons(database, vault, Askable(None, None, None))

    assert (await persons.signed_in(CHEN_CITIZEN, ask)).roles == {Role.CITIZEN}
    assert (await persons.signed_in(CHEN_WORK, ask)).roles == {Role.OFFICIAL}


async def test_roles_given_by_hand_are_held_by_the_account_named(desk: Desk) -> None:
    """By employee code or by subject, before or after the first sign-in; the platform must be the same."""
    grants = Grants(desk.database)
    await grants.grant(Role.OPS, "zhezhengding", "GE_zhou")
    await grants.grant(Role.OPS, "zhezhengding", "GE_zhou")
    await grants.grant(Role.MODERATOR, "zheliban", subject="u-lin")
    await grants.grant(Role.OPS, "zheliban", "GE_chen")

    zhou, lin, chen = [await desk.sign_in(who) for who in (ZHOU_WORK, LIN_CITIZEN, CHEN_WORK)]
    await grants.revoke(Role.OPS, "zhezhengding", "GE_zhou")
    zhou_again = await desk.sign_in(ZHOU_WORK)

    assert Role.OPS in zhou.roles
    assert Role.MODERATOR in lin.roles
    assert chen.roles == {Role.OFFICIAL}
    assert Role.OPS not in zhou_again.roles
    assert len(await grants.list()) == 2


@pytest.mark.parametrize(
    ("role", "code", "subject"),
    [(Role.STAFF, "GE_zhou", None), (Role.OPS, None, None), (Role.OPS, "GE_zhou", "10000002")],
)
async def test_a_role_that_follows_from_a_platform_cannot_be_given(
    desk: Desk, role: Role, code: str | None, subject: str | None
) -> None:
    """Only ``ops`` and ``moderator`` are given, to an account named in one way."""
    with pytest.raises(ValueError, match=r"only .* can be given|name the account"):
        await Grants(desk.database).grant(role, "zhezhengding", code, subject=subject)


async def member_key(desk: Desk, person: SignedIn) -> str | None:
    """The duty registry's key of a person, as a later request reads it."""
    client_id, _ = await clients_of(desk).create("x", grants=["client_credentials"], scopes=["graph:read"])
    viewer = await Viewers(desk.database).load(person.person_id, client_id, frozenset())
    assert viewer is not None
    return viewer.member_key


def clients_of(desk: Desk) -> Clients:
    """A registry of clients beside the desk."""
    return Clients(desk.database, Vault(SecretStr("invented-secret-of-the-tests-0123456789")))
