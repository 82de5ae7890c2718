"""The keys that checkpoints are signed with: of the tokens (ES256), or one of SM2 where cryptography is national.

The one of SM2 signs nothing else. It is made when it is first needed, and stands in no JWK Set: partners check no
checkpoints, and no algorithm for it is registered.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from sqlalchemy.ext.asyncio import AsyncSession

from auth import sm2
from auth.foreign import Foreign, PublicKey
from auth.keys import ALGORITHM, SigningKeys
from auth.new_keys import new_key, place_of
from auth.store.database import Database
from auth.store.moments import now
from auth.store.signing_keys import add_key, living_keys, signing_key
from auth.store.tables import SigningKeyRow
from auth.vault import SealBrokenError, Vault
from connectors.ciphers.sm2 import Sm2Key
from connectors.ciphers.suite import NATIONAL

TYPE = "tongxin-audit+jws"  # no token is of this type, and nothing of this type is a token

_FRESH_SECONDS = 60.0  # as for the tokens' keys: somebody may have rotated


class CheckpointKey(Protocol):
    """A key of ours, opened."""

    @property
    def kid(self) -> str:
        """Its name in the store."""

    @property
    def is_slow(self) -> bool:
        """Whether to verify takes some hundred times as long as to read."""

    @property
    def thumbprint(self) -> str:
        """What its name must be."""

    async def signed(self, payload: bytes) -> str:
        """Sign what a checkpoint says: a JWS in its compact form, whatever the algorithm."""

    async def verifies(self, checkpoint: Foreign) -> bool:
        """Whether this key signed it, by its own algorithm."""


@dataclass(frozen=True, slots=True)
class _Es256:
    kid: str
    _key: ECKey = field(repr=False)
    is_slow: bool = False

    @property
    def thumbprint(self) -> str:
        return str(self._key.thumbprint())

    async def signed(self, payload: bytes) -> str:
        header = {"alg": ALGORITHM, "typ": TYPE, "kid": self.kid}
        return jws.serialize_compact(header, payload, self._key, algorithms=[ALGORITHM])

    async def verifies(self, checkpoint: Foreign) -> bool:
        return checkpoint.algorithm == ALGORITHM and checkpoint.is_signed_by(PublicKey(self._key, self.kid))


@dataclass(frozen=True, slots=True)
class _Sm2:
    kid: str
    _key: Sm2Key = field(repr=False)
    is_slow: bool = True

    @property
    def thumbprint(self) -> str:
        return sm2.thumbprint(self._key.public)

    async def signed(self, payload: bytes) -> str:
        return await sm2.signed({"typ": TYPE, "kid": self.kid}, payload, self._key)

    async def verifies(self, checkpoint: Foreign) -> bool:
        known = checkpoint.algorithm == sm2.ALGORITHM
        return known and await self._key.public.verifies(checkpoint.signature, checkpoint.signing_input)


def opened(row: SigningKeyRow, vault: Vault) -> CheckpointKey | None:
    """Open a stored key, a retired one too.

    None for one that is none of ours: whose private half does not open with our secret, or is not the key it says.
    """
    try:
        key = _read(row, vault)
    except (SealBrokenError, JoseError, ValueError, LookupError):
        return None
    return key if key.thumbprint == row.kid else None


def _read(row: SigningKeyRow, vault: Vault) -> CheckpointKey:
    private = json.loads(vault.unseal(row.sealed_private_jwk, place_of(row.kid)))
    if row.alg == sm2.ALGORITHM:
        return _Sm2(row.kid, sm2.private_key(private))
    return _Es256(row.kid, ECKey.import_key(private))


class CheckpointKeys:
    """One per process; remembers the key it signs with, and looks for another now and then."""

    def __init__(
        self, database: Database, vault: Vault, keys: SigningKeys, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._vault = vault
        self._keys = keys
        self._clock = clock
        self._sm2: CheckpointKey | None = None
        self._read_at = float("-inf")

    async def signing(self) -> CheckpointKey:
        """The newest key whose time has come; one of SM2 is made where there is none that opens.

        Raises ``StoreUnavailableError``.
        """
        if self._vault.suite is not NATIONAL:
            tokens = await self._keys.signing()
            return _Es256(str(tokens.kid), tokens)
        key = self._sm2
        if key is None or self._clock() - self._read_at > _FRESH_SECONDS:
            key = await self._stored()
            if key is None:
                key = await self._database.write(self._made)
            self._sm2, self._read_at = key, self._clock()
        return key

    async def _stored(self) -> CheckpointKey | None:
        row = signing_key(await self._database.read(partial(living_keys, alg=sm2.ALGORITHM)), now())
        return None if row is None else opened(row, self._vault)

    async def _made(self, session: AsyncSession) -> CheckpointKey:
        row = await new_key(sm2.ALGORITHM, self._vault, now())
        await add_key(session, row)
        return _read(row, self._vault)
