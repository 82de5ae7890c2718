"""Forms that only our own pages, in the very browser they were shown in, can send (CSRF).

Two proofs, either of which would do: a token that only this browser's page could hold, and what the browser itself
says about where a request comes from.
"""

import secrets

from starlette.requests import Request

from auth.pages.troubles import PageError, Trouble
from auth.vault import Vault

FIELD = "form_token"
_SALT_BYTES = 8


class Forgery:
    """Makes and checks the tokens; keeps none.

    A token is an HMAC over the value of the browser's form cookie and a salt: no two pages hold the same one, so that
    nothing can be learned of it from an answer's length.
    """

    def __init__(self, vault: Vault, issuer: str) -> None:
        self._vault = vault
        self._issuer = issuer

    def token(self, browser: str) -> str:
        """A token for the browser with that form cookie."""
        salt = secrets.token_hex(_SALT_BYTES)
        return f"{salt}.{self._vault.digest(_bound(salt, browser))}"

    def check_origin(self, request: Request) -> None:
        """Let a request pass that comes from a page of ours, or from no browser that would say so.

        Raises ``PageError``: a page elsewhere sent it (Fetch Metadata, RFC 6454 section 7), even one of our own site.
        """
        site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
        if site not in {None, "same-origin"} or origin not in {None, self._issuer}:
            raise PageError(Trouble.FROM_ELSEWHERE)

    def check_token(self, token: str | None, browser: str | None) -> None:
        """Raise ``PageError`` unless the token was made for the browser with that form cookie."""
        salt, _, digest = (token or "").partition(".")
        if not browser or not digest or not self._vault.matches(_bound(salt, browser), digest):
            raise PageError(Trouble.FORM_ENDED)


def _bound(salt: str, browser: str) -> str:
    return f"form {salt} {browser}"
