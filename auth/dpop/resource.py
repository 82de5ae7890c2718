"""Bound access tokens at a resource of ours (RFC 9449 section 7)."""

from collections.abc import Sequence

from auth.dpop.proofs import FUTURE_SECONDS, BadProofError, Proofs
from auth.dpop.seen import Seen
from auth.settings import DpopSettings
from auth.tokens import AccessTokens
from connectors.viewer import Viewer


class BoundTokens:
    """One per process and resource; remembers the proofs it took while they are fresh."""

    def __init__(self, path: str, proofs: Proofs, tokens: AccessTokens, settings: DpopSettings) -> None:
        self._path = path
        self._proofs = proofs
        self._tokens = tokens
        self._with_nonce = settings.nonce_at_graphql
        self._seen = Seen(settings.proof_s + FUTURE_SECONDS)

    @property
    def nonce(self) -> str:
        """The nonce to hand out with an answer."""
        return self._proofs.nonces.present()

    async def viewer_of(self, token: str, texts: Sequence[str], method: str) -> Viewer:
        """Read whose token it is that came by the scheme DPoP with these headers ``DPoP``.

        Raises ``BadProofError``, ``NonceNeededError``, and as ``AccessTokens.viewer_of``.
        """
        proof = self._proofs.checked(texts, method, self._path, token=token, with_nonce=self._with_nonce)
        viewer = await self._tokens.viewer_of_bound(token, proof.jkt)
        if not self._seen.first(proof.jkt, proof.jti):
            raise BadProofError("came before")
        return viewer
