"""Every address of the authorization server."""

from starlette.routing import Route

from auth.authority import Authority
from auth.resources import USERINFO_PATH
from auth.server.device_authorization import DeviceAuthorizationEndpoint
from auth.server.endpoint import endpoint
from auth.server.introspect import IntrospectionEndpoint
from auth.server.jwks import JwksEndpoint
from auth.server.metadata import RESOURCE_PATH, MetadataEndpoint, ResourceMetadataEndpoint
from auth.server.par import PushedRequestEndpoint
from auth.server.register import RegisterEndpoint
from auth.server.revoke import RevocationEndpoint
from auth.server.token import TokenEndpoint
from auth.server.userinfo import UserinfoEndpoint


def oauth_routes(authority: Authority) -> list[Route]:
    """The routes, to be served at the root of the issuer's address."""
    metadata = MetadataEndpoint(authority).answer
    registering = RegisterEndpoint(authority)
    return [
        endpoint(authority, "/oauth/token", TokenEndpoint(authority).answer, "POST"),
        endpoint(authority, "/oauth/device", DeviceAuthorizationEndpoint(authority).answer, "POST"),
        endpoint(authority, "/oauth/introspect", IntrospectionEndpoint(authority).answer, "POST"),
        endpoint(authority, "/oauth/revoke", RevocationEndpoint(authority).answer, "POST"),
        endpoint(authority, USERINFO_PATH, UserinfoEndpoint(authority).answer, "GET", "POST"),
        endpoint(authority, "/oauth/par", PushedRequestEndpoint(authority).answer, "POST"),
        endpoint(authority, "/oauth/register", registering.register, "POST"),
        endpoint(authority, "/oauth/register/{client_id}", registering.manage, "GET", "PUT", "DELETE"),
        Route("/oauth/jwks", JwksEndpoint(authority).answer, methods=["GET"]),
        Route("/.well-known/oauth-authorization-server", metadata, methods=["GET"]),
        Route("/.well-known/openid-configuration", metadata, methods=["GET"]),
        Route(RESOURCE_PATH, ResourceMetadataEndpoint(authority).answer, methods=["GET"]),
    ]
