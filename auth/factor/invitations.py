"""Enrolment codes: an operator gives an account one, and its person enrols a second factor with it, once."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.moments import now
from auth.store.role_grants import HolderKind
from auth.store.tables import EnrolmentCodeRow, IdentityRow
from auth.vault import Vault

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new enrolment code, shown once."""

    code: str = field(repr=False)
    expires_at: datetime


async def invite(session: AsyncSession, vault: Vault, platform: str, employee_code: str, seconds: int) -> Invitation:
    """Make a code for an account, which need not have signed in yet; the ones it had before end."""
    invitation = Invitation(secrets.token_urlsafe(32), now() + timedelta(seconds=seconds))
    await withdraw(session, platform, employee_code)
    session.add(
        EnrolmentCodeRow(
            digest=vault.digest(invitation.code),
            platform=platform,
            holder_kind=HolderKind.EMPLOYEE.value,
            holder=employee_code,
            expires_at=invitation.expires_at,
        )
    )
    return invitation


async def withdraw(session: AsyncSession, platform: str, employee_code: str) -> bool:
    """End the codes of an account that were not used; whether there was one."""
    of_account = (
        (EnrolmentCodeRow.platform == platform)
        & (EnrolmentCodeRow.holder_kind == HolderKind.EMPLOYEE.value)
        & (EnrolmentCodeRow.holder == employee_code)
        & EnrolmentCodeRow.used_at.is_(None)
    )
    return (
        len(
            (await session.scalars(delete(EnrolmentCodeRow).where(of_account).returning(EnrolmentCodeRow.digest))).all()
        )
        > 0
    )


async def persons_of(session: AsyncSession, platform: str, employee_code: str) -> list[str]:
    """Who signed in by that account; none before the first time."""
    of_account = (IdentityRow.platform == platform) & (IdentityRow.employee_code == employee_code)
    return list(await session.scalars(select(IdentityRow.person_id).where(of_account).distinct()))


async def is_invited(session: AsyncSession, vault: Vault, person_id: str, code: str) -> bool:
    """Whether the code is good and was made for an account of that person; another's is as wrong as an invented one."""
    held = or_(
        and_(
            EnrolmentCodeRow.holder_kind == HolderKind.EMPLOYEE.value,
            EnrolmentCodeRow.holder == IdentityRow.employee_code,
        ),
        and_(EnrolmentCodeRow.holder_kind == HolderKind.SUBJECT.value, EnrolmentCodeRow.holder == IdentityRow.subject),
    )
    found = (
        select(EnrolmentCodeRow.digest)
        .join(IdentityRow, and_(EnrolmentCodeRow.platform == IdentityRow.platform, held))
        .where(IdentityRow.person_id == person_id, _good(vault, code))
    )
    return await session.scalar(found.limit(1)) is not None


async def use_invitation(session: AsyncSession, vault: Vault, person_id: str, code: str) -> bool:
    """Use the code up; of two who do, one does."""
    if not await is_invited(session, vault, person_id, code):
        return False
    using = update(EnrolmentCodeRow).where(_good(vault, code)).values(used_at=now())
    return len((await session.scalars(using.returning(EnrolmentCodeRow.digest))).all()) > 0


def _good(vault: Vault, code: str) -> ColumnElement[bool]:
    digests = vault.digests(code.strip()[:_LONGEST])
    return and_(
        EnrolmentCodeRow.digest.in_(digests), EnrolmentCodeRow.used_at.is_(None), EnrolmentCodeRow.expires_at > now()
    )
