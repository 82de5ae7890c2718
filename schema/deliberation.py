"""Deliberations: what a committee consults on, who says what there, and what comes of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from connectors.ports import DeliberationSource, StatementSource
from connectors.records.deliberation import Deliberation as DeliberationRecord
from connectors.records.deliberation import DeliberationKind, DeliberationRef
from connectors.records.proposal import ProposalRef
from connectors.records.statement import StatementOrder
from connectors.viewer import Scope
from schema.declarations import Requirement
from schema.fields import argument, described, identifier, value
from schema.guards import sees_video_room
from schema.matter_status import MatterStatus, matter_status
from schema.node import Node
from schema.organization import Organization
from schema.paging import Connection, connection
from schema.region import Region, region_at
from schema.statement import Statement

if TYPE_CHECKING:
    from schema.activity import Activity
    from schema.opinion_report import OpinionReport
    from schema.proposal import Proposal

_LOAD = DeliberationSource.load_deliberations


@described(zh="视频会商室", en="The video room a deliberation meets in.")
class VideoRoom:
    """Read from ``connectors.records.deliberation.VideoRoom``."""

    starts_at: datetime | None = value("starts_at", zh="开始时间", en="When they meet.")
    url: str | None = value(
        "url",
        requires=Requirement(sees=sees_video_room),
        zh="进入地址；只有委员、公职人员和机关工作人员可见，其他人请看直播",
        en="Where to enter, for members, officials and committee staff; null to others, who have the live stream.",
    )


@described(zh="协商成果", en="What came of a deliberation.")
class DeliberationOutcome:
    """Read from ``connectors.records.deliberation.DeliberationOutcome``."""

    summary: str | None = value("summary", zh="综述", en="In a few sentences.")
    adopted_reports: list[Annotated["OpinionReport", strawberry.lazy("schema.opinion_report")] | None] | None = value(
        "adopted_reports", zh="采纳的社情民意信息", en="The opinion reports it took up."
    )


def _parent(key: str, _: Any) -> DeliberationRef:
    return DeliberationRef(key=key)


@described(
    zh="协商：议题征集、网络议政、远程协商或热点关注",
    en="A deliberation: what a committee consults members and the public on.",
    of=DeliberationRecord | DeliberationRef,
)
class Deliberation(Node):
    """Whatever row it came from; what that row does not carry is read by key. Everybody sees the same."""

    id: strawberry.ID = identifier("Deliberation")
    kind: DeliberationKind | None = value("kind", source=_LOAD, zh="形式", en="How it is consulted on.")
    title: str | None = value("title", source=_LOAD, zh="议题", en="What it is about.")
    background: str | None = value("background", source=_LOAD, zh="背景", en="What one should know before.")
    status: MatterStatus | None = value("status", source=_LOAD, then=matter_status, zh="状态", en="Where it stands.")
    opens_at: datetime | None = value("opens_at", source=_LOAD, zh="开始时间", en="When statements begin to be taken.")
    closes_at: datetime | None = value("closes_at", source=_LOAD, zh="截止时间", en="Until when they are taken.")
    changed_at: datetime | None = value("changed_at", source=_LOAD, zh="更新时间", en="When it was last changed.")
    organization: Organization | None = value(
        "organization", source=_LOAD, zh="主办的政协组织", en="The committee that holds it."
    )
    region: Region | None = value("region_key", source=_LOAD, then=region_at, zh="所在区划", en="In which place.")
    brand: str | None = value(
        "brand", source=_LOAD, zh="协商品牌，如“请你来协商”", en="The series it belongs to, such as 请你来协商."
    )
    parent: "Deliberation | None" = value(
        "parent_key", source=_LOAD, then=_parent, zh="上级议题；不是子议题为空", en="What it is a sub-topic of, if any."
    )
    sub_topic_count: int | None = value(
        "child_count", source=_LOAD, zh="直接子议题数", en="How many lie directly below."
    )
    sub_topics: Connection["Deliberation"] | None = connection(
        DeliberationSource.list_sub_deliberations,
        zh="直接子议题，先开始的在前；最多三层",
        en="The sub-topics directly below it, the first to open first; at most three levels in all.",
    )
    live_stream_url: str | None = value(
        "live_stream_url", source=_LOAD, zh="直播地址；没有直播为空", en="Where it is shown live; null without stream."
    )
    video_room: VideoRoom | None = value(
        "video_room",
        source=_LOAD,
        zh="视频会商室；不开视频会为空",
        en="Where they meet by video; null where they do not.",
    )
    participant_count: int | None = value("participant_count", source=_LOAD, zh="参与人数", en="How many take part.")
    statement_count: int | None = value(
        "statement_count", source=_LOAD, zh="已发布的发言数", en="How many statements are published."
    )
    statements: Connection[Statement] | None = connection(
        StatementSource.list_deliberation_statements,
        arguments=(
            argument("orderBy", StatementOrder, zh="次序", en="In which order.", default=StatementOrder.POSTED_AT_DESC),
        ),
        zh="已发布的发言",
        en="What was said and published.",
    )
    outcome: DeliberationOutcome | None = value(
        "outcome", source=_LOAD, zh="成果；形成之前为空", en="What came of it; null before it is concluded."
    )
    proposal: Annotated["Proposal", strawberry.lazy("schema.proposal")] | None = value(
        "proposal_key",
        source=_LOAD,
        then=lambda key, _: ProposalRef(key=key),
        zh="所协商办理的提案；没有为空",
        en="The proposal whose handling is consulted on; null if none.",
    )
    activities: list[Annotated["Activity", strawberry.lazy("schema.activity")] | None] | None = value(
        "activities",
        source=_LOAD,
        requires=Requirement(Scope.GRAPH_READ),
        zh="为其举行的活动和会议",
        en="The activities and meetings held for it.",
    )
