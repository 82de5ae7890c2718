"""Activities and meetings on the duty platform: ``contract/activities.yaml``."""

from connectors.duty.activities.attendances import DutyAttendances
from connectors.duty.activities.sources import DutyActivities

__all__ = ["DutyActivities", "DutyAttendances"]
