"""Where micro-suggestions stand; what lists them and what shows them share it."""

import strawberry

from connectors.records.micro_suggestion import MicroStatus
from schema.fields import CHINESE

strawberry.enum(MicroStatus, description="Where a step, or a whole micro-suggestion, stands.")
setattr(MicroStatus, CHINESE, "步骤或微建议的进展")

__all__ = ["MicroStatus"]
