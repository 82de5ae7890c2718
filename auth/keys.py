"""The keys we sign with, kept encrypted in the store: for tokens ES256 (RFC 7518 section 3.4).

Where cryptography is national, there is one of SM2 beside it, for the audit only (``auth.audit.keys``).

A key is published before it signs, so that every replica and every partner's copy of the keys has it by then; it
verifies until all that it signed has ended.
"""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec
from joserfc import jws
from joserfc.jwk import ECKey
from sqlalchemy.ext.asyncio import AsyncSession

from auth import sm2
from auth.new_keys import ES256, new_key, place_of
from auth.store.database import Database
from auth.store.moments import now
from auth.store.signing_keys import add_key, all_keys, living_keys, retire_key, signing_key
from auth.store.tables import SigningKeyRow
from auth.vault import Vault
from connectors.ciphers.suite import NATIONAL

ALGORITHM = ES256
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
        self._in_use = (ALGORITHM, sm2.ALGORITHM) if vault.suite is NATIONAL else (ALGORITHM,)

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
        return await self._database.read(self._facts)

    async def rotate(self, lead: timedelta = LEAD) -> str:
        """Make a key that signs after ``lead``, and answer its id; those before it retire once they are not needed.

        So with the audit's key, where it has one of its own. With no lead it signs in every process within a minute,
        and a partner who keeps the old key set refuses what it signed until it looks again: for emergencies.
        """

        async def rotated(session: AsyncSession) -> str:
            for alg in self._in_use[1:]:
                if await living_keys(session, alg):  # else it is made when it is needed first
                    await add_key(session, await new_key(alg, self._vault, now() + lead))
            return await self._add(session, now() + lead)

        kid = await self._database.write(rotated)
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
            private = json.loads(self._vault.unseal(row.sealed_private_jwk, place_of(row.kid)))
            self._private[row.kid] = ECKey.import_key(private)
        return self._private[row.kid]

    async def _refresh(self, age: float) -> None:
        if self._clock() - self._read_at > age:
            await self._read()

    async def _read(self) -> None:
        self._read_at = self._clock()  # also when the read fails: a lost database is not asked on every request
        self._rows = await self._database.read(partial(living_keys, alg=ALGORITHM))
        self._public = {row.kid: ECKey.import_key(json.loads(row.public_jwk)) for row in self._rows}

    async def _ensure_one(self, session: AsyncSession) -> str | None:
        """See to it that a key signs now and that one will go on; answers the id of one that had to be made."""
        rows, moment = await living_keys(session, ALGORITHM), now()
        if signing_key(rows, moment) is None:
            return await self._add(session, moment)
        if all(row.retired_at for row in rows):
            return await self._add(session, moment + LEAD)
        return None

    async def _add(self, session: AsyncSession, not_before: datetime) -> str:
        row = await new_key(ALGORITHM, self._vault, not_before)
        await add_key(session, row)
        return row.kid

    async def _facts(self, session: AsyncSession) -> tuple[KeyFacts, ...]:
        signing = [signing_key(await living_keys(session, alg), now()) for alg in self._in_use]
        kids = {row.kid for row in signing if row is not None}
        rows = await all_keys(session)
        return tuple(KeyFacts(row.kid, row.alg, row.not_before, row.retired_at, row.kid in kids) for row in rows)
