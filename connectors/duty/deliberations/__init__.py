"""Deliberations (协商) on the duty platform: ``contract/deliberations.yaml``."""

from connectors.duty.deliberations.sources import DutyDeliberations

__all__ = ["DutyDeliberations"]
