"""Roles an operator gave to accounts."""

import enum

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.tables import IdentityRow, RoleGrantRow
from connectors.viewer import Role


class HolderKind(enum.StrEnum):
    """By what a grant knows the account."""

    EMPLOYEE = "employee"
    SUBJECT = "subject"


def _granted() -> Select[str]:
    by_code = and_(
        RoleGrantRow.holder_kind == HolderKind.EMPLOYEE.value, RoleGrantRow.holder == IdentityRow.employee_code
    )
    by_subject = and_(RoleGrantRow.holder_kind == HolderKind.SUBJECT.value, RoleGrantRow.holder == IdentityRow.subject)
    same = and_(RoleGrantRow.platform == IdentityRow.platform, or_(by_code, by_subject))
    of_person = IdentityRow.person_id == bindparam("person")
    return select(RoleGrantRow.role).join(IdentityRow, same).where(of_person).distinct()


_GRANTED = _granted()
"""Put together once: that costs more than to run it."""


async def granted_roles(session: AsyncSession, person_id: str) -> set[Role]:
    """Read the roles given to any of a person's accounts."""
    return {Role(role) for role in await session.scalars(_GRANTED, {"person": person_id})}
