"""The keys access tokens are signed with: ES256 (RFC 7518 section 3.4), kept encrypted in the store."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from joserfc.jwk import ECKey
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import SigningKeyRow
from auth.vault import Vault

ALGORITHM = "ES256"
_FRESH_SECONDS = 60.0  # after that the keys are read again: another replica may have changed them
_PATIENCE_SECONDS = 2.0  # unknown key ids cost at most one read in that time


class SigningKeys:
    """One per process; remembers the keys of the store and looks again now and then."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock
        self._rows: Sequence[SigningKeyRow] = ()
        self._public: Mapping[str, ECKey] = {}
        self._private: dict[str, ECKey] = {}
        self._read_at = float("-inf")

    async def open(self) -> None:
        """Read the keys and make one where there is none to sign with.

        Raises ``SealBrokenError`` when the stored ones were sealed with another secret. Two replicas that start on
        an empty store may make one each: both verify, the newer signs.
        """
        await self._database.write(self._ensure_one)
        await self._read()
        self._opened(self._rows[0])

    async def signing(self) -> ECKey:
        """The newest key whose time has come."""
        await self._refresh(_FRESH_SECONDS)
        moment = now()
        return self._opened(next(row for row in self._rows if row.not_before <= moment))

    async def verifying(self, kid: str) -> ECKey | None:
        """The public key of that id; None for an unknown or retired one."""
        await self._refresh(_FRESH_SECONDS if kid in self._public else _PATIENCE_SECONDS)
        return self._public.get(kid)

    async def published(self) -> Mapping[str, Any]:
        """The public keys as a JWK Set (RFC 7517 section 5), those to come included."""
        await self._refresh(_FRESH_SECONDS)
        return {"keys": [json.loads(row.public_jwk) for row in self._rows]}

    def _opened(self, row: SigningKeyRow) -> ECKey:
        if row.kid not in self._private:
            private = json.loads(self._vault.unseal(row.sealed_private_jwk, f"signing key {row.kid}"))
            self._private[row.kid] = ECKey.import_key(private)
        return self._private[row.kid]

    async def _refresh(self, age: float) -> None:
        if self._clock() - self._read_at > age:
            await self._read()

    async def _read(self) -> None:
        self._read_at = self._clock()  # also when the read fails: a lost database is not asked on every request
        self._rows = await self._database.read(_living)
        self._public = {row.kid: ECKey.import_key(json.loads(row.public_jwk)) for row in self._rows}

    async def _ensure_one(self, session: AsyncSession) -> None:
        moment = now()
        if any(row.not_before <= moment for row in await _living(session)):
            return
        key = ECKey.generate_key("P-256", parameters={"alg": ALGORITHM, "use": "sig"}, auto_kid=True)
        kid = str(key.kid)  # the thumbprint, RFC 7638
        session.add(
            SigningKeyRow(
                kid=kid,
                alg=ALGORITHM,
                public_jwk=json.dumps(key.as_dict(private=False)),
                sealed_private_jwk=self._vault.seal(json.dumps(key.as_dict(private=True)), f"signing key {kid}"),
                not_before=moment,
                retired_at=None,
            )
        )


async def _living(session: AsyncSession) -> Sequence[SigningKeyRow]:
    """Read the keys that are not retired, the newest first."""
    alive = or_(SigningKeyRow.retired_at.is_(None), SigningKeyRow.retired_at > now())
    return (await session.scalars(select(SigningKeyRow).where(alive).order_by(SigningKeyRow.not_before.desc()))).all()
