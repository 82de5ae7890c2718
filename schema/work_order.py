"""Work orders of the 12345 hotline: what a citizen reported, and its course."""

from datetime import datetime

import strawberry

from connectors.ports import QuestionSource
from connectors.records.work_order import WorkOrder as WorkOrderRecord
from schema.attachment import Attachment
from schema.fields import described, identifier, link, value
from schema.node import Node
from schema.organization import Organization
from schema.question import Question
from schema.question_kind import QuestionKind
from schema.region import Region, region_at
from schema.work_order_status import WorkOrderStatus


@described(zh="准确位置", en="An exact place.")
class Location:
    """Read from ``connectors.records.work_order.Location``."""

    latitude: float | None = value("latitude", zh="纬度（WGS 84）", en="Degrees north, WGS 84.")
    longitude: float | None = value("longitude", zh="经度（WGS 84）", en="Degrees east, WGS 84.")
    address: str | None = value("address", zh="地址", en="In words.")


@described(zh="办理过程中的一步", en="A state an order came to.")
class WorkOrderStep:
    """Read from ``connectors.records.work_order.WorkOrderStep``."""

    status: WorkOrderStatus | None = value("status", zh="状态", en="Which state.")
    at: datetime | None = value("at", zh="时间", en="When.")
    by: str | None = value("by", zh="经办单位或身份", en="A unit's name, or what somebody is.")
    note: str | None = value("note", zh="说明", en="What was said of it.")


@described(zh="回访", en="The call back after the order.")
class FollowUp:
    """Read from ``connectors.records.work_order.FollowUp``."""

    satisfied: bool | None = value("satisfied", zh="是否满意", en="Whether the owner is content.")
    comment: str | None = value("comment", zh="意见", en="In words.")
    at: datetime | None = value("at", zh="时间", en="When.")


@described(zh="补充的情况", en="What the owner added later.")
class Supplement:
    """Read from ``connectors.records.work_order.Supplement``."""

    body: str | None = value("body", zh="内容", en="In full.")
    at: datetime | None = value("at", zh="时间", en="When.")
    attachments: list[Attachment | None] | None = value("attachments", zh="附件", en="Files beside it.")


@described(zh="12345 工单", en="A work order of the 12345 hotline.", of=WorkOrderRecord)
class WorkOrder(Node):
    """Read from ``connectors.records.work_order.WorkOrder``; by its owner, the handling unit and staff only."""

    id: strawberry.ID = identifier("WorkOrder")
    number: str | None = value("number", zh="工单号", en="Its number.")
    status: WorkOrderStatus | None = value("status", zh="状态", en="Where it stands.")
    kind: QuestionKind | None = value("kind", zh="性质", en="What the citizen wants.")
    title: str | None = value("title", zh="标题", en="In short.")
    body: str | None = value("body", zh="内容", en="In full.")
    region: Region | None = value("region_key", then=region_at, zh="所在区划", en="In which place.")
    location: Location | None = value(
        "location", zh="准确位置；只有本人和承办单位可见", en="The exact place, for owner and handling unit only."
    )
    handler: Organization | None = value("handler", zh="承办单位；派单前为空", en="Who handles it; null before.")
    accepted_at: datetime | None = value("accepted_at", zh="受理时间", en="When it was accepted.")
    due_at: datetime | None = value("due_at", zh="办理期限", en="Until when it is to be done.")
    closed_at: datetime | None = value("closed_at", zh="办结时间；未办结为空", en="When it was closed; null before.")
    changed_at: datetime | None = value("changed_at", zh="最后变化的时间", en="When it last changed.")
    overdue: bool | None = value("overdue", zh="是否逾期", en="Whether it was not done when due.")
    history: list[WorkOrderStep | None] | None = value(
        "history", zh="办理过程，早的在前", en="Each state it came to, oldest first."
    )
    supplements: list[Supplement | None] | None = value("supplements", zh="补充的情况", en="What was added later.")
    follow_up: FollowUp | None = value("follow_up", zh="回访；未回访为空", en="The call back; null before.")
    attachments: list[Attachment | None] | None = value("attachments", zh="附件", en="Files beside it: photos, voice.")
    source_question: Question | None = link(
        QuestionSource.load_questions,
        key="source_question_key",
        zh="转来的提问；不是由提问转来的为空",
        en="The question it was handed over from; null where from none the asker may see.",
    )
