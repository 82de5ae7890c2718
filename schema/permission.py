"""Holds an asker against what a field requires, as far as the asker alone decides it."""

from connectors.refusals import RefusedError
from connectors.viewer import Viewer
from schema.declarations import Requirement


def refusal_of(requires: Requirement, viewer: Viewer) -> RefusedError | None:
    """Why somebody may not read the field, whatever the object: FORBIDDEN names the scope, FORBIDDEN_ROLE the roles."""
    if requires.scope is not None and not viewer.holds(requires.scope):
        return RefusedError("FORBIDDEN", scope=requires.scope.value)
    if requires.roles is not None and not requires.roles & viewer.roles:
        return RefusedError("FORBIDDEN_ROLE", role=", ".join(sorted(requires.roles)))
    return None
