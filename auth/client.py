"""What is known of a registered client."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.records.identity import TicketForm
from connectors.viewer import Scope


class GrantType(enum.StrEnum):
    """What a client may trade for a token (RFC 6749, 8628, 8693)."""

    AUTHORIZATION_CODE = "authorization_code"
    REFRESH_TOKEN = "refresh_token"  # noqa: S105 - a name
    CLIENT_CREDENTIALS = "client_credentials"
    DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
    TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"  # noqa: S105 - a name, RFC 8693 section 2.1


class AuthMethod(enum.StrEnum):
    """How a client proves itself (OpenID Connect Core section 9); ``none`` is a public client."""

    NONE = "none"
    CLIENT_SECRET_BASIC = "client_secret_basic"  # noqa: S105 - a name
    CLIENT_SECRET_POST = "client_secret_post"  # noqa: S105 - a name
    PRIVATE_KEY_JWT = "private_key_jwt"

    @property
    def has_secret(self) -> bool:
        """Whether we share a secret with the client."""
        return self in {AuthMethod.CLIENT_SECRET_BASIC, AuthMethod.CLIENT_SECRET_POST}


@dataclass(frozen=True, slots=True)
class Client:
    """A client as it is registered; its secrets are not part of it. The fields are those of ``ClientRow``."""

    client_id: str
    name: str
    auth_method: AuthMethod
    grants: frozenset[GrantType]
    scopes: frozenset[Scope]
    ticket_forms: frozenset[TicketForm]
    origins: frozenset[str]
    redirect_uris: frozenset[str]
    post_logout_redirect_uris: frozenset[str]
    backchannel_logout_uri: str | None
    jwks: Mapping[str, Any] | None
    contact: str | None
    access_token_lifetime: int | None
    dpop_bound: bool
    require_par: bool
    created_at: datetime
    disabled_at: datetime | None = None
    used_at: datetime | None = None

    @property
    def is_public(self) -> bool:
        """Whether it cannot prove itself: an app in a browser or on a phone (RFC 6749 section 2.1)."""
        return self.auth_method is AuthMethod.NONE
