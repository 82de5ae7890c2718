"""Links and unlinks accounts in the store, where their holder proved both, within one transaction.

What is refused, and why:

    COMPANY       a company's account passes from agent to agent: it would take a person's own accounts along
    ELSEWHERE     it belongs to somebody with more accounts or a second factor: whoever proved this one proved not those
    OTHER_MEMBER  the duty registry says that the two are two members
    GONE          the person who asks is not there any more
    NOT_YOURS     the account to unlink is none of the person's
    LAST          without any account nobody could come back
    REGISTRY      the duty registry joins the two: it must be corrected there
"""

import enum
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.moments import now
from auth.store.persons import (
    Settled,
    Standing,
    identities_of,
    identity_of,
    is_anybodys,
    move,
    new_identity,
    new_person,
    note_sign_in,
)
from auth.store.tables import IdentityRow, MemberLinkRow, SecondFactorRow
from connectors.records.identity import AccountKind


class Refused(enum.Enum):
    """Why accounts are not linked, or stay linked; see above."""

    COMPANY = "company"
    ELSEWHERE = "elsewhere"
    OTHER_MEMBER = "other-member"
    GONE = "gone"
    NOT_YOURS = "not-yours"
    LAST = "last"
    REGISTRY = "registry"


class LinkingError(Exception):
    """Nothing was changed."""

    def __init__(self, reason: Refused) -> None:
        super().__init__(reason.value)
        self.reason = reason


async def link_identity(session: AsyncSession, person_id: str, platform: str, standing: Standing) -> Settled:
    """Give the account that just signed in to the person, who came by ``platform``; raises ``LinkingError``."""
    mine = await identities_of(session, person_id)
    if not mine:
        raise LinkingError(Refused.GONE)
    if any(AccountKind.LEGAL_PERSON in {one.kind, standing.kind} for one in mine):
        raise LinkingError(Refused.COMPANY)
    identity = await identity_of(session, standing.platform, standing.subject)
    owner = person_id if identity is None else identity.person_id
    if owner != person_id:
        await _check_free(session, owner)
    known = None if identity is None else identity.member_key
    key = standing.member_key if standing.member_known else known
    await _check_member(session, mine, {person_id, owner}, key)
    settled = Settled(person_id)
    if identity is None:
        identity = new_identity(standing, person_id)
    note_sign_in(identity, standing)
    session.add(identity)
    await session.flush()
    if owner != person_id:
        await move(session, identity, person_id, settled)
    await _set_member(session, identity, key)
    identity.by_hand = True
    latest = [one for one in mine if one.platform == platform] or mine
    latest[-1].by_hand = True
    return settled


async def unlink_identity(session: AsyncSession, person_id: str, platform: str, subject: str) -> Settled:
    """Part an account from the person: it is a person of its own from now on. Raises ``LinkingError``."""
    identity = await identity_of(session, platform, subject)
    if identity is None or identity.person_id != person_id:
        raise LinkingError(Refused.NOT_YOURS)
    others = [one for one in await identities_of(session, person_id) if one is not identity]
    if not others:
        raise LinkingError(Refused.LAST)
    if identity.member_key is not None and any(one.member_key == identity.member_key for one in others):
        raise LinkingError(Refused.REGISTRY)
    settled = Settled(person_id)
    await move(session, identity, await new_person(session), settled)
    await _set_member(session, identity, identity.member_key)
    identity.by_hand = False
    still = [one for one in others if one.by_hand]
    if len(still) == 1:  # by hand means together with another
        still[0].by_hand = False
    return settled


async def _check_free(session: AsyncSession, owner: str) -> None:
    others = await identities_of(session, owner)
    if len(others) > 1 or await session.get(SecondFactorRow, owner) is not None:
        raise LinkingError(Refused.ELSEWHERE)


async def _check_member(
    session: AsyncSession, mine: Sequence[IdentityRow], concerned: set[str], key: str | None
) -> None:
    if key is None:
        return
    if {one.member_key for one in mine} - {None, key}:
        raise LinkingError(Refused.OTHER_MEMBER)
    link = await session.get(MemberLinkRow, key, with_for_update=True)
    if link is not None and link.person_id not in concerned:
        raise LinkingError(Refused.ELSEWHERE)


async def _set_member(session: AsyncSession, identity: IdentityRow, key: str | None) -> None:
    """Have the identity's person be that member, and nobody be the one it stood for alone before."""
    before, identity.member_key = identity.member_key, key
    await session.flush()
    if before not in {None, key} and not await is_anybodys(session, str(before)):
        await session.execute(delete(MemberLinkRow).where(MemberLinkRow.member_key == before))
    if key is None:
        return
    link = await session.scalar(select(MemberLinkRow).where(MemberLinkRow.member_key == key).with_for_update())
    if link is None:
        session.add(MemberLinkRow(member_key=key, person_id=identity.person_id, linked_at=now()))
    else:
        link.person_id = identity.person_id
    await session.flush()
