"""Makes the keys we sign with, as they are stored: the private half sealed, named by their thumbprint."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from joserfc.jwk import ECKey

from auth import sm2
from auth.store.tables import SigningKeyRow
from auth.vault import Vault
from connectors.ciphers.sm2 import Sm2Key

ES256 = "ES256"


class _Made(NamedTuple):
    kid: str
    public: Mapping[str, Any]
    private: Mapping[str, Any]


def place_of(kid: str) -> str:
    """The place a private key is sealed for."""
    return f"signing key {kid}"


async def new_key(alg: str, vault: Vault, not_before: datetime) -> SigningKeyRow:
    """Make a key of one algorithm, in a thread: SM2 takes its time."""
    made = await asyncio.to_thread(_MAKING[alg])
    return SigningKeyRow(
        kid=made.kid,
        alg=alg,
        public_jwk=json.dumps(made.public),
        sealed_private_jwk=vault.seal(json.dumps(made.private), place_of(made.kid)),
        not_before=not_before,
        retired_at=None,
    )


def _es256() -> _Made:
    key = ECKey.generate_key("P-256", parameters={"alg": ES256, "use": "sig"}, auto_kid=True)
    return _Made(str(key.kid), key.as_dict(private=False), key.as_dict(private=True))  # RFC 7638


def _sm2() -> _Made:
    key = Sm2Key.generate()
    return _Made(sm2.thumbprint(key.public), sm2.public_jwk(key.public), sm2.private_jwk(key))


_MAKING: Mapping[str, Callable[[], _Made]] = {ES256: _es256, sm2.ALGORITHM: _sm2}
