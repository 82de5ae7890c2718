"""Somebody with a private key: makes DPoP proofs and client assertions, right ones and whatever else a test wants."""

import base64
import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

ISSUER = "http://127.0.0.1:8000"
TOKEN_ENDPOINT = f"{ISSUER}/oauth/token"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def new_key(algorithm: str) -> ECKey | RSAKey | OKPKey:
    """A key that goes with an algorithm."""
    if algorithm.startswith("ES"):
        return ECKey.generate_key({"ES256": "P-256", "ES384": "P-384", "ES256K": "secp256k1"}[algorithm])
    if algorithm.startswith("Ed"):
        return OKPKey.generate_key("Ed25519")
    return RSAKey.generate_key(2048)


@dataclass
class KeyHolder:
    """A client's key."""

    algorithm: str = "ES256"
    key: Any = None
    jwk: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.key = self.key or new_key(self.algorithm)
        self.jwk = self.key.as_dict(private=False)

    @property
    def jkt(self) -> str:
        """The key's thumbprint."""
        return str(self.key.thumbprint())

    def signed(self, header: dict[str, Any], claims: dict[str, Any]) -> str:
        """Sign claims; those that are None are left out."""
        return jws.serialize_compact(
            {name: value for name, value in header.items() if value is not None},
            json.dumps({name: value for name, value in claims.items() if value is not None}),
            self.key,
            registry=_Anything(),
        )

    def proof(
        self,
        url: str = TOKEN_ENDPOINT,
        *,
        token: str | None = None,
        header: dict[str, Any] | None = None,
        **claims: Any,
    ) -> str:
        """A DPoP proof for a POST to an address."""
        told = {"jti": secrets.token_urlsafe(16), "htm": "POST", "htu": url, "iat": int(time.time())}
        if token is not None:
            told["ath"] = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode()
        head = {"typ": "dpop+jwt", "alg": self.algorithm, "jwk": self.jwk} | (header or {})
        return self.signed(head, told | claims)

    def assertion(self, client_id: str, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A client assertion for our token endpoint."""
        moment = int(time.time())
        told: dict[str, Any] = {"iss": client_id, "sub": client_id, "aud": ISSUER, "iat": moment, "exp": moment + 60}
        told["jti"] = secrets.token_urlsafe(16)
        return self.signed({"alg": self.algorithm} | (header or {}), told | claims)

    def login(self, client_id: str, **claims: Any) -> dict[str, str]:
        """The parameters by which a client proves itself."""
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": self.assertion(client_id, **claims)}


class _Anything(jws.JWSRegistry):
    """Signs whatever it is asked to: joserfc has better habits."""

    max_header_length = 100_000

    def check_header(self, header: Any) -> None:
        """Any header will do."""

    def get_alg(self, name: str) -> Any:
        """Any algorithm will do; EdDSA without the warning."""
        return self.algorithms["Ed25519" if name == "EdDSA" else name]
