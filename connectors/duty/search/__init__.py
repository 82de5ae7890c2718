"""Search over the duty platform: ``contract/search.yaml``."""

from connectors.duty.search.sources import DutySearch

__all__ = ["DutySearch"]
