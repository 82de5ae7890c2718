"""Micro-suggestions in the sandbox: made from the world, read, and led through their five steps."""

from connectors.duty.sandbox.micro.endpoints import operations

__all__ = ["operations"]
