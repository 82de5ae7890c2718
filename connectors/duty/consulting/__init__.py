"""How a committee consults besides its deliberations, on the duty platform: ``contract/consulting.yaml``."""

from connectors.duty.consulting.desk import DutySuggestionFormDesk
from connectors.duty.consulting.sources import (
    DutyConsultationPlans,
    DutyHallEvents,
    DutyOversights,
    DutySuggestionForms,
)

__all__ = [
    "DutyConsultationPlans",
    "DutyHallEvents",
    "DutyOversights",
    "DutySuggestionFormDesk",
    "DutySuggestionForms",
]
