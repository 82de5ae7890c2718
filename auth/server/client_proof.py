"""Who the client is: the step before every grant, and before whatever else only clients may do."""

import base64
import time
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote_plus

from starlette.requests import Request

from auth.assertions import TYPE, issuer_of
from auth.authority import Authority
from auth.client import AuthMethod, Client
from auth.foreign import ForeignTokenError
from auth.refusals import OAuthError, Refusal
from auth.server.form import Form
from auth.sm2_turns import CrowdedError

TOKEN_PATH = "/oauth/token"  # noqa: S105 - an address


class _Shown(NamedTuple):
    """What a request shows; ``secret`` is the assertion for ``private_key_jwt``, empty for ``none``."""

    method: AuthMethod
    client_id: str | None
    secret: str


async def client_of(authority: Authority, request: Request, form: Form) -> Client:
    """Authenticate the client (RFC 6749 section 2.3, RFC 7523 section 2.2) by the one method it is registered with.

    A public client only says who it is. Unknown, disabled, wrong secret, wrong method: one and the same ``OAuthError``.
    Raises ``StoreUnavailableError``, too.
    """
    shown = _shown(request.headers.getlist("authorization"), form)
    if shown.method is AuthMethod.PRIVATE_KEY_JWT:
        return await _by_assertion(authority, request.scope["path"], shown)
    client = None
    if shown.client_id is not None:
        client = await authority.clients.authenticated(shown.client_id, shown.secret, shown.method)
    if client is None:
        raise OAuthError(Refusal.BAD_CLIENT)
    return client


async def confidential_client_of(authority: Authority, request: Request, form: Form) -> Client:
    """The same where a client that only says who it is will not do. Raises ``OAuthError``."""
    client = await client_of(authority, request, form)
    if client.is_public:
        raise OAuthError(Refusal.BAD_CLIENT)
    return client


def _shown(authorizations: Sequence[str], form: Form) -> _Shown:
    """Read what is shown, which must be one thing only (RFC 6749 section 2.3)."""
    named, secret = form.get("client_id"), form.get("client_secret")
    assertion, kind = form.get("client_assertion"), form.get("client_assertion_type")
    asserts = assertion is not None or kind is not None
    if len(authorizations) + (secret is not None) + asserts > 1:
        raise OAuthError(Refusal.TWO_PROOFS)
    if asserts:
        if assertion is None or kind != TYPE:
            raise OAuthError(Refusal.BAD_ASSERTION)
        return _Shown(AuthMethod.PRIVATE_KEY_JWT, named, assertion)
    if secret is not None:
        return _Shown(AuthMethod.CLIENT_SECRET_POST, named, secret)
    if not authorizations:
        return _Shown(AuthMethod.NONE, named, "")
    client_id, secret = _basic(authorizations[0])
    if named is not None and named != client_id:
        raise OAuthError(Refusal.TWO_PROOFS)
    return _Shown(AuthMethod.CLIENT_SECRET_BASIC, client_id, secret)


async def _by_assertion(authority: Authority, path: str, shown: _Shown) -> Client:
    issuer = authority.settings.issuer
    ours = {issuer, issuer + TOKEN_PATH, issuer + path}
    try:
        foreign = authority.assertions.read(shown.secret)
        client = await authority.clients.known(issuer_of(foreign))
        if client is None or client.auth_method is not AuthMethod.PRIVATE_KEY_JWT:
            raise OAuthError(Refusal.BAD_ASSERTION)
        assertion = await authority.assertions.checked(foreign, client, ours, time.time())
    except ForeignTokenError as error:
        raise OAuthError(Refusal.BAD_ASSERTION) from error
    except CrowdedError as error:
        raise OAuthError(Refusal.CROWDED) from error
    if shown.client_id not in {None, client.client_id}:
        raise OAuthError(Refusal.BAD_ASSERTION)
    if not await authority.once.first("assertion", client.client_id, assertion.jti, assertion.until):
        raise OAuthError(Refusal.BAD_ASSERTION)
    return client


def _basic(authorization: str) -> tuple[str, str]:
    """Read HTTP Basic; both halves are form-encoded once more before they are joined, as OAuth has it."""
    scheme, _, encoded = authorization.partition(" ")
    try:
        client_id, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
        if scheme.lower() != "basic" or not colon:
            raise OAuthError(Refusal.BAD_CLIENT)
        return unquote_plus(client_id, errors="strict"), unquote_plus(secret, errors="strict")
    except ValueError as error:  # no base64, no ASCII, no UTF-8
        raise OAuthError(Refusal.BAD_CLIENT) from error
