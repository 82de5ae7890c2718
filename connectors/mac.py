"""Message authentication codes by which calls prove themselves to several platforms. Pure."""

import hmac
from base64 import b64encode
from functools import lru_cache


def mac_text(secret: str, text: str) -> str:
    """Base64 of HMAC-SHA256."""
    mac = _keyed(secret).copy()
    mac.update(text.encode())
    return b64encode(mac.digest()).decode()


@lru_cache(maxsize=16)  # the applications' secrets, which live as long as the process anyway
def _keyed(secret: str) -> hmac.HMAC:
    """The code with its key taken in, which costs more than a text."""
    return hmac.new(secret.encode(), digestmod="sha256")
