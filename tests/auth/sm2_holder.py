"""Somebody with a private key of SM2, who proves themselves as the partners' example does."""

import importlib.util
import secrets
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.auth.key_holder import ASSERTION_TYPE, ISSUER

PATH = Path(__file__).parents[2] / "docs/partners/quickstarts/python/sm2_own_token.py"


def example() -> ModuleType:
    """The example as it stands in the documentation."""
    spec = importlib.util.spec_from_file_location("sm2_own_token", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


EXAMPLE = example()


class Sm2Holder:
    """A client's key."""

    def __init__(self, kid: str = "k-1") -> None:
        self.key: dict[str, str] = EXAMPLE.new_key(kid)
        self.jwk = {name: self.key[name] for name in self.key if name != "d"}

    def assertion(self, client_id: str, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A client assertion for our token endpoint; what is None is left out."""
        moment = int(time.time())
        told: dict[str, Any] = {"iss": client_id, "sub": client_id, "aud": ISSUER, "iat": moment, "exp": moment + 60}
        told = {"jti": secrets.token_urlsafe(16)} | told | claims
        text = str(EXAMPLE.signed({name: value for name, value in told.items() if value is not None}, self.key))
        return text if header is None else self._with_header(text, header)

    def login(self, client_id: str, **how: Any) -> dict[str, str]:
        """The parameters by which a client proves itself."""
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": self.assertion(client_id, **how)}

    def _with_header(self, text: str, header: dict[str, Any]) -> str:
        """Sign the same claims under another header."""
        told = {"alg": "SM2", "kid": self.key["kid"]} | header
        kept = {name: value for name, value in told.items() if value is not None}
        signed_part = f"{EXAMPLE.encoded(EXAMPLE.json.dumps(kept).encode())}.{text.split('.')[1]}"
        private = EXAMPLE.urlsafe_b64decode(self.key["d"] + "=")
        halves = EXAMPLE.gmalg.SM2(private, EXAMPLE.USER_ID).sign(signed_part.encode())
        return f"{signed_part}.{EXAMPLE.encoded(b''.join(half.rjust(32, bytes(1)) for half in halves))}"
