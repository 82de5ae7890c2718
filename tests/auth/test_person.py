import asyncio
from dataclasses import replace

from sqlalchemy import select

from auth.person import SignedIn
from auth.store.persons import facts_of
from auth.store.tables import AuditEntryRow, IdentityRow, RevocationRow
from connectors.records.identity import AccountKind, Agent, Company, DocumentType, Identity
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
    facts = await desk.read(lambda session: facts_of(session, person.person_id))
    assert facts is not None
    return facts.member_key


async def test_a_company_is_a_citizen_for_whom_an_agent_acts(desk: Desk) -> None:
    """Its account gives what an account of that platform gives, whatever the registry says of its agent."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    agent = Agent(name="陈大友", document=DocumentType.ID_CARD, id_number=ID_NUMBER)
    company = replace(
        CHEN_CITIZEN,
        subject="esso.1",
        name="某公司",
        level=3,
        kind=AccountKind.LEGAL_PERSON,
        company=Company("某公司", "0000", agent),
    )

    by_company, himself = await desk.sign_in(company), await desk.sign_in(CHEN_CITIZEN)
    row = await desk.read(lambda session: session.get(IdentityRow, ("zheliban", "esso.1")))

    assert by_company.roles == {Role.CITIZEN}
    assert by_company.person_id != himself.person_id
    assert row is not None
    assert (row.kind, row.level) == ("LEGAL_PERSON", 3)
    assert "陈大友" not in (row.sealed_company or "陈大友")
    assert all(identity.kind is AccountKind.PERSON for identity in desk.registry.asked)


async def test_an_account_of_the_duty_platform_is_what_the_registry_says(desk: Desk) -> None:
    """By itself it makes one nothing; where the registry knows the member, it joins the member's person."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    member = await desk.sign_in(CHEN_CITIZEN)
    desk.registry.by_key.add("m-1")

    by_login = await desk.sign_in(Identity("duty", "login-1", "陈大友", member_key="m-1"))
    unknown = await desk.sign_in(Identity("duty", "login-2", "陈大友", member_key="m-9"))
    clerk = await desk.sign_in(Identity("duty", "login-3", "陈大友"))

    assert by_login.person_id == member.person_id
    assert by_login.roles == {Role.CITIZEN, Role.MEMBER}
    assert unknown.roles == clerk.roles == set()
    assert len({member.person_id, unknown.person_id, clerk.person_id}) == 3


async def test_a_person_who_becomes_part_of_another_leaves_no_session(desk: Desk) -> None:
    """What was open under the name that is gone has ended, tokens too."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    citizen = await desk.session(CHEN_CITIZEN)
    official = await desk.session(CHEN_WORK)
    desk.registry.by_employee["GE_chen"] = "m-1"

    joined = await desk.sign_in(CHEN_WORK)

    assert joined.person_id == citizen.person_id
    assert await desk.sessions.living(official.person_id) == ()
    assert len(await desk.sessions.living(citizen.person_id)) == 1
    revoked = await desk.read(lambda session: session.get(RevocationRow, ("sub", official.person_id)))
    assert revoked is not None


async def test_whoever_was_joined_wrongly_leaves_nothing_open(desk: Desk) -> None:
    """The account that is parted may have opened any session of the person: all end, and both sign in again."""
    desk.registry.by_id_number[ID_NUMBER] = desk.registry.by_employee["GE_zhou"] = "m-1"
    await desk.session(CHEN_CITIZEN)
    wrongly = await desk.session(ZHOU_WORK)
    desk.registry.by_employee.clear()

    parted = await desk.sign_in(ZHOU_WORK)

    assert parted.person_id != wrongly.person_id
    assert await desk.sessions.living(wrongly.person_id) == ()


async def test_sign_ins_are_audited_without_names(desk: Desk) -> None:
    """Who by which platform, how well; joined by whom."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    await desk.sign_in(CHEN_CITIZEN)
    await desk.sign_in(CHEN_WORK)
    desk.registry.by_employee["GE_chen"] = "m-1"
    await desk.sign_in(CHEN_WORK)
    await desk.audit.flush()

    rows = await desk.read(lambda session: session.scalars(select(AuditEntryRow).order_by(AuditEntryRow.number)))
    told = [(row.act, row.facts) for row in rows if row.act in {"SIGNED_IN", "IDENTITY_LINKED"}]

    assert [act for act, _ in told] == ["SIGNED_IN"] * 3 + ["IDENTITY_LINKED"]
    assert all("大友" not in facts and "u-chen" not in facts for _, facts in told)
    assert '"by":"registry"' in told[-1][1].replace(" ", "")
