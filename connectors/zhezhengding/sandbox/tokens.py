"""The tokens of the application's two key pairs, and the ticket of the in-app bridge (wire-formats A4.1, A4.6)."""

import secrets
from dataclasses import dataclass
from typing import Any

from connectors.zhezhengding.sandbox.gate import Call


@dataclass(slots=True)
class _Issued:
    value: str
    ends: float

    def left(self, now: float) -> int:
        """Whole seconds until its end."""
        return max(0, int(self.ends - now))


class TokenBook:
    """One token a key pair, and one bridge ticket; lives as long as the sandbox."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._tokens: dict[str, _Issued] = {}
        self._ticket = _Issued("", 0.0)

    def issue(self, appkey: str, now: float) -> str:
        """The key pair's token: the same one while it holds, and each time extended."""
        issued = self._tokens.get(appkey)
        if issued is None or issued.ends <= now:
            issued = self._tokens[appkey] = _Issued(f"app_{secrets.token_hex(16)}", 0.0)
        issued.ends = now + self._seconds
        return issued.value

    def holds(self, token: str, appkey: str, call: Call) -> bool:
        """Whether that is the key pair's token, and has not ended."""
        issued = self._tokens.get(appkey)
        return not call.tokens_ended and issued is not None and issued.value == token and issued.ends > call.now

    def ticket(self, now: float) -> dict[str, Any]:
        """The bridge's ticket: its seconds run down however often it is asked for."""
        if self._ticket.ends <= now:
            self._ticket = _Issued(f"jsApi_{secrets.token_hex(16)}", now + self._seconds)
        return {"accessToken": self._ticket.value, "expiresIn": self._ticket.left(now)}
