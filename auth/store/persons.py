"""Persons and their accounts: who an identity belongs to, and what follows from what is stored.

An identity belongs to one person. Two identities come together when the duty registry names the same member for both,
or when their holder proves both (``linking``). An identity for which the registry no longer says so leaves for a person
of its own while another one still stands for that member, so that a corrected row of the registry also parts whom it
had joined; what was linked by hand stays together.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
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


@dataclass(slots=True)
class Settled:
    """Whose an identity is now, and who else is concerned (``Moves`` sees to them, in the same transaction).

    ``emptied``: persons left without any identity, by whom they went over to. ``parted``: persons who go on without an
    identity that was theirs.
    """

    person_id: str
    emptied: dict[str, str] = field(default_factory=dict)
    parted: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """One account of a person, and its holder's name as the platform last told it, sealed."""

    platform: str
    subject: str
    sealed_name: str = field(repr=False)
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """All that the store knows of a person; ``accounts`` maps a platform to the subject last used there.

    ``identities``: the one last used last.
    """

    person_id: str
    identities: Sequence[IdentityFacts]
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


async def settle(session: AsyncSession, standing: Standing) -> Settled:
    """Store a sign-in and answer whose it is; several at once meet at the keys and run again (``Database.write``)."""
    identity = await identity_of(session, standing.platform, standing.subject)
    if identity is None:
        identity = new_identity(standing, await new_person(session))
    note_sign_in(identity, standing)
    session.add(identity)
    await session.flush()
    settled = Settled(identity.person_id)
    if standing.member_known and standing.member_key != identity.member_key:
        await _follow_registry(session, identity, standing.member_key, settled)
        settled.person_id = identity.person_id
    return settled


async def identity_of(session: AsyncSession, platform: str, subject: str) -> IdentityRow | None:
    """Read an identity and hold on to it until the transaction ends."""
    return await session.get(IdentityRow, (platform, subject), with_for_update=True)


def new_identity(standing: Standing, person_id: str) -> IdentityRow:
    """An identity that was not seen before, to be completed by ``note_sign_in``."""
    return IdentityRow(
        platform=standing.platform,
        subject=standing.subject,
        person_id=person_id,
        member_key=None,
        by_hand=False,
        linked_at=now(),
    )


def note_sign_in(identity: IdentityRow, standing: Standing) -> None:
    """Write down what the latest sign-in told, but for the membership."""
    identity.sealed_name = standing.sealed_name
    identity.kind = standing.kind.value
    identity.level = standing.level
    identity.sealed_company = standing.sealed_company
    identity.employee_code = standing.employee_code
    identity.staff = standing.staff
    identity.signed_in_at = now()


async def _follow_registry(
    session: AsyncSession, identity: IdentityRow, member_key: str | None, settled: Settled
) -> None:
    before, identity.member_key = identity.member_key, member_key
    await session.flush()
    if before is not None:
        await _let_go(session, identity, before, settled)
    if member_key is not None:
        await _take_up(session, identity, member_key, settled)


async def _let_go(session: AsyncSession, identity: IdentityRow, member_key: str, settled: Settled) -> None:
    """The identity no longer stands for that member: others who do keep the person, else the link ends."""
    if not await is_anybodys(session, member_key):
        await session.execute(delete(MemberLinkRow).where(MemberLinkRow.member_key == member_key))
    elif len(await _bound_together(session, identity)) == 1:
        await move(session, identity, await new_person(session), settled)


async def _take_up(session: AsyncSession, identity: IdentityRow, member_key: str, settled: Settled) -> None:
    """The identity stands for that member: it joins who already does, or its person is the member from now on.

    What was linked to it by hand comes along, unless the registry says that it is another member.
    """
    link = await session.get(MemberLinkRow, member_key, with_for_update=True)
    if link is None:
        session.add(MemberLinkRow(member_key=member_key, person_id=identity.person_id, linked_at=now()))
        await session.flush()
    elif link.person_id != identity.person_id:
        for one in await _bound_together(session, identity):
            if one.member_key in {None, member_key}:
                await move(session, one, link.person_id, settled)


async def is_anybodys(session: AsyncSession, member_key: str) -> bool:
    """Whether any identity stands for that member."""
    found = select(IdentityRow.subject).where(IdentityRow.member_key == member_key).limit(1)
    return await session.scalar(found) is not None


async def _bound_together(session: AsyncSession, identity: IdentityRow) -> Sequence[IdentityRow]:
    """The identity, and those its holder linked it with."""
    if not identity.by_hand:
        return [identity]
    mine = (IdentityRow.person_id == identity.person_id) & IdentityRow.by_hand
    return (await session.scalars(select(IdentityRow).where(mine).with_for_update())).all()


async def move(session: AsyncSession, identity: IdentityRow, person_id: str, settled: Settled) -> None:
    """Give an identity to another person."""
    before, identity.person_id, identity.linked_at = identity.person_id, person_id, now()
    await session.flush()
    left = select(IdentityRow.subject).where(IdentityRow.person_id == before).limit(1)
    if await session.scalar(left) is None:
        settled.parted.discard(before)
        settled.emptied[before] = person_id
    else:
        settled.parted.add(before)


async def new_person(session: AsyncSession) -> str:
    """Make somebody without any identity yet."""
    person_id = f"p_{secrets.token_hex(16)}"  # the letter keeps persons apart from clients in a token's subject
    session.add(PersonRow(id=person_id, created_at=now()))
    await session.flush()
    return person_id


async def identities_of(session: AsyncSession, person_id: str) -> Sequence[IdentityRow]:
    """Read a person's identities, the one last used last."""
    return (await session.scalars(_IDENTITIES, {"person": person_id})).all()


async def person_of_account(session: AsyncSession, platform: str, account: str) -> str | None:
    """Read who signs in by an account, named by its subject or its employee code; None for nobody yet."""
    named = (IdentityRow.subject == account) | (IdentityRow.employee_code == account)
    return await session.scalar(select(IdentityRow.person_id).where(IdentityRow.platform == platform, named))


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
        identities=tuple(
            IdentityFacts(row.platform, row.subject, row.sealed_name, row.linked_at) for row in identities
        ),
        accounts=MappingProxyType({row.platform: row.subject for row in identities}),
        member_key=member_keys[-1] if member_keys else None,
        employee_code=employee_codes[-1] if employee_codes else None,
        roles=frozenset(roles),
    )
