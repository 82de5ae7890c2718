"""Who holds a connection, and until when: a stream outlives what opened it, so its token is looked at again."""

import math
from collections.abc import Awaitable, Callable, Sequence

from auth.authority import Authority
from auth.tokens import AccessTokens
from connectors.viewer import ANYONE, Viewer
from gateway.http.bearer import Shown

Again = Callable[[], Awaitable[Viewer]]
"""Verifies a token once more; raises ``InvalidTokenError``, ``StoreUnavailableError``."""


class Access:
    """One per connection; all its streams share it. ``ends_at`` is in seconds since 1970, infinite without a token.

    ``viewer`` is who it is by the last look: somebody's rights may change while a stream is open.
    """

    __slots__ = ("_again", "ends_at", "viewer")

    def __init__(self, viewer: Viewer = ANYONE, ends_at: float = math.inf, again: Again | None = None) -> None:
        self.viewer = viewer
        self.ends_at = ends_at
        self._again = again

    async def look_again(self) -> None:
        """Verify the token once more; what was verified lately is remembered and costs nothing.

        Raises ``InvalidTokenError`` for one that ended or was taken back, ``StoreUnavailableError``.
        """
        if self._again is not None:
            self.viewer = await self._again()


class Accesses:
    """One per process: makes the access of a connection from the token that was shown."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    @property
    def nonce(self) -> str:
        """The nonce that a proof takes now."""
        return self._authority.bound_tokens.nonce

    async def of(self, shown: Shown | None, proofs: Sequence[str] = (), method: str = "GET") -> Access:
        """Who shows this token, with these DPoP proofs (headers ``DPoP``) where it is bound to a key.

        A bound token's proof is asked for once: the connection it came by is the caller's own.

        Raises ``InvalidTokenError``, ``BadProofError``, ``StoreUnavailableError``, as a request would.
        """
        if shown is None:
            return Access()
        tokens = self._authority.tokens
        if shown.bound:
            viewer = await self._authority.bound_tokens.viewer_of(shown.token, proofs, method)
        else:
            viewer = await tokens.viewer_of(shown.token)
        claims = (await tokens.verified(shown.token)).claims
        return Access(viewer, claims.exp, _looking(tokens, shown.token, claims.jkt))


def _looking(tokens: AccessTokens, token: str, jkt: str | None) -> Again:
    async def again() -> Viewer:
        if jkt is not None:
            return await tokens.viewer_of_bound(token, jkt)
        return await tokens.viewer_of(token)

    return again
