"""The keys tokens are signed with: ES256 (RFC 7518 section 3.4), kept encrypted in the store.

A key is published before it signs, so that every replica and every partner's copy of the keys has it by then; it
verifies until all that it signed has ended.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from joserfc import jws
from joserfc.jwk import ECKey
from sqlalchemy.ext.asyncio import AsyncSession

from auth.store.database import Database
from auth.store.moments import now
from auth.store.signing_keys import add_key, all_keys, living_keys, retire_key, signing_key
from auth.store.tables import SigningKeyRow
from auth.vault import Vault

ALGORITHM = "ES256"
LEAD = timedelta(minutes=10)
"""How long a new key is published before it signs: longer than anybody may keep the JWK Set."""

_FRESH_SECONDS = 60.0  # after that the keys are read again: another replica may have changed them
_PATIENCE_SECONDS = 2.0  # unknown key ids cost at most one read in that time


class UnknownKeyError(LookupError):
    """No key of that id is in use."""


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """A key as it is listed; ``signs`` is the one that signs now."""

    kid: str
    alg: str
    not_before: datetime
    retired_at: datetime | None
    signs: bool


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
        row = signing_key(self._rows, now())
        if row is None:  # all were retired by hand since the start
            await self.open()
            row = signing_key(self._rows, now()) or self._rows[0]
        return self._opened(row)

    async def signed(self, kind: str, claims: Mapping[str, Any]) -> str:
        """Make a signed token of that ``typ``, in the compact form."""
        key = await self.signing()
        header = {"alg": ALGORITHM, "typ": kind, "kid": key.kid}
        return jws.serialize_compact(header, msgspec.json.encode(claims), key, algorithms=[ALGORITHM])

    async def verifying(self, kid: str) -> ECKey | None:
        """The public key of that id; None for an unknown or retired one."""
        await self._refresh(_FRESH_SECONDS if kid in self._public else _PATIENCE_SECONDS)
        return self._public.get(kid)

    async def published(self) -> Mapping[str, Any]:
        """The public keys as a JWK Set (RFC 7517 section 5), those to come included."""
        await self._refresh(_FRESH_SECONDS)
        return {"keys": [json.loads(row.public_jwk) for row in self._rows]}

    async def list(self) -> tuple[KeyFacts, ...]:
        """Read what is known of every key, retired ones too, the newest first."""
        rows = await self._database.read(all_keys)
        living = await self._database.read(living_keys)
        signs = signing_key(living, now())
        return tuple(
            KeyFacts(row.kid, row.alg, row.not_before, row.retired_at, signs is not None and row.kid == signs.kid)
            for row in rows
        )

    async def rotate(self, lead: timedelta = LEAD) -> str:
        """Make a key that signs after ``lead``, and answer its id; those before it retire once they are not needed.

        With no lead it signs in every process within a minute, and a partner who keeps the old key set refuses what it
        signed until it looks again: for emergencies.
        """
        kid = await self._database.write(lambda session: self._add(session, now() + lead))
        await self._read()
        return kid

    async def revoke(self, kid: str) -> str | None:
        """Retire a key at once because somebody else may have it: what it signed is not believed any more.

        Other processes follow within a minute; a token verified before may be remembered for one more. Where no key
        would be left to sign with, or to sign with later, one is made, and its id answered. Raises
        ``UnknownKeyError``.
        """

        async def revoked(session: AsyncSession) -> str | None:
            if not await retire_key(session, kid):
                raise UnknownKeyError(kid)
            return await self._ensure_one(session)

        made = await self._database.write(revoked)
        await self._read()
        return made

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
        rows = await self._database.read(living_keys)
        self._rows = [row for row in rows if row.alg == ALGORITHM]
        self._public = {row.kid: ECKey.import_key(json.loads(row.public_jwk)) for row in self._rows}

    async def _ensure_one(self, session: AsyncSession) -> str | None:
        """See to it that a key signs now and that one will go on; answers the id of one that had to be made."""
        rows, moment = await living_keys(session), now()
        if signing_key(rows, moment) is None:
            return await self._add(session, moment)
        if all(row.retired_at for row in rows):
            return await self._add(session, moment + LEAD)
        return None

    async def _add(self, session: AsyncSession, not_before: datetime) -> str:
        key = ECKey.generate_key("P-256", parameters={"alg": ALGORITHM, "use": "sig"}, auto_kid=True)
        kid = str(key.kid)  # the thumbprint, RFC 7638
        row = SigningKeyRow(
            kid=kid,
            alg=ALGORITHM,
            public_jwk=json.dumps(key.as_dict(private=False)),
            sealed_private_jwk=self._vault.seal(json.dumps(key.as_dict(private=True)), f"signing key {kid}"),
            not_before=not_before,
            retired_at=None,
        )
        await add_key(session, row)
        return kid
