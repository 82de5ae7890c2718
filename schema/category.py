"""What studios advise on; questions share it."""

import strawberry

from connectors.records.studio import StudioCategory
from schema.fields import CHINESE

strawberry.enum(StudioCategory, description="What a studio advises on, and a question is about.")
setattr(StudioCategory, CHINESE, "工作室的领域，提问的类别")

__all__ = ["StudioCategory"]
