"""Who may act at an official's desk, and about which desk an act is."""

from connectors.viewer import Role, Scope, Viewer
from schema.declarations import Requirement
from schema.mutations.naming import asker_in

OFFICE_STAFF = Requirement(Scope.OFFICE_WRITE, roles=frozenset({Role.STAFF}))
AT_ONES_DESK = Requirement(Scope.OFFICE_WRITE, roles=frozenset({Role.OFFICIAL, Role.STAFF}))


def at_desk(_: object, viewer: Viewer) -> str:
    """``Act.subject`` of what keeps its order with all that its author does at their desk."""
    return f"Desk:{asker_in(viewer)}"
