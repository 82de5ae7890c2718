"""Micro-suggestions (微建议) on the duty platform: ``contract/micro.yaml``."""

from connectors.duty.micro.desk import DutyMicroSuggestionDesk
from connectors.duty.micro.sources import DutyMicroSuggestions

__all__ = ["DutyMicroSuggestionDesk", "DutyMicroSuggestions"]
