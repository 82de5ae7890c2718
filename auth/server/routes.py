"""Every address of the authorization server."""

from starlette.routing import Route

from auth.authority import Authority
from auth.server.jwks import JwksEndpoint
from auth.server.metadata import MetadataEndpoint
from auth.server.token import TokenEndpoint


def oauth_routes(authority: Authority) -> list[Route]:
    """The routes, to be served at the root of the issuer's address."""
    metadata = MetadataEndpoint(authority).answer
    return [
        Route("/oauth/token", TokenEndpoint(authority).answer, methods=["POST"]),
        Route("/oauth/jwks", JwksEndpoint(authority).answer, methods=["GET"]),
        Route("/.well-known/oauth-authorization-server", metadata, methods=["GET"]),
        Route("/.well-known/openid-configuration", metadata, methods=["GET"]),
    ]
