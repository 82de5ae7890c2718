"""What the duty platform sends of deliberations, as ``contract/deliberations.yaml`` spells it.

Every member is always there, null where there is nothing: a missing one is an error, not nothing.
"""

from connectors.contracted.payloads import Moment, Payload, RowPayload
from connectors.records.deliberation import DeliberationKind, DeliberationStatus


class VideoRoomPayload(Payload, frozen=True):
    """Where and when it meets by video."""

    url: str
    starts_at: Moment


class AdoptedReportPayload(Payload, frozen=True):
    """An opinion report that the outcome took up."""

    id: str
    title: str


class OutcomePayload(Payload, frozen=True):
    """What came of it."""

    summary: str
    adopted_reports: list[AdoptedReportPayload]


class DeliberationPayload(RowPayload, frozen=True, kw_only=True):
    """A deliberation."""

    id: str
    kind: DeliberationKind
    title: str
    background: str | None
    status: DeliberationStatus
    opens_at: Moment
    closes_at: Moment
    organization_code: str
    organization_name: str
    organization_level: str
    region_code: str
    brand: str | None
    parent_id: str | None
    child_count: int
    live_stream_url: str | None
    video_room: VideoRoomPayload | None
    participant_count: int
    statement_count: int
    outcome: OutcomePayload | None
    proposal_id: str | None
    activity_ids: list[str]
    changed_at: Moment
    withdrawn_at: Moment | None
