"""Statements (发言) in deliberations on the duty platform: ``contract/statements.yaml``."""

from connectors.duty.statements.desk import DutyStatementDesk
from connectors.duty.statements.sources import DutyStatements

__all__ = ["DutyStatementDesk", "DutyStatements"]
