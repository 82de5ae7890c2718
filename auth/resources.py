"""Whom an access token may be for (RFC 8707): the graph, or the account of its person."""

from auth.refusals import OAuthError, Refusal
from auth.settings import AuthSettings

GRAPHQL_PATH = "/graphql"
USERINFO_PATH = "/oauth/userinfo"


def resources_of(settings: AuthSettings) -> tuple[str, ...]:
    """Every ``resource`` a client may name, the usual one first; a token for the first is good at all of them."""
    return settings.audience, settings.issuer + USERINFO_PATH


def audience_of(settings: AuthSettings, resource: str | None) -> str:
    """The audience of a token that was asked for with this ``resource``; raises ``OAuthError``."""
    if resource is None:
        return settings.audience
    if resource not in resources_of(settings):
        raise OAuthError(Refusal.BAD_TARGET)
    return resource
