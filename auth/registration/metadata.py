"""A client's own description of itself (RFC 7591 section 2, OpenID Connect Registration), and ours of it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from auth.client import AuthMethod, Client, GrantType
from auth.keys import ALGORITHM
from auth.origin import origin_from
from auth.registration.faults import Fault, RegistrationError
from auth.scopes import known_scopes

_OFFERED = frozenset(GrantType) - {GrantType.TOKEN_EXCHANGE}
"""Tickets of platforms are handed in only by who an operator knows to be the platform's application."""

_CODE = "code"
_JOINT = ", "
_ORIGIN = re.compile(r"https?://[^/?]+", re.ASCII)
_AT = re.compile(r"\$\.(\w+)", re.ASCII)
_OURS = ("client_id_issued_at", "client_secret_expires_at", "registration_access_token", "registration_client_uri")


class Metadata(msgspec.Struct, kw_only=True, frozen=True):
    """What is read of it; null is as good as left out (RFC 7592 section 2.2), and the rest is passed over."""

    client_name: str | None = None
    redirect_uris: list[str] | None = None
    token_endpoint_auth_method: str | None = None
    grant_types: list[str] | None = None
    response_types: list[str] | None = None
    scope: str | None = None
    contacts: list[str] | None = None
    jwks: dict[str, Any] | None = None
    jwks_uri: Any = None
    software_statement: Any = None
    post_logout_redirect_uris: list[str] | None = None
    backchannel_logout_uri: str | None = None
    dpop_bound_access_tokens: bool | None = None
    require_pushed_authorization_requests: bool | None = None
    id_token_signed_response_alg: str | None = None
    subject_type: str | None = None
    client_id: str | None = None
    client_secret: str | None = msgspec.field(default=None)
    client_id_issued_at: Any = None
    client_secret_expires_at: Any = None
    registration_access_token: Any = None
    registration_client_uri: Any = None

    def __repr__(self) -> str:
        return "Metadata()"  # may hold a secret


class StatementError(Exception):
    """A software statement: nobody's is approved here (RFC 7591 section 3.2.2)."""


def metadata_from(body: bytes) -> Metadata:
    """Read the body of a request; raises ``RegistrationError``, ``StatementError``."""
    try:
        read = msgspec.json.decode(body, type=Metadata)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        named = _AT.search(str(error))
        raise RegistrationError(named[1] if named else "body", Fault.NOT_TEXT) from None
    if read.software_statement is not None:
        raise StatementError
    if read.jwks_uri is not None:
        raise RegistrationError("jwks_uri", Fault.BY_VALUE)
    for member in _OURS:
        if getattr(read, member) is not None:
            raise RegistrationError(member, Fault.SET_BY_US)
    return read


def described(client: Client, metadata: Metadata) -> Client:
    """Answer the client as the metadata describes it, all that it may say for itself; raises ``RegistrationError``.

    What only an operator gives stays as it is; ``dpop_bound`` and ``require_par`` are not loosened.
    """
    grants = _grants(metadata, client)
    by_code = GrantType.AUTHORIZATION_CODE in grants
    if not set(metadata.response_types or ()) <= ({_CODE} if by_code else set()):
        raise RegistrationError("response_types", Fault.NOT_OFFERED)
    if metadata.id_token_signed_response_alg not in {None, ALGORITHM}:
        raise RegistrationError("id_token_signed_response_alg", Fault.NOT_OFFERED)
    if metadata.subject_type not in {None, "public"}:
        raise RegistrationError("subject_type", Fault.NOT_OFFERED)
    method = _method(metadata)
    redirect_uris = frozenset(metadata.redirect_uris or ())
    return replace(
        client,
        name=client.name if metadata.client_name is None else metadata.client_name,
        auth_method=method,
        grants=grants,
        scopes=_scopes(metadata, client),
        ticket_forms=client.ticket_forms if GrantType.TOKEN_EXCHANGE in grants else frozenset(),
        origins=(client.origins - _origins(client.redirect_uris))
        | (_origins(redirect_uris) if method is AuthMethod.NONE else frozenset()),
        redirect_uris=redirect_uris,
        post_logout_redirect_uris=frozenset(metadata.post_logout_redirect_uris or ()),
        backchannel_logout_uri=metadata.backchannel_logout_uri,
        jwks=metadata.jwks,
        contact=_JOINT.join(metadata.contacts) if metadata.contacts else None,
        dpop_bound=client.dpop_bound or bool(metadata.dpop_bound_access_tokens),
        require_par=client.require_par or bool(metadata.require_pushed_authorization_requests),
    )


def metadata_of(client: Client) -> Mapping[str, Any]:
    """All that is registered of a client, as it is answered (RFC 7591 section 3.2.1)."""
    known = {
        "client_id": client.client_id,
        "client_id_issued_at": int(client.created_at.timestamp()),
        "client_name": client.name,
        "token_endpoint_auth_method": client.auth_method.value,
        "grant_types": sorted(client.grants),
        "response_types": [_CODE] if GrantType.AUTHORIZATION_CODE in client.grants else [],
        "scope": " ".join(sorted(client.scopes)),
        "redirect_uris": sorted(client.redirect_uris),
        "post_logout_redirect_uris": sorted(client.post_logout_redirect_uris),
        "backchannel_logout_uri": client.backchannel_logout_uri,
        "backchannel_logout_session_required": True if client.backchannel_logout_uri else None,
        "contacts": client.contact.split(_JOINT) if client.contact else None,
        "jwks": client.jwks,
        "dpop_bound_access_tokens": client.dpop_bound,
        "require_pushed_authorization_requests": client.require_par,
        "id_token_signed_response_alg": ALGORITHM,
        "subject_type": "public",
    }
    return {name: value for name, value in known.items() if value is not None}


def _grants(metadata: Metadata, client: Client) -> frozenset[GrantType]:
    wanted = frozenset(metadata.grant_types or (GrantType.AUTHORIZATION_CODE,))
    if not wanted <= _OFFERED | client.grants:
        raise RegistrationError("grant_types", Fault.UNKNOWN)
    return frozenset(map(GrantType, wanted))


def _method(metadata: Metadata) -> AuthMethod:
    try:
        return AuthMethod(metadata.token_endpoint_auth_method or AuthMethod.CLIENT_SECRET_BASIC)
    except ValueError:
        raise RegistrationError("token_endpoint_auth_method", Fault.UNKNOWN) from None


def _scopes(metadata: Metadata, client: Client) -> Any:
    """Those asked for; all that the client may have, where nothing is said."""
    if metadata.scope is None:
        return client.scopes
    scopes = known_scopes(metadata.scope)
    if len(scopes) != len(set(metadata.scope.split(" "))):
        raise RegistrationError("scope", Fault.UNKNOWN)
    if not scopes <= client.scopes:
        raise RegistrationError("scope", Fault.BEYOND_INVITATION)
    return scopes


def _origins(redirect_uris: frozenset[str]) -> frozenset[str]:
    """Where a public client's pages are, so that they may read answers; an app has none."""
    found = set()
    for uri in redirect_uris:
        origin = _ORIGIN.match(uri)
        try:
            found |= {origin_from(origin[0])} if origin else set()
        except ValueError:
            continue  # such as the usual port written out: a browser's origin never looks like it
    return frozenset(found)
