"""The key a client shows at our own endpoints, which its tokens will be bound to (RFC 9449 section 5)."""

from starlette.requests import Request

from auth.authority import Authority
from auth.client import Client
from auth.dpop.proofs import BadProofError, NonceNeededError
from auth.refusals import OAuthError, Refusal


async def key_shown(authority: Authority, request: Request) -> str | None:
    """The thumbprint of the key that a fresh, unused proof shows; None where there is no proof.

    Raises ``OAuthError``, ``StoreUnavailableError``.
    """
    texts = request.headers.getlist("dpop")
    if not texts:
        return None
    try:
        proof = authority.proofs.checked(texts, request.method, request.scope["path"])
    except NonceNeededError:
        raise OAuthError(Refusal.NONCE_NEEDED) from None
    except BadProofError as error:
        raise OAuthError(Refusal.BAD_PROOF) from error
    if not await authority.once.first("dpop", proof.jkt, proof.jti, proof.until):
        raise OAuthError(Refusal.BAD_PROOF)
    return proof.jkt


async def binding_of(authority: Authority, request: Request, client: Client) -> str | None:
    """The same for tokens of a client, which may be registered to have none that are not bound."""
    jkt = await key_shown(authority, request)
    if jkt is None and client.dpop_bound:
        raise OAuthError(Refusal.PROOF_MISSING)
    return jkt
