"""What the login gives out once: codes, and tickets that stand in for choosing somebody on its page."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

_CODE_SECONDS = 60
_TICKET_SECONDS = 300
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for."""

    person: str
    challenge: str
    nonce: str | None
    signed_in_at: float
    ends_at: float

    def is_proved_by(self, verifier: str) -> bool:
        """Whether that is the verifier of the code's challenge (RFC 7636 section 4.6)."""
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=")
        return bool(_VERIFIER.fullmatch(verifier)) and hmac.compare_digest(challenge, self.challenge.encode())


class CodeBook:
    """Lives as long as the sandbox; moments are seconds since 1970."""

    def __init__(self) -> None:
        self._codes: dict[str, Code] = {}
        self._tickets: dict[str, tuple[str, float]] = {}

    def issue(self, person: str, challenge: str, nonce: str | None, now: float) -> str:
        """A code for somebody who signed in just now; those that ended are forgotten."""
        self._codes = {value: code for value, code in self._codes.items() if code.ends_at > now}
        value = secrets.token_urlsafe(32)
        self._codes[value] = Code(person, challenge, nonce, now, now + _CODE_SECONDS)
        return value

    def use(self, value: str, now: float) -> Code | None:
        """What a code stands for, and it is used up; None for one that is none, or none any more."""
        code = self._codes.pop(value, None)
        return code if code is not None and now < code.ends_at else None

    def ticket(self, person: str, now: float) -> str:
        """A ticket by the control path: sent to the page, it chooses that person."""
        self._tickets = {value: held for value, held in self._tickets.items() if held[1] > now}
        value = f"login_{secrets.token_hex(16)}"
        self._tickets[value] = (person, now + _TICKET_SECONDS)
        return value

    def whose(self, ticket: str, now: float) -> str | None:
        """Whom a ticket chooses, and it is used up."""
        person, ends_at = self._tickets.pop(ticket, ("", 0.0))
        return person if now < ends_at else None
