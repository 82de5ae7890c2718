"""Who the client is: the step before every grant."""

import base64
import binascii
from urllib.parse import unquote_plus

from auth.clients import AuthMethod, Client, Clients
from auth.refusals import OAuthError, Refusal
from auth.server.form import Form


async def client_of(clients: Clients, authorization: str | None, form: Form) -> Client:
    """Authenticate the client by HTTP Basic or by the body (RFC 6749 section 2.3.1).

    Unknown, disabled, wrong secret, wrong method: one and the same ``OAuthError``.
    """
    client_id, secret, method = _proof(authorization, form)
    client = await clients.authenticated(client_id, secret, method)
    if client is None:
        raise OAuthError(Refusal.BAD_CLIENT)
    return client


def _proof(authorization: str | None, form: Form) -> tuple[str, str, AuthMethod]:
    named, in_body = form.get("client_id"), form.get("client_secret")
    if authorization is None:
        if named is None or in_body is None:
            raise OAuthError(Refusal.BAD_CLIENT)
        return named, in_body, AuthMethod.CLIENT_SECRET_POST
    if in_body is not None:
        raise OAuthError(Refusal.TWO_PROOFS)
    client_id, secret = _basic(authorization)
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
