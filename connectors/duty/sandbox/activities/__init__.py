"""Activities and meetings, and signing in at them."""

from connectors.duty.sandbox.activities.operations import operations

__all__ = ["operations"]
