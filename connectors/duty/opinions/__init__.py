"""Reports on social conditions and public opinion (社情民意信息) on the duty platform: ``contract/opinions.yaml``."""

from connectors.duty.opinions.desk import DutyOpinionReportDesk
from connectors.duty.opinions.sources import DutyOpinionReports

__all__ = ["DutyOpinionReportDesk", "DutyOpinionReports"]
