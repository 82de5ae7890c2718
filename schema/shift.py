"""Duty shifts: who answers on line for which studio, and when."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from connectors.records.shift import DutyShift as DutyShiftRecord
from schema.declarations import Requirement
from schema.fields import described, identifier, value
from schema.guards import sees_question_count
from schema.member import Member
from schema.node import Node

if TYPE_CHECKING:
    from schema.studio import Studio


@described(
    zh="委员值班",
    en="A duty shift: a member answers on line for a studio.",
    of=DutyShiftRecord,
)
class DutyShift(Node):
    """Read from ``connectors.records.shift.DutyShift``."""

    id: strawberry.ID = identifier("DutyShift")
    starts_at: datetime | None = value("starts_at", zh="开始", en="When it begins.")
    ends_at: datetime | None = value("ends_at", zh="结束", en="When it ends.")
    topic: str | None = value("topic", zh="主题", en="What it is about.")
    member: Member | None = value("member", zh="值班委员", en="The member on duty.")
    studio: Annotated["Studio", strawberry.lazy("schema.studio")] | None = value(
        "studio", zh="值班的工作室", en="The studio it is for."
    )
    question_count: int | None = value(
        "question_count",
        requires=Requirement(sees=sees_question_count),
        zh="期间的提问数；含私密提问且少于 5 时，他人不可见",
        en="Questions asked meanwhile; as it counts private ones, null to others while below 5.",
    )
