"""The command centre as a small app: speaks ``contract/command.yaml`` strictly, its data made from the shared world."""

from connectors.command.sandbox.endpoints import build_sandbox

__all__ = ["build_sandbox"]
