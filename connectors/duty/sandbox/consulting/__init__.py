"""Forms, hall events, oversight campaigns and plans in the sandbox."""

from connectors.duty.sandbox.consulting.endpoints import operations

__all__ = ["operations"]
