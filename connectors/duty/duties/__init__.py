"""What members did and what it came to, on the duty platform: ``contract/duties.yaml``."""

from connectors.duty.duties.records import DutyRecords
from connectors.duty.duties.scores import DutyScores

__all__ = ["DutyRecords", "DutyScores"]
