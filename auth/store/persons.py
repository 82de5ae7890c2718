"""Persons and their accounts: who an identity belongs to, and what follows from what is stored.

An identity belongs to one person. Two identities come together only when the duty registry names the same member
for both; an identity for which the registry no longer says so leaves for a person of its own while another one still
stands for that member, so that a corrected row of the registry also parts whom it had joined.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.roles import ROLE_OF_PLATFORM
from auth.store.moments import now
from auth.store.role_grants import granted_roles
from auth.store.tables import IdentityRow, MemberLinkRow, PersonRow
from connectors.records.identity import AccountKind
from connectors.viewer import Role

_IDENTITIES = select(IdentityRow).where(IdentityRow.person_id == bindparam("person")).order_by(IdentityRow.signed_in_at)
"""Put together once: that costs more than to run it."""
STAFF_CONFIRMED_FOR = timedelta(hours=12)
"""How long the work app's word that somebody is staff holds: who left the office may still sign in by another
platform, where nobody asks the work app again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be stored of one sign-in. ``member_known``: the duty registry answered, ``member_key`` says what."""

    platform: str
    subject: str
    sealed_name: str
    kind: AccountKind
    level: int
    sealed_company: str | None
    employee_code: str | None
    member_known: bool
    member_key: str | None
    staff: bool


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """All that the store knows of a person; ``accounts`` maps a platform to the subject last used there."""

    person_id: str
    accounts: Mapping[str, str]
    member_key: str | None
    employee_code: str | None
    roles: frozenset[Role]


def name_place(platform: str, subject: str) -> str:
    """For which place an identity's name is sealed (``Vault``)."""
    return f"identity {platform} {subject}"


def company_place(platform: str, subject: str) -> str:
    """For which place an identity's company is sealed (``Vault``)."""
    return f"company {platform} {subject}"


async def settle(session: AsyncSession, standing: Standing) -> str:
    """Store a sign-in and answer whose it is; several at once meet at the keys and run again (``Database.write``)."""
    key = (standing.platform, standing.subject)
    identity = await session.get(IdentityRow, key, with_for_update=True)
    moment = now()
    if identity is None:
        person_id = await _new_person(session)
        identity = IdentityRow(
            platform=standing.platform, subject=standing.subject, person_id=person_id, member_key=None, linked_at=moment
        )
    identity.sealed_name = standing.sealed_name
    identity.kind = standing.kind.value
    identity.level = standing.level
    identity.sealed_company = standing.sealed_company
    identity.employee_code = standing.employee_code
    identity.staff = standing.staff
    identity.signed_in_at = moment
    session.add(identity)
    await session.flush()
    if standing.member_known and standing.member_key != identity.member_key:
        await _follow_registry(session, identity, standing.member_key)
    return identity.person_id


async def _follow_registry(session: AsyncSession, identity: IdentityRow, member_key: str | None) -> None:
    before, identity.member_key = identity.member_key, member_key
    await session.flush()
    if before is not None:
        await _let_go(session, identity, before)
    if member_key is not None:
        await _take_up(session, identity, member_key)


async def _let_go(session: AsyncSession, identity: IdentityRow, member_key: str) -> None:
    """The identity no longer stands for that member: others who do keep the person, else the link ends."""
    others = select(IdentityRow.subject).where(IdentityRow.member_key == member_key).limit(1)
    if await session.scalar(others) is None:
        await session.execute(delete(MemberLinkRow).where(MemberLinkRow.member_key == member_key))
    else:
        await _move(session, identity, await _new_person(session))


async def _take_up(session: AsyncSession, identity: IdentityRow, member_key: str) -> None:
    """The identity stands for that member: it joins who already does, or its person is the member from now on."""
    link = await session.get(MemberLinkRow, member_key, with_for_update=True)
    if link is None:
        session.add(MemberLinkRow(member_key=member_key, person_id=identity.person_id, linked_at=now()))
        await session.flush()
    elif link.person_id != identity.person_id:
        await _move(session, identity, link.person_id)


async def _move(session: AsyncSession, identity: IdentityRow, person_id: str) -> None:
    before, identity.person_id, identity.linked_at = identity.person_id, person_id, now()
    await session.flush()
    left = select(IdentityRow.subject).where(IdentityRow.person_id == before).limit(1)
    if await session.scalar(left) is None:
        await session.execute(delete(MemberLinkRow).where(MemberLinkRow.person_id == before))
        await session.execute(delete(PersonRow).where(PersonRow.id == before))


async def _new_person(session: AsyncSession) -> str:
    person_id = f"p_{secrets.token_hex(16)}"  # the letter keeps persons apart from clients in a token's subject
    session.add(PersonRow(id=person_id, created_at=now()))
    await session.flush()
    return person_id


async def identities_of(session: AsyncSession, person_id: str) -> Sequence[IdentityRow]:
    """Read a person's identities, the one last used last."""
    return (await session.scalars(_IDENTITIES, {"person": person_id})).all()


async def facts_of(
    session: AsyncSession, person_id: str, identities: Sequence[IdentityRow] | None = None
) -> PersonFacts | None:
    """Read what is known of a person, of ``identities`` if they were read; None for one not there (any more)."""
    if identities is None:
        identities = await identities_of(session, person_id)
    if not identities:
        return None
    roles = {ROLE_OF_PLATFORM[row.platform] for row in identities if row.platform in ROLE_OF_PLATFORM}
    roles |= await granted_roles(session, person_id)
    confirmed = now() - STAFF_CONFIRMED_FOR
    roles |= {Role.STAFF} if any(row.staff and row.signed_in_at > confirmed for row in identities) else set()
    member_keys = [row.member_key for row in identities if row.member_key is not None]
    roles |= {Role.MEMBER} if member_keys else set()
    employee_codes = [row.employee_code for row in identities if row.employee_code is not None]
    return PersonFacts(
        person_id=person_id,
        accounts=MappingProxyType({row.platform: row.subject for row in identities}),
        member_key=member_keys[-1] if member_keys else None,
        employee_code=employee_codes[-1] if employee_codes else None,
        roles=frozenset(roles),
    )
