"""What this authorization server can do (RFC 8414 section 2, OpenID Connect Discovery 1.0 section 3)."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.authorization.request import Prompt
from auth.client import AuthMethod
from auth.foreign import ALGORITHMS
from auth.keys import ALGORITHM
from auth.resources import GRAPHQL_PATH, USERINFO_PATH, resources_of
from auth.roles import ROLES_OF_SCOPE
from auth.server.answers import public_answer
from auth.server.token import STEPS
from auth.server.token_exchange import TICKET_TYPE_PREFIX

RESOURCE_PATH = "/.well-known/oauth-protected-resource" + GRAPHQL_PATH
_MAX_AGE = 300
_LEVELS = ("1", "2", "3")
_CLAIMS = (
    *("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "sid"),
    *("name", "roles", "updated_at"),
)


class MetadataEndpoint:
    """``GET /.well-known/oauth-authorization-server`` and ``openid-configuration``: the same document."""

    def __init__(self, authority: Authority) -> None:
        self._body = _metadata(authority)

    async def answer(self, _request: Request) -> Response:
        """Answer the document."""
        return public_answer(self._body, _MAX_AGE)


class ResourceMetadataEndpoint:
    """``GET /.well-known/oauth-protected-resource/graphql`` (RFC 9728): who gives tokens for the graph."""

    def __init__(self, authority: Authority) -> None:
        self._body = {
            "resource": authority.settings.audience,
            "authorization_servers": [authority.settings.issuer],
            "scopes_supported": _scopes(),
            "bearer_methods_supported": ["header"],
            "dpop_signing_alg_values_supported": list(ALGORITHMS),
            "dpop_bound_access_tokens_required": False,
        }

    async def answer(self, _request: Request) -> Response:
        """Answer the document."""
        return public_answer(self._body, _MAX_AGE)


def _metadata(authority: Authority) -> Mapping[str, Any]:
    """All addresses come from the issuer that is set, never from the request."""
    issuer = authority.settings.issuer
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/oauth/authorize",
        "pushed_authorization_request_endpoint": f"{issuer}/oauth/par",
        "token_endpoint": f"{issuer}/oauth/token",
        "device_authorization_endpoint": f"{issuer}/oauth/device",
        "introspection_endpoint": f"{issuer}/oauth/introspect",
        "revocation_endpoint": f"{issuer}/oauth/revoke",
        "userinfo_endpoint": issuer + USERINFO_PATH,
        "end_session_endpoint": f"{issuer}/oauth/logout",
        "registration_endpoint": f"{issuer}/oauth/register",
        "jwks_uri": f"{issuer}/oauth/jwks",
        "protected_resources": [resources_of(authority.settings)[0]],
        **_what_can_be_asked(authority),
        **_how_clients_prove_themselves(authority),
    }


def _what_can_be_asked(authority: Authority) -> Mapping[str, Any]:
    return {
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": [grant.value for grant in STEPS],
        "scopes_supported": _scopes(),
        "claims_supported": list(_CLAIMS),
        "claim_types_supported": ["normal"],
        "acr_values_supported": list(_LEVELS),
        "prompt_values_supported": [prompt.value for prompt in Prompt],
        "ui_locales_supported": ["zh-CN", "en"],
        "subject_types_supported": ["public"],
        "subject_token_types_supported": sorted(TICKET_TYPE_PREFIX + form.value for form in authority.broker.forms),
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "require_pushed_authorization_requests": False,
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    }


def _how_clients_prove_themselves(authority: Authority) -> Mapping[str, Any]:
    confidential = [method.value for method in AuthMethod if method is not AuthMethod.NONE]
    anybody = [method.value for method in AuthMethod]
    algorithms = list(authority.assertions.algorithms)
    return {
        "token_endpoint_auth_methods_supported": anybody,
        "token_endpoint_auth_signing_alg_values_supported": algorithms,
        "introspection_endpoint_auth_methods_supported": confidential,
        "introspection_endpoint_auth_signing_alg_values_supported": algorithms,
        "revocation_endpoint_auth_methods_supported": anybody,
        "revocation_endpoint_auth_signing_alg_values_supported": algorithms,
        "dpop_signing_alg_values_supported": list(ALGORITHMS),
    }


def _scopes() -> list[str]:
    return sorted(scope.value for scope in ROLES_OF_SCOPE)
