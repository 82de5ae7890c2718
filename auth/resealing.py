"""Seals what is stored anew, with the secret and the algorithms in use, so that older ones can be let go.

Digests cannot be made anew, as nobody knows what they are of: most end by themselves, a client's secret when it is
rotated. How many are left is told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, func, not_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from auth.authorization.families import family_place
from auth.factor.factors import secret_place
from auth.new_keys import place_of
from auth.store.database import Database
from auth.store.persons import company_place, name_place
from auth.store.tables import (
    ClientRow,
    ClientSecretRow,
    DeviceCodeRow,
    EnrolmentCodeRow,
    GrantRow,
    IdentityRow,
    InitialAccessTokenRow,
    RecoveryCodeRow,
    SecondFactorRow,
    SessionRow,
    SigningKeyRow,
)
from auth.vault import Vault

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many values were sealed anew, and how many digests of the older kind are left, each by table and column."""

    sealed: dict[str, int]
    left: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A column of sealed values, and for which place a row's value is sealed."""

    column: InstrumentedAttribute[Any]
    place: Callable[[Any], str]

    @property
    def name(self) -> str:
        return f"{self.column.class_.__tablename__}.{self.column.key}"


_SEALED = (
    _Sealed(SigningKeyRow.sealed_private_jwk, lambda row: place_of(row.kid)),
    _Sealed(IdentityRow.sealed_name, lambda row: name_place(row.platform, row.subject)),
    _Sealed(IdentityRow.sealed_company, lambda row: company_place(row.platform, row.subject)),
    _Sealed(SessionRow.sealed_browser, lambda row: f"session {row.sid}"),
    _Sealed(GrantRow.sealed_family_key, lambda row: family_place(row.id)),
    _Sealed(SecondFactorRow.sealed_secret, lambda row: secret_place(row.person_id)),
)
"""All but pushed requests, which live a minute and a half."""

_DIGESTS: Sequence[InstrumentedAttribute[Any]] = (
    ClientSecretRow.digest,
    ClientRow.registration_digest,
    InitialAccessTokenRow.digest,
    SessionRow.digest,
    RecoveryCodeRow.digest,
    EnrolmentCodeRow.digest,
    DeviceCodeRow.digest,
)


async def reseal(database: Database, vault: Vault) -> Resealed:
    """Seal all stored values anew that were sealed otherwise; safe beside running processes, and to run again.

    Raises ``SealBrokenError`` for a value no known secret opens, ``StoreUnavailableError``.
    """
    sealed = {column.name: await _all_of(database, vault, column) for column in _SEALED}
    left = await database.read(partial(_left, prefix=vault.prefix))
    return Resealed({name: count for name, count in sealed.items() if count}, left)


async def _all_of(database: Database, vault: Vault, sealed: _Sealed) -> int:
    count = 0
    while done := await database.write(partial(_some_of, vault=vault, sealed=sealed)):
        count += done
    return count


async def _some_of(session: AsyncSession, vault: Vault, sealed: _Sealed) -> int:
    row_class, key = sealed.column.class_, sealed.column.key
    asked = select(row_class).where(_older(sealed.column, vault.prefix)).limit(_AT_ONCE).with_for_update()
    rows = (await session.scalars(asked)).all()
    for row in rows:
        place = sealed.place(row)
        setattr(row, key, vault.seal(vault.unseal(getattr(row, key), place), place))
    return len(rows)


async def _left(session: AsyncSession, prefix: str) -> dict[str, int]:
    left = {}
    for column in _DIGESTS:
        count = await session.scalar(select(func.count()).where(_older(column, prefix)))
        if count:
            left[f"{column.class_.__tablename__}.{column.key}"] = count
    return left


def _older(column: InstrumentedAttribute[Any], prefix: str) -> ColumnElement[bool]:
    return column.is_not(None) & not_(column.startswith(prefix, autoescape=True))
