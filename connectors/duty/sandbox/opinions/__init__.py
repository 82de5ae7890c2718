"""Opinion reports in the sandbox: made from the world, read, and brought from state to state."""

from connectors.duty.sandbox.opinions.endpoints import operations

__all__ = ["operations"]
