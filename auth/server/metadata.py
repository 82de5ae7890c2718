"""What this authorization server can do (RFC 8414 section 2); tells only what exists."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.client import AuthMethod
from auth.roles import ROLES_OF_SCOPE
from auth.server.answers import public_answer
from auth.server.token import STEPS
from auth.server.token_exchange import TICKET_TYPE_PREFIX

_MAX_AGE = 300


class MetadataEndpoint:
    """``GET /.well-known/oauth-authorization-server`` and ``openid-configuration``: the same document."""

    def __init__(self, authority: Authority) -> None:
        self._body = _metadata(authority)

    async def answer(self, _request: Request) -> Response:
        """Answer the document."""
        return public_answer(self._body, _MAX_AGE)


def _metadata(authority: Authority) -> Mapping[str, Any]:
    """All addresses come from the issuer that is set, never from the request."""
    issuer = authority.settings.issuer
    return {
        "issuer": issuer,
        "token_endpoint": f"{issuer}/oauth/token",
        "jwks_uri": f"{issuer}/oauth/jwks",
        "response_types_supported": [],  # required by RFC 8414, and there is no authorization endpoint yet
        "grant_types_supported": [grant.value for grant in STEPS],
        "token_endpoint_auth_methods_supported": [method.value for method in AuthMethod],
        "scopes_supported": sorted(scope.value for scope in ROLES_OF_SCOPE),
        "subject_token_types_supported": sorted(TICKET_TYPE_PREFIX + form.value for form in authority.broker.forms),
    }
