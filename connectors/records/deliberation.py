"""Deliberations: what a committee consults on, and what came of it (domain-terms section 7a)."""

import enum
from datetime import datetime

from msgspec import UNSET, UnsetType

from connectors.records.activity import ActivityRef
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class DeliberationKind(enum.Enum):
    """How it is consulted on: 议题征集, 网络议政, 远程协商, 热点关注."""

    TOPIC_CALL = "TOPIC_CALL"
    ONLINE_DELIBERATION = "ONLINE_DELIBERATION"
    REMOTE_CONSULTATION = "REMOTE_CONSULTATION"
    HOT_TOPIC = "HOT_TOPIC"


class DeliberationStatus(enum.Enum):
    """Where it stands: statements are taken while it is open; a concluded one has an outcome."""

    SCHEDULED = "SCHEDULED"
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    CONCLUDED = "CONCLUDED"


class DeliberationOrder(enum.Enum):
    """Orders deliberations are listed in."""

    OPENS_AT_DESC = "OPENS_AT_DESC"
    CLOSES_AT_ASC = "CLOSES_AT_ASC"


class VideoRoom(Record, frozen=True):
    """Where and when a deliberation meets by video (视频会商室); the link is for those who take part."""

    url: str
    starts_at: datetime


class AdoptedReport(Record, frozen=True):
    """An opinion report that an outcome took up; ``key`` is the report's."""

    key: str
    title: str


class DeliberationOutcome(Record, frozen=True):
    """What came of a deliberation."""

    summary: str
    adopted_reports: tuple[AdoptedReport, ...]


class DeliberationRef(Record, frozen=True):
    """A deliberation as another row names it."""

    key: str
    title: str | UnsetType = UNSET
    kind: DeliberationKind | UnsetType = UNSET
    status: DeliberationStatus | UnsetType = UNSET


class Deliberation(Record, frozen=True):
    """A deliberation as the duty platform knows it.

    ``brand`` is the series it belongs to, such as 请你来协商. A sub-topic names its parent; a deliberation has at most
    three levels (a province's topic, a city's, a county's). One that was withdrawn is told only as a change.
    """

    key: str
    kind: DeliberationKind
    title: str
    background: str | None
    status: DeliberationStatus
    opens_at: datetime
    closes_at: datetime
    organization: OrganizationRef
    region_key: str
    brand: str | None
    parent_key: str | None
    child_count: int
    live_stream_url: str | None
    video_room: VideoRoom | None
    participant_count: int
    statement_count: int
    outcome: DeliberationOutcome | None
    proposal_key: str | None
    """The proposal whose handling is consulted on (重点提案办理协商)."""
    activities: tuple[ActivityRef, ...]
    """The meetings held for it."""
    changed_at: datetime
    withdrawn_at: datetime | None


class DeliberationQuery(Record, frozen=True):
    """Which deliberations; None: either. A region includes what lies in it; ``text`` stands in title or background.

    ``top_level`` leaves sub-topics out. With ``changed_since`` they come by their change, oldest first, whatever the
    order; those withdrawn since are among them.
    """

    kind: DeliberationKind | None = None
    status: DeliberationStatus | None = None
    organization_key: str | None = None
    region_key: str | None = None
    text: str | None = None
    top_level: bool = False
    changed_since: datetime | None = None
    order: DeliberationOrder = DeliberationOrder.OPENS_AT_DESC
