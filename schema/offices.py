"""What offices do is for offices."""

from connectors.viewer import Role, Scope
from schema.declarations import Requirement

OFFICES = frozenset({Role.OFFICIAL, Role.STAFF})
ON_OFFICE = Requirement(Scope.OFFICE_READ, roles=OFFICES)
"""What happens in a district is for its offices; grids and who works in them are for everybody."""
