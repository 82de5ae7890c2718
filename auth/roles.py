"""Who may ask for what: roles a platform's account gives, and scopes a role allows."""

from collections.abc import Mapping

from connectors.viewer import Role, Scope

ROLE_OF_PLATFORM: Mapping[str, Role] = {"zheliban": Role.CITIZEN, "zhezhengding": Role.OFFICIAL}
"""By the platform's name, as callers see it: an account there makes one this, a company's too, for whom an agent acts.
An account of the duty platform makes one nothing: the registry says who is a member."""

GRANTABLE: frozenset[Role] = frozenset({Role.OPS, Role.MODERATOR})
"""Roles that follow from nothing and are given by an operator."""

_PERSONS = frozenset(Role) - {Role.ANYONE, Role.PARTNER}
_ALL = _PERSONS | {Role.PARTNER}

ROLES_OF_SCOPE: Mapping[Scope, frozenset[Role]] = {
    Scope.OPENID: _PERSONS,
    Scope.PROFILE: _PERSONS,
    Scope.PHONE: _PERSONS,
    Scope.OFFLINE_ACCESS: _PERSONS,
    Scope.GRAPH_READ: _ALL,
    Scope.QUESTION_WRITE: frozenset({Role.CITIZEN}),
    Scope.WORKORDER_WRITE: frozenset({Role.CITIZEN}),
    Scope.DUTY_READ: frozenset({Role.MEMBER, Role.STAFF}),
    Scope.DUTY_WRITE: frozenset({Role.MEMBER, Role.STAFF, Role.MODERATOR}),
    Scope.DIRECTORY_READ: frozenset({Role.OFFICIAL, Role.MEMBER, Role.STAFF}),
    Scope.OFFICE_READ: frozenset({Role.OFFICIAL, Role.STAFF}),
    Scope.OFFICE_WRITE: frozenset({Role.OFFICIAL, Role.STAFF}),
    Scope.COCKPIT_READ: frozenset({Role.STAFF}),
    Scope.OPINION_READ: frozenset({Role.PARTNER, Role.STAFF}),
    Scope.PERSON_LOOKUP: frozenset({Role.STAFF}),
    Scope.OPS_READ: frozenset({Role.OPS}),
}
"""Holding one of the roles is enough. A scope that stands here for nobody can be given to nobody."""


def allows(roles: frozenset[Role], scope: Scope) -> bool:
    """Whether somebody with these roles may be given the scope."""
    return bool(roles & ROLES_OF_SCOPE.get(scope, frozenset()))
