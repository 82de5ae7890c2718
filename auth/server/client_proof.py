"""Who the client is: the step before every grant."""

import base64
import binascii
from collections.abc import Sequence
from urllib.parse import unquote_plus

from auth.client import AuthMethod, Client
from auth.clients import Clients
from auth.refusals import OAuthError, Refusal
from auth.server.form import Form


async def client_of(clients: Clients, authorizations: Sequence[str], form: Form) -> Client:
    """Authenticate the client by HTTP Basic or by the body (RFC 6749 section 2.3.1), never by two of them.

    ``authorizations`` are the headers of that name. Unknown, disabled, wrong secret, wrong method: one and the same
    ``OAuthError``.
    """
    client_id, secret, method = _proof(authorizations, form)
    client = await clients.authenticated(client_id, secret, method)
    if client is None:
        raise OAuthError(Refusal.BAD_CLIENT)
    return client


def _proof(authorizations: Sequence[str], form: Form) -> tuple[str, str, AuthMethod]:
    named, in_body = form.get("client_id"), form.get("client_secret")
    if not authorizations:
        if named is None or in_body is None:
            raise OAuthError(Refusal.BAD_CLIENT)
        return named, in_body, AuthMethod.CLIENT_SECRET_POST
    if in_body is not None or len(authorizations) > 1:
        raise OAuthError(Refusal.TWO_PROOFS)
    client_id, secret = _basic(authorizations[0])
    if named is not None and named != client_id:
        raise OAuthError(Refusal.TWO_PROOFS)
    return client_id, secret, AuthMethod.CLIENT_SECRET_BASIC


def _basic(authorization: str) -> tuple[str, str]:
    """Read HTTP Basic; both halves are form-encoded once more before they are joined, as OAuth has it."""
    scheme, _, encoded = authorization.partition(" ")
    try:
        client_id, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
        if scheme.lower() != "basic" or not colon:
            raise OAuthError(Refusal.BAD_CLIENT)
        return unquote_plus(client_id, errors="strict"), unquote_plus(secret, errors="strict")
    except (binascii.Error, UnicodeError) as error:
        raise OAuthError(Refusal.BAD_CLIENT) from error
