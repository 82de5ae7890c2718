"""Digests of ID numbers: what a platform and the gateway compare instead of the numbers."""

import hashlib
import hmac

from pydantic import SecretStr


def id_digest(number: str, key: SecretStr, version: str) -> str:
    """``<version>:<hex>``, HMAC-SHA-256 of the number without blanks, with an upper-case X (contract)."""
    text = "".join(number.split()).upper()
    return f"{version}:{hmac.new(key.get_secret_value().encode(), text.encode(), hashlib.sha256).hexdigest()}"
