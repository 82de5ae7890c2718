"""Whom a further token of a grant may be for (RFC 8707 section 2.2)."""

from auth.refusals import OAuthError, Refusal
from auth.resources import audience_of
from auth.settings import AuthSettings


def narrowed(settings: AuthSettings, granted: str, resource: str | None) -> str:
    """The audience of a token where ``granted`` is the grant's; a grant for the usual one is good for all.

    Raises ``OAuthError``.
    """
    audience = granted if resource is None else audience_of(settings, resource)
    if granted not in {settings.audience, audience}:
        raise OAuthError(Refusal.BAD_TARGET)
    return audience
