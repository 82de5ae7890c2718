"""Where writing begins: what people and offices can do, and every act by its name."""

from typing import Any

from strawberry.tools import create_type

from schema.acts import Act
from schema.declarations import Do
from schema.fields import CHINESE, DeclaredField
from schema.mutations.conversions import ConversionMutations
from schema.mutations.duty import DUTY
from schema.mutations.extensions import ExtensionMutations
from schema.mutations.hotline import HotlineMutations
from schema.mutations.messages import MessageMutations
from schema.mutations.moderation import ModerationMutations
from schema.mutations.notices import NoticeMutations
from schema.mutations.question_moves import QuestionMoveMutations
from schema.mutations.questions import QuestionMutations
from schema.mutations.replies import ReplyMutations
from schema.mutations.studio_marks import StudioMarkMutations
from schema.mutations.todos import TodoMutations
from schema.mutations.work_orders import WorkOrderMutations

_SUBJECTS: tuple[Any, ...] = (
    QuestionMutations,
    ReplyMutations,
    StudioMarkMutations,
    QuestionMoveMutations,
    ConversionMutations,
    HotlineMutations,
    ExtensionMutations,
    ModerationMutations,
    WorkOrderMutations,
    NoticeMutations,
    TodoMutations,
    MessageMutations,
    *DUTY,
)
_FIELDS: list[DeclaredField] = [field for one in _SUBJECTS for field in one.__strawberry_definition__.fields]

Mutation = create_type("Mutation", _FIELDS, description="Where writing begins.")  # type: ignore[arg-type]  # fields are
setattr(Mutation, CHINESE, "写入的入口")

ACTS: dict[str, Act] = {read.act.name: read.act for field in _FIELDS if isinstance(read := field.declaration.read, Do)}
"""What can be done; an act that was kept is found again by its name."""
