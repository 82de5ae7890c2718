"""The duty platform as a small app: speaks ``contract/registry.yaml`` strictly, its data made from the shared world."""

from connectors.duty.sandbox.endpoints import build_sandbox

__all__ = ["build_sandbox"]
