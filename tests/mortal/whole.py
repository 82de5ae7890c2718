"""What is true of the store at every moment, whoever was killed before."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.authority import Authority
from auth.factor.policy import SCOPES_WITH_FACTOR
from auth.store.moments import now
from auth.store.tables import (
    Base,
    ConsentRow,
    DeviceCodeRow,
    GrantRow,
    IdentityRow,
    LogoutDeliveryRow,
    MemberLinkRow,
    PersonRow,
    RecoveryCodeRow,
    RevocationRow,
    SecondFactorRow,
    SessionRow,
    SigningKeyRow,
)

_OF_PERSONS = (
    ConsentRow.person_id,
    DeviceCodeRow.person_id,
    GrantRow.person_id,
    IdentityRow.person_id,
    MemberLinkRow.person_id,
    RecoveryCodeRow.person_id,
    SecondFactorRow.person_id,
    SessionRow.person_id,
)
_RULES: dict[str, tuple[type[Base], ColumnElement[bool]]] = {
    "a person without identity": (PersonRow, ~exists().where(IdentityRow.person_id == PersonRow.id)),
    "a membership nobody stands for": (
        MemberLinkRow,
        ~exists().where(IdentityRow.member_key == MemberLinkRow.member_key),
    ),
    "a redeemed code without refresh tokens": (
        GrantRow,
        GrantRow.code_used_at.is_not(None) & (GrantRow.sealed_family_key.is_(None) | (GrantRow.counter < 1)),
    ),
    "refresh tokens before the code is redeemed": (
        GrantRow,
        GrantRow.code_digest.is_not(None)
        & GrantRow.code_used_at.is_(None)
        & (GrantRow.sealed_family_key.is_not(None) | (GrantRow.counter > 0)),
    ),
    "a grant that outlives its session": (
        GrantRow,
        GrantRow.ended_at.is_(None)
        & GrantRow.offline.is_(False)
        & exists().where(SessionRow.sid == GrantRow.sid, SessionRow.ended_at.is_not(None)),
    ),
    "a factor without recovery codes": (
        SecondFactorRow,
        ~exists().where(RecoveryCodeRow.person_id == SecondFactorRow.person_id),
    ),
    "recovery codes without a factor": (
        RecoveryCodeRow,
        ~exists().where(SecondFactorRow.person_id == RecoveryCodeRow.person_id),
    ),
}


async def broken_rules(session: AsyncSession) -> list[str]:
    """What is not as it has to be; empty where all is."""
    found = []
    for name, (table, rule) in _RULES.items():
        if await session.scalar(select(func.count()).select_from(table).where(rule)):
            found.append(name)
    for column in _OF_PERSONS:
        orphan = column.is_not(None) & ~exists().where(PersonRow.id == column)
        if await session.scalar(select(func.count()).select_from(column.class_).where(orphan)):
            found.append(f"{column} of nobody")
    found += await _by_hand(session)
    return found


async def _by_hand(session: AsyncSession) -> list[str]:
    """What is easier said in Python."""
    found = []
    ended = set(await session.scalars(select(GrantRow.id).where(GrantRow.ended_at > now() - timedelta(minutes=50))))
    revoked = set(await session.scalars(select(RevocationRow.value)))
    persons = {row.id: row.person_id for row in await session.scalars(select(GrantRow))}
    clients = {row.id: row.client_id for row in await session.scalars(select(GrantRow))}
    if any(not {one, persons[one], clients[one]} & revoked for one in ended):
        found.append("an ended grant whose access tokens live")
    if not await session.scalar(select(func.count(SigningKeyRow.kid)).where(SigningKeyRow.retired_at.is_(None))):
        found.append("no key to sign with")
    proved = select(SessionRow.person_id, SessionRow.methods).where(SessionRow.ended_at.is_(None))
    holders = set(await session.scalars(select(SecondFactorRow.person_id)))
    if any("otp" in methods and person not in holders for person, methods in await session.execute(proved)):
        found.append("a session proved by a factor nobody has")
    with_factor = {scope.value for scope in SCOPES_WITH_FACTOR}
    grants = select(GrantRow.person_id, GrantRow.scopes).where(GrantRow.ended_at.is_(None))
    if any(scopes & with_factor and person not in holders for person, scopes in await session.execute(grants)):
        found.append("a grant that took a factor nobody has")
    return found


async def whole(authority: Authority) -> None:
    """Claim it, and that nobody changed the audit."""
    rules = await authority.database.read(broken_rules)
    assert rules == [], rules
    broken = [verdict for verdict in await authority.audit.verify() if verdict.broken]
    assert broken == []


async def undelivered(authority: Authority) -> Collection[int]:
    """Logouts that clients are still owed."""
    owed = select(LogoutDeliveryRow.id).where(LogoutDeliveryRow.delivered_at.is_(None))
    return list(await authority.database.read(lambda session: session.scalars(owed)))
