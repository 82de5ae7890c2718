"""Roles an operator gave to accounts."""

import enum

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.tables import IdentityRow, RoleGrantRow
from connectors.viewer import Role


class HolderKind(enum.StrEnum):
    """By what a grant knows the account."""

    EMPLOYEE = "employee"
    SUBJECT = "subject"


async def granted_roles(session: AsyncSession, person_id: str) -> set[Role]:
    """Read the roles given to any of a person's accounts."""
    by_code = and_(
        RoleGrantRow.holder_kind == HolderKind.EMPLOYEE.value, RoleGrantRow.holder == IdentityRow.employee_code
    )
    by_subject = and_(RoleGrantRow.holder_kind == HolderKind.SUBJECT.value, RoleGrantRow.holder == IdentityRow.subject)
    same = and_(RoleGrantRow.platform == IdentityRow.platform, or_(by_code, by_subject))
    found = select(RoleGrantRow.role).join(IdentityRow, same).where(IdentityRow.person_id == person_id).distinct()
    return {Role(role) for role in await session.scalars(found)}
