"""Reading groups and study materials on the duty platform: ``contract/reading.yaml``."""

from connectors.duty.reading.desk import DutyReadingDesk
from connectors.duty.reading.sources import DutyReadingGroups, DutyStudyMaterials

__all__ = ["DutyReadingDesk", "DutyReadingGroups", "DutyStudyMaterials"]
