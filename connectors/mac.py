"""Message authentication codes by which calls prove themselves to several platforms. Pure."""

import hmac
from base64 import b64encode
from functools import lru_cache
from typing import Literal

from connectors.ciphers.suite import NATIONAL

HashName = Literal["sha256", "sm3"]
"""What the code is made with: SM3 where a platform's registration asks for national cryptography."""


def mac_text(secret: str, text: str, algorithm: HashName = "sha256") -> str:
    """Base64 of HMAC-SHA256, or of HMAC-SM3."""
    if algorithm == "sm3":
        return b64encode(NATIONAL.mac(secret.encode(), text.encode())).decode()
    mac = _keyed(secret).copy()
    mac.update(text.encode())
    return b64encode(mac.digest()).decode()


@lru_cache(maxsize=16)  # the applications' secrets, which live as long as the process anyway
def _keyed(secret: str) -> hmac.HMAC:
    """The code with its key taken in, which costs more than a text."""
    return hmac.new(secret.encode(), digestmod="sha256")
