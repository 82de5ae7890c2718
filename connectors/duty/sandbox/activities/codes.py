"""The codes at the door: each is bound to its activity and to half a minute, and is taken for that and the next."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

SECONDS = 30
_FORM = re.compile(r"(A[0-9]{6}-[0-9]{8}N?)\.([0-9]{1,12})\.([A-Z2-7]{8})")


@dataclass(frozen=True, slots=True)
class Codes:
    """Lives as long as the sandbox, with a key of its own."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def shown(self, activity: str, now: datetime) -> tuple[str, datetime]:
        """The code to show now, and when it ends: within a minute."""
        window = int(now.timestamp()) // SECONDS
        ends_at = datetime.fromtimestamp((window + 2) * SECONDS, UTC)
        return f"{activity}.{window}.{self._proof(activity, window)}", ends_at

    def read(self, code: str, now: datetime) -> tuple[str, bool] | None:
        """The activity a code was shown at, and whether it is still taken; None for one that was never shown."""
        named = _FORM.fullmatch(code)
        if named is None:
            return None
        activity, window = named[1], int(named[2])
        past = int(now.timestamp()) // SECONDS - window
        right = hmac.compare_digest(self._proof(activity, window), named[3])
        return (activity, past <= 1) if right and past >= 0 else None

    def _proof(self, activity: str, window: int) -> str:
        made = hmac.digest(self.key, f"{activity}.{window}".encode(), hashlib.sha256)
        return base64.b32encode(made[:5]).decode()
