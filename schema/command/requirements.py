"""Who may read what the command centre has."""

from connectors.viewer import Role, Scope
from schema.declarations import Requirement

OFFICES = frozenset({Role.OFFICIAL, Role.STAFF})
ON_OFFICE = Requirement(Scope.OFFICE_READ, roles=OFFICES)
"""What happens in a district is for its offices; grids and who works in them are for everybody."""
BY_PURPOSE = Requirement(Scope.PERSON_LOOKUP, roles=frozenset({Role.STAFF}))
"""Natural persons: a scope of its own, a stated purpose, and an entry in the audit."""
