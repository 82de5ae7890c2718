"""What a browser takes along to a platform's sign-in page, and the ways it can go."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field

from connectors.records.identity import TicketForm

_BYTES = 32


@dataclass(frozen=True, slots=True)
class Binding:
    """What binds one leg to a platform to the browser that began it: secrets of 256 random bits each.

    ``state`` comes back beside the ticket. ``nonce`` and ``code_verifier`` are for a platform that speaks OpenID
    Connect: the first comes back in its id_token, the second proves who asked for the code (RFC 7636).
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    code_verifier: str = field(repr=False)

    @classmethod
    def new(cls) -> "Binding":
        """A fresh one."""
        return cls(*(secrets.token_urlsafe(_BYTES) for _ in range(3)))

    @property
    def code_challenge(self) -> str:
        """The verifier's challenge by S256 (RFC 7636 section 4.2)."""
        digest = hashlib.sha256(self.code_verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Way:
    """A way to sign in by a page of a platform, and what people call it.

    ``companies``: it is for legal persons.
    """

    platform: str
    form: TicketForm
    title_zh: str
    title_en: str
    companies: bool = False
