"""What a citizen wants; questions, hotline orders and public voices share it."""

import strawberry

from connectors.records.question import QuestionKind
from schema.fields import CHINESE

strawberry.enum(QuestionKind, description="What a citizen wants.")
setattr(QuestionKind, CHINESE, "提问的性质")

__all__ = ["QuestionKind"]
