"""Which scopes a token gets: asked for, within the client's, and what the roles allow (RFC 6749 section 3.3)."""

from collections.abc import Mapping

from auth.refusals import OAuthError, Refusal
from auth.roles import allows
from connectors.viewer import Role, Scope

DEFAULT = frozenset({Scope.OPENID, Scope.GRAPH_READ})
"""For a person, where nothing is asked for."""

WITHOUT_CONSENT = frozenset({Scope.OPENID})
"""Who somebody is to a client, under our own id, is what signing in to it means; so it opens nothing else."""

_BY_NAME: Mapping[str, Scope] = {scope.value: scope for scope in Scope}


def known_scopes(text: str) -> frozenset[Scope]:
    """Read the scopes of a text that exist, and pass over the others."""
    return frozenset(_BY_NAME[word] for word in text.split(" ") if word in _BY_NAME)


def asked_scopes(text: str | None) -> frozenset[Scope] | None:
    """Read a ``scope`` parameter, None where there is none; raises ``OAuthError`` for one that does not exist."""
    if text is None:
        return None
    if any(word not in _BY_NAME for word in text.split(" ")):
        raise OAuthError(Refusal.BAD_SCOPE)
    return known_scopes(text)


def within_client(
    asked: frozenset[Scope] | None, registered: frozenset[Scope], default: frozenset[Scope]
) -> frozenset[Scope]:
    """Hold what is asked for against the client's registration; ``graph:read`` is implied by any other scope.

    Raises ``OAuthError`` for one more than registered, or when nothing is left.
    """
    may = registered | {Scope.GRAPH_READ} if registered else registered
    scopes = (default & registered or default & may) if asked is None else asked
    if not scopes or not scopes <= may:
        raise OAuthError(Refusal.BAD_SCOPE)
    return scopes


def within_roles(scopes: frozenset[Scope], roles: frozenset[Role]) -> frozenset[Scope]:
    """Answer the scopes if the roles allow every one of them; raises ``OAuthError``."""
    if not all(allows(roles, scope) for scope in scopes):
        raise OAuthError(Refusal.BAD_SCOPE)
    return scopes


def within(scopes: frozenset[Scope], registered: frozenset[Scope], roles: frozenset[Role]) -> frozenset[Scope]:
    """Answer those of the scopes that client and roles allow: who may do less than a client asks for may do that."""
    may = registered | {Scope.GRAPH_READ} if registered else registered
    return frozenset(scope for scope in scopes & may if allows(roles, scope))
