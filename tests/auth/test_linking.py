"""Accounts linked by who holds them: what comes together, what stays together, and what never does."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select

from auth.clients import Clients
from auth.factor.removal import forget_factor
from auth.linking import LinkingError, Refused
from auth.revocations import Revoked
from auth.store.moments import now
from auth.store.tables import ConsentRow, RevocationRow, SecondFactorRow, SessionRow
from auth.vault import Vault
from connectors.records.identity import AccountKind, Company, Identity
from connectors.viewer import Role
from tests.auth.desk import SECRET, Desk
from tests.auth.platforms import CHEN_CITIZEN, CHEN_WORK, ID_NUMBER, LIN_CITIZEN, ZHOU_WORK

ZHOU_CITIZEN = Identity("zheliban", "u-zhou", "周明", level=2, id_number="000000190001010033")
COMPANY = Identity("zheliban", "esso.1", "某公司", level=3, kind=AccountKind.LEGAL_PERSON, company=Company("某公司"))


async def refusal(linking: object) -> Refused:
    """Why a link or its end is refused."""
    with pytest.raises(LinkingError) as caught:
        await linking  # type: ignore[misc]  # whichever awaitable
    return caught.value.reason


async def test_an_official_who_is_no_member_links_and_unlinks(desk: Desk) -> None:
    """The registry knows neither account; who proved both is one person, until they part them."""
    here = await desk.session(ZHOU_WORK)

    await desk.link(here, ZHOU_CITIZEN)
    by_either = [await desk.sign_in(who) for who in (ZHOU_WORK, ZHOU_CITIZEN)]
    await desk.linking.unlink(here, "zheliban", "u-zhou")
    apart = [await desk.sign_in(who) for who in (ZHOU_WORK, ZHOU_CITIZEN)]

    assert {person.person_id for person in by_either} == {here.person_id}
    assert by_either[0].roles == {Role.CITIZEN, Role.OFFICIAL}
    assert [person.roles for person in apart] == [{Role.OFFICIAL}, {Role.CITIZEN}]
    assert await desk.count() == (2, 2)


async def test_an_account_that_was_somebodys_only_one_comes_over(desk: Desk) -> None:
    """Who signed in before by each account by itself is one person afterwards; the empty one is gone with all it had."""
    alone = await desk.session(ZHOU_CITIZEN)
    client_id, _ = await Clients(desk.database, Vault(SECRET)).create(
        "x", grants=["client_credentials"], scopes=["graph:read"]
    )
    consent = ConsentRow(person_id=alone.person_id, client_id=client_id, scopes=frozenset({"openid"}), given_at=now())

    async def agree(session: object) -> None:
        session.add(consent)  # type: ignore[attr-defined]  # a session

    await desk.database.write(agree)
    here = await desk.session(ZHOU_WORK)

    await desk.link(here, ZHOU_CITIZEN)

    assert await desk.count() == (1, 2)
    assert await desk.accounts(here.person_id) == {"10000002", "u-zhou"}
    assert [one.sid for one in await desk.sessions.living(here.person_id)] == [here.sid]
    assert (
        await desk.read(lambda session: session.scalar(select(SessionRow).where(SessionRow.sid == alone.sid))) is None
    )
    revoked = await desk.read(lambda session: session.get(RevocationRow, (Revoked.PERSON.value, alone.person_id)))
    assert revoked is not None


async def test_a_member_by_registry_becomes_one_with_an_account_it_does_not_know(desk: Desk) -> None:
    """From either side: the person is the member afterwards, and the registry's word still counts."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    await desk.sign_in(CHEN_CITIZEN)
    here = await desk.session(CHEN_WORK)

    await desk.link(here, CHEN_CITIZEN)
    by_work = await desk.sign_in(CHEN_WORK)

    assert by_work.person_id == here.person_id
    assert by_work.roles == {Role.CITIZEN, Role.OFFICIAL, Role.MEMBER}


async def test_a_link_survives_sign_ins_and_the_registrys_silence(desk: Desk) -> None:
    """Later sign-ins by either platform, with the registry silent, down, or of another opinion before, part nobody."""
    here = await desk.session(CHEN_WORK)
    await desk.link(here, CHEN_CITIZEN)
    for known in (True, False, True, False):
        desk.registry.by_id_number = {ID_NUMBER: "m-1"} if known else {}
        desk.registry.by_employee = {"GE_chen": "m-1"} if known else {}
        for down in (False, True):
            desk.registry.down = down
            signed_in = [await desk.sign_in(who) for who in (CHEN_CITIZEN, CHEN_WORK)]

            assert {person.person_id for person in signed_in} == {here.person_id}
    assert await desk.count() == (1, 2)


async def test_half_a_correction_of_the_registry_does_not_tear_a_link(desk: Desk) -> None:
    """One account loses its membership, the other keeps it: by registry alone they would part, by hand they stay."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    desk.registry.by_employee["GE_chen"] = "m-1"
    here = await desk.session(CHEN_WORK)
    await desk.link(here, CHEN_CITIZEN)
    desk.registry.by_employee.clear()

    after = [await desk.sign_in(who) for who in (CHEN_WORK, CHEN_CITIZEN)]

    assert {person.person_id for person in after} == {here.person_id}
    assert after[0].roles == {Role.CITIZEN, Role.OFFICIAL, Role.MEMBER}


async def test_what_was_linked_comes_along_when_the_registry_joins(desk: Desk) -> None:
    """The registry says that one of two linked accounts is a member known by a third: all three are one person."""
    desk.registry.by_id_number["000000190001010099"] = "m-1"
    classic = Identity("zheliban", "classic.9", "周明", level=3, id_number="000000190001010099")
    member = await desk.sign_in(classic)
    here = await desk.session(ZHOU_WORK)
    await desk.link(here, ZHOU_CITIZEN)
    desk.registry.by_employee["GE_zhou"] = "m-1"

    joined = await desk.sign_in(ZHOU_WORK)

    assert joined.person_id == member.person_id
    assert await desk.accounts(member.person_id) == {"classic.9", "10000002", "u-zhou"}
    assert await desk.count() == (1, 3)
    assert await desk.sessions.living(here.person_id) == ()


async def test_the_registry_parts_linked_accounts_of_two_members(desk: Desk) -> None:
    """Where it says that they are two members known already, its word on membership counts."""
    desk.registry.by_id_number["000000190001010099"] = "m-2"
    other = await desk.sign_in(Identity("zheliban", "classic.9", "周", level=3, id_number="000000190001010099"))
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    here = await desk.session(CHEN_WORK)
    await desk.link(here, CHEN_CITIZEN)
    desk.registry.by_employee["GE_chen"] = "m-2"

    moved = await desk.sign_in(CHEN_WORK)
    stayed = await desk.sign_in(CHEN_CITIZEN)

    assert moved.person_id == other.person_id
    assert stayed.person_id == here.person_id
    assert Role.OFFICIAL not in stayed.roles


async def test_same_name_and_phone_never_link(desk: Desk) -> None:
    """Two people of one name who share a phone stay two, however often they sign in by both platforms."""
    namesake = replace(CHEN_WORK, subject="10000009", employee_code="GE_other", mobile=CHEN_CITIZEN.mobile)
    for _ in range(2):
        people = [await desk.sign_in(who) for who in (CHEN_CITIZEN, namesake)]

        assert people[0].person_id != people[1].person_id


async def test_an_account_of_somebody_with_more_is_not_taken(desk: Desk) -> None:
    """Who proved one account of another person proved not the others."""
    there = await desk.session(CHEN_WORK)
    await desk.link(there, CHEN_CITIZEN)
    here = await desk.session(LIN_CITIZEN)

    assert await refusal(desk.link(here, CHEN_WORK)) is Refused.ELSEWHERE
    assert await desk.accounts(there.person_id) == {"10000001", "u-chen"}
    assert await desk.accounts(here.person_id) == {"u-lin"}


async def test_an_account_with_a_second_factor_is_not_taken(desk: Desk) -> None:
    """Its password alone must not carry it away from the factor; the other way round it goes."""
    there = await desk.session(CHEN_WORK)
    here = await desk.session(CHEN_CITIZEN)

    async def enrol(session: object) -> None:
        session.add(  # type: ignore[attr-defined]  # a session
            SecondFactorRow(person_id=there.person_id, sealed_secret="x", step=0, enrolled_at=now())
        )

    await desk.database.write(enrol)

    assert await refusal(desk.link(here, CHEN_WORK)) is Refused.ELSEWHERE
    await desk.link(there, CHEN_CITIZEN)
    assert await desk.database.write(lambda session: forget_factor(session, there.person_id))


async def test_two_members_are_not_linked(desk: Desk) -> None:
    """The registry knows both accounts as different members."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    desk.registry.by_employee["GE_zhou"] = "m-2"
    here = await desk.session(CHEN_CITIZEN)

    assert await refusal(desk.link(here, ZHOU_WORK)) is Refused.OTHER_MEMBER


async def test_a_member_known_elsewhere_is_not_taken(desk: Desk) -> None:
    """A new account of a member whom the registry names belongs to whoever is that member already."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    await desk.sign_in(CHEN_CITIZEN)
    here = await desk.session(ZHOU_WORK)

    assert await refusal(desk.link(here, replace(CHEN_CITIZEN, subject="classic.7"))) is Refused.ELSEWHERE


@pytest.mark.parametrize("company_first", [True, False])
async def test_a_companys_account_is_not_linked(desk: Desk, *, company_first: bool) -> None:
    """Agents change: a person's accounts would go to the next."""
    first, second = (COMPANY, ZHOU_WORK) if company_first else (ZHOU_WORK, COMPANY)
    here = await desk.session(first)

    assert await refusal(desk.link(here, second)) is Refused.COMPANY


async def test_the_last_account_stays(desk: Desk) -> None:
    """Without one nobody could come back; and nobody parts what is not theirs."""
    here, other = await desk.session(ZHOU_WORK), await desk.session(LIN_CITIZEN)

    assert await refusal(desk.linking.unlink(here, "zhezhengding", "10000002")) is Refused.LAST
    assert await refusal(desk.linking.unlink(other, "zhezhengding", "10000002")) is Refused.NOT_YOURS
    assert await refusal(desk.linking.unlink(here, "zheliban", "nobody")) is Refused.NOT_YOURS


async def test_what_the_registry_joined_is_not_unlinked_here(desk: Desk) -> None:
    """It would join them again at the next sign-in."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    desk.registry.by_employee["GE_chen"] = "m-1"
    await desk.sign_in(CHEN_CITIZEN)
    here = await desk.session(CHEN_WORK)

    assert await refusal(desk.linking.unlink(here, "zheliban", "u-chen")) is Refused.REGISTRY


async def test_a_member_who_unlinks_takes_the_membership_along(desk: Desk) -> None:
    """It belongs to the account the registry knows."""
    desk.registry.by_id_number[ID_NUMBER] = "m-1"
    here = await desk.session(CHEN_WORK)
    await desk.link(here, CHEN_CITIZEN)

    await desk.linking.unlink(here, "zheliban", "u-chen")
    work, citizen = [await desk.sign_in(who) for who in (CHEN_WORK, CHEN_CITIZEN)]

    assert (work.roles, citizen.roles) == ({Role.OFFICIAL}, {Role.CITIZEN, Role.MEMBER})
    assert work.person_id == here.person_id


async def test_unlinking_ends_what_that_account_may_have_opened(desk: Desk) -> None:
    """Other browsers are signed out; this one stays, unless it was the account that left."""
    here = await desk.session(ZHOU_WORK)
    await desk.link(here, ZHOU_CITIZEN)
    other = await desk.session(ZHOU_CITIZEN)

    await desk.linking.unlink(here, "zheliban", "u-zhou")

    assert [one.sid for one in await desk.sessions.living(here.person_id)] == [here.sid]
    assert other.person_id == here.person_id
    await desk.link(here, ZHOU_CITIZEN)
    await desk.linking.unlink(here, "zhezhengding", "10000002")
    assert await desk.sessions.living(here.person_id) == ()


async def test_linking_twice_and_at_once_is_linking_once(desk: Desk) -> None:
    """Six browsers of one person link the same account at the same moment."""
    here = await desk.session(ZHOU_WORK)

    await asyncio.gather(*(desk.link(here, ZHOU_CITIZEN) for _ in range(6)))

    assert await desk.count() == (1, 2)


async def test_two_persons_who_link_one_account_at_once_do_not_both_get_it(desk: Desk) -> None:
    """One is first; the other is told that it is taken."""
    here, there = await desk.session(ZHOU_WORK), await desk.session(CHEN_WORK)

    results = await asyncio.gather(
        desk.link(here, ZHOU_CITIZEN), desk.link(there, ZHOU_CITIZEN), return_exceptions=True
    )

    refused = [result for result in results if isinstance(result, LinkingError)]
    assert [error.reason for error in refused] == [Refused.ELSEWHERE]
    owners = [one for one in (here, there) if "u-zhou" in await desk.accounts(one.person_id)]
    assert len(owners) == 1


async def test_who_is_gone_links_nothing(desk: Desk) -> None:
    """A session of a person who became part of another."""
    alone = await desk.session(ZHOU_CITIZEN)
    here = await desk.session(ZHOU_WORK)
    await desk.link(here, ZHOU_CITIZEN)

    assert await refusal(desk.link(alone, LIN_CITIZEN)) is Refused.GONE
