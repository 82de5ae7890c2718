"""Hands a person all that is kept of them, to be read by people and programs."""

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from auth.audit import Act, Audit
from auth.own_data.accounts import held_by
from auth.own_data.identities import OwnIdentity, Selves
from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import (
    ConsentRow,
    DeviceCodeRow,
    GrantRow,
    LogoutDeliveryRow,
    MemberLinkRow,
    PersonRow,
    RecoveryCodeRow,
    RoleGrantRow,
    SecondFactorRow,
    SessionRow,
)
from auth.vault import Vault

FORMAT = "tongxin-own-data/1"

Rows = list[dict[str, Any]]


class Export:
    """One per process; keeps nothing in memory."""

    def __init__(self, database: Database, vault: Vault, selves: Selves, audit: Audit) -> None:
        self._database = database
        self._vault = vault
        self._selves = selves
        self._audit = audit

    async def of(self, person_id: str) -> dict[str, Any]:
        """All rows about a person, sealed values opened, secrets and their digests left out.

        Ready for JSON; moments in UTC (RFC 3339). Raises ``StoreUnavailableError``.
        """
        told = await self._database.read(partial(self._tables, person_id=person_id))
        self._audit.note(Act.OWN_DATA_EXPORTED, who=person_id)
        await self._audit.flush()  # what was noted a moment ago waits to be written
        entries = await self._audit.about(person_id)
        return {
            "format": FORMAT,
            "exported_at": _plain(now()),
            **told,
            "audit": [{name: _plain(getattr(one, name)) for name in one.__slots__} for one in entries],
        }

    async def _tables(self, session: AsyncSession, person_id: str) -> dict[str, Any]:
        known = await self._selves.read_in(session, person_id)
        identities = () if known is None else known.identities
        person = await _rows(session, _of(PersonRow.id, person_id), PersonRow.id, PersonRow.created_at)
        factor = await _rows(session, _of(SecondFactorRow.person_id, person_id), SecondFactorRow.enrolled_at)
        codes = await _rows(session, _of(RecoveryCodeRow.person_id, person_id), RecoveryCodeRow.used_at)
        return {
            "person": {**person[0], "roles": sorted(known.roles) if known else []} if person else None,
            "identities": [_identity(one) for one in identities],
            "membership": await _rows(
                session, _of(MemberLinkRow.person_id, person_id), MemberLinkRow.member_key, MemberLinkRow.linked_at
            ),
            "roles_given": await _rows(
                session,
                select(RoleGrantRow).where(held_by(RoleGrantRow, identities)),
                RoleGrantRow.platform,
                RoleGrantRow.holder,
                RoleGrantRow.role,
                RoleGrantRow.granted_at,
            ),
            "second_factor": {**factor[0], "recovery_codes": codes} if factor else None,
            "sessions": await self._sessions(session, person_id),
            **await _clients(session, person_id),
        }

    async def _sessions(self, session: AsyncSession, person_id: str) -> Rows:
        rows = await session.scalars(_of(SessionRow.person_id, person_id).order_by(SessionRow.created_at))
        return [
            {
                "sid": row.sid,
                "browser": self._vault.unseal(row.sealed_browser, f"session {row.sid}"),
                **_facts(
                    row,
                    SessionRow.platform,
                    SessionRow.level,
                    SessionRow.methods,
                    SessionRow.proved_at,
                    SessionRow.created_at,
                    SessionRow.seen_at,
                    SessionRow.ends_at,
                    SessionRow.ended_at,
                ),
            }
            for row in rows
        ]


async def _clients(session: AsyncSession, person_id: str) -> dict[str, Rows]:
    return {
        "consents": await _rows(
            session,
            _of(ConsentRow.person_id, person_id),
            ConsentRow.client_id,
            ConsentRow.scopes,
            ConsentRow.given_at,
        ),
        "grants": await _rows(
            session,
            _of(GrantRow.person_id, person_id).order_by(GrantRow.created_at),
            GrantRow.id,
            GrantRow.client_id,
            GrantRow.sid,
            GrantRow.scopes,
            GrantRow.level,
            GrantRow.methods,
            GrantRow.proved_at,
            GrantRow.offline,
            GrantRow.created_at,
            GrantRow.rotated_at,
            GrantRow.expires_at,
            GrantRow.ended_at,
        ),
        "devices": await _rows(
            session,
            _of(DeviceCodeRow.person_id, person_id),
            DeviceCodeRow.client_id,
            DeviceCodeRow.scopes,
            DeviceCodeRow.decision,
            DeviceCodeRow.expires_at,
        ),
        "logouts_told": await _rows(
            session,
            _of(LogoutDeliveryRow.subject, person_id),
            LogoutDeliveryRow.client_id,
            LogoutDeliveryRow.sid,
            LogoutDeliveryRow.created_at,
            LogoutDeliveryRow.delivered_at,
            LogoutDeliveryRow.given_up_at,
        ),
    }


def _of(column: InstrumentedAttribute[Any], person_id: str) -> Select[Any]:
    return select(column.class_).where(column == person_id)


async def _rows(session: AsyncSession, found: Select[Any], *columns: InstrumentedAttribute[Any]) -> Rows:
    return [_facts(row, *columns) for row in await session.scalars(found)]


def _facts(row: object, *columns: InstrumentedAttribute[Any]) -> dict[str, Any]:
    return {column.key: _plain(getattr(row, column.key)) for column in columns}


def _identity(identity: OwnIdentity) -> dict[str, Any]:
    return {name: _plain(getattr(identity, name)) for name in identity.__slots__}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return sorted(value) if isinstance(value, frozenset) else value
