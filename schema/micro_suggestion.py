"""Micro-suggestions (微建议) and the five steps they are handled in (五微联动)."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from connectors.records.micro_suggestion import MicroStepKind
from connectors.records.micro_suggestion import MicroSuggestion as MicroSuggestionRecord
from schema.attachment import Attachment
from schema.fields import CHINESE, described, identifier, value
from schema.micro_status import MicroStatus
from schema.node import Node
from schema.official import Official
from schema.organization import Organization
from schema.region import Region, region_at

if TYPE_CHECKING:
    from schema.member import Member

strawberry.enum(MicroStepKind, description="The five steps of a micro-suggestion, in their order.")
setattr(MicroStepKind, CHINESE, "五微：微建议、微调研、微协商、微监督、微服务")


@described(zh="五微联动中的一步", en="One of the five steps of a micro-suggestion.")
class MicroStep:
    """Read from ``connectors.records.micro_suggestion.MicroStep``."""

    kind: MicroStepKind | None = value("kind", zh="哪一步", en="Which step.")
    status: MicroStatus | None = value("status", zh="进展", en="Where it stands.")
    started_at: datetime | None = value("started_at", zh="开始时间", en="When it began; null before.")
    finished_at: datetime | None = value("finished_at", zh="完成时间", en="When it ended; null before.")
    organization: Organization | None = value(
        "organization", zh="牵头单位；尚未开始为空", en="Who takes it; null before it began."
    )
    summary: str | None = value("summary", zh="小结；尚未完成为空", en="What came of it; null before it ended.")


@described(zh="微建议", en="A member's small proposal about something near at hand.", of=MicroSuggestionRecord)
class MicroSuggestion(Node):
    """Read from ``connectors.records.micro_suggestion.MicroSuggestion``; whoever reads duty matters sees all alike."""

    id: strawberry.ID = identifier("MicroSuggestion")
    title: str | None = value("title", zh="标题", en="In short.")
    body: str | None = value("body", zh="正文", en="In full.")
    status: MicroStatus | None = value(
        "status", zh="进展：五步全部完成才算完成", en="Where it stands: done when all five steps are."
    )
    region: Region | None = value("region_key", then=region_at, zh="涉及的区划", en="The place it is about.")
    organization: Organization | None = value("organization", zh="提交到的政协组织", en="The committee it goes to.")
    author: Annotated["Member", strawberry.lazy("schema.member")] | None = value(
        "author", zh="提出的委员", en="The member who made it."
    )
    steps: list[MicroStep | None] | None = value("steps", zh="五步，依次", en="The five steps, in order.")
    supervisors: list[Official | None] | None = value(
        "supervisors", zh="联合督办人", en="Officials who supervise it together."
    )
    attachments: list[Attachment | None] | None = value("attachments", zh="附件", en="Files beside it.")
    submitted_at: datetime | None = value("submitted_at", zh="提交时间", en="When it was submitted.")
    changed_at: datetime | None = value("changed_at", zh="最近变动时间", en="When it last changed.")
