"""The public keys (RFC 7517), for whoever wants to verify a token."""

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.refusals import Refusal
from auth.server.answers import public_answer, refused
from auth.store.database import StoreUnavailableError

_MAX_AGE = 300


class JwksEndpoint:
    """``GET /oauth/jwks``."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    async def answer(self, _request: Request) -> Response:
        """Answer the keys that verify, those to come included."""
        try:
            return public_answer(await self._authority.keys.published(), _MAX_AGE)
        except StoreUnavailableError:
            return refused(Refusal.BUSY)
