"""Roles that an operator gives by hand: ``ops`` and ``moderator``."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.roles import GRANTABLE
from auth.store.database import Database
from auth.store.moments import now
from auth.store.role_grants import HolderKind
from auth.store.tables import RoleGrantRow
from connectors.viewer import Role


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role given to one account, by employee code or by subject."""

    role: Role
    platform: str
    kind: HolderKind
    holder: str


class Grants:
    """Gives and takes roles; a token already issued follows within a minute."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def grant(
        self, role: Role, platform: str, employee_code: str | None = None, *, subject: str | None = None
    ) -> None:
        """Give a role to an account, which need not have signed in yet; giving it twice changes nothing.

        Raises ``ValueError`` for a role that cannot be given, or unless exactly one of code and subject is named.
        """
        if role not in GRANTABLE:
            raise ValueError(f"only {', '.join(sorted(GRANTABLE))} can be given, the others follow from the platforms")
        await self._database.write(partial(_give, grant=_named(role, platform, employee_code, subject)))

    async def revoke(
        self, role: Role, platform: str, employee_code: str | None = None, *, subject: str | None = None
    ) -> bool:
        """Take a role back; False where it was not given."""
        return await self._database.write(partial(_take, grant=_named(role, platform, employee_code, subject)))

    async def list(self) -> tuple[RoleGrant, ...]:
        """Answer all roles given, the oldest first."""
        return await self._database.read(_all)


def _named(role: Role, platform: str, employee_code: str | None, subject: str | None) -> RoleGrant:
    if employee_code and not subject:
        return RoleGrant(role, platform, HolderKind.EMPLOYEE, employee_code)
    if subject and not employee_code:
        return RoleGrant(role, platform, HolderKind.SUBJECT, subject)
    raise ValueError("name the account by its employee code or by its subject")


async def _found(session: AsyncSession, grant: RoleGrant) -> RoleGrantRow | None:
    return await session.scalar(
        select(RoleGrantRow).filter_by(
            role=grant.role.value, platform=grant.platform, holder_kind=grant.kind.value, holder=grant.holder
        )
    )


async def _give(session: AsyncSession, grant: RoleGrant) -> None:
    if await _found(session, grant) is None:
        session.add(
            RoleGrantRow(
                role=grant.role.value,
                platform=grant.platform,
                holder_kind=grant.kind.value,
                holder=grant.holder,
                granted_at=now(),
            )
        )


async def _take(session: AsyncSession, grant: RoleGrant) -> bool:
    row = await _found(session, grant)
    if row is not None:
        await session.execute(delete(RoleGrantRow).where(RoleGrantRow.id == row.id))
    return row is not None


async def _all(session: AsyncSession) -> tuple[RoleGrant, ...]:
    rows = await session.scalars(select(RoleGrantRow).order_by(RoleGrantRow.id))
    return tuple(RoleGrant(Role(row.role), row.platform, HolderKind(row.holder_kind), row.holder) for row in rows)
