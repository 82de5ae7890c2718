"""Who may read what the command centre has."""

from connectors.viewer import Role, Scope
from schema.declarations import Requirement

BY_PURPOSE = Requirement(Scope.PERSON_LOOKUP, roles=frozenset({Role.STAFF}))
"""Natural persons: a scope of its own, a stated purpose, and an entry in the audit."""
