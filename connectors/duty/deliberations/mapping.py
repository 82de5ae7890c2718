"""Payload → record of deliberations."""

from connectors.duty.deliberations.payloads import (
    AdoptedReportPayload,
    DeliberationPayload,
    OutcomePayload,
    VideoRoomPayload,
)
from connectors.duty.links import link_from
from connectors.duty.named import each_of, maybe, organization_ref_from, text_or_none
from connectors.records.activity import ActivityRef
from connectors.records.deliberation import AdoptedReport, Deliberation, DeliberationOutcome, VideoRoom

_OPERATION = "deliberations"


def deliberation_from(payload: DeliberationPayload) -> Deliberation:
    """Read one deliberation."""
    return Deliberation(
        key=payload.id,
        kind=payload.kind,
        title=payload.title,
        background=text_or_none(payload.background),
        status=payload.status,
        opens_at=payload.opens_at,
        closes_at=payload.closes_at,
        organization=organization_ref_from(
            payload.organization_code, payload.organization_name, payload.organization_level
        ),
        region_key=payload.region_code,
        brand=text_or_none(payload.brand),
        parent_key=payload.parent_id,
        child_count=payload.child_count,
        live_stream_url=link_from(payload.live_stream_url, _OPERATION),
        video_room=maybe(payload.video_room, _room_from),
        participant_count=payload.participant_count,
        statement_count=payload.statement_count,
        outcome=maybe(payload.outcome, _outcome_from),
        proposal_key=payload.proposal_id,
        activities=each_of(payload.activity_ids, _activity_from),
        changed_at=payload.changed_at,
        withdrawn_at=payload.withdrawn_at,
    )


def _activity_from(key: str) -> ActivityRef:
    return ActivityRef(key=key)


def _room_from(payload: VideoRoomPayload) -> VideoRoom:
    return VideoRoom(url=link_from(payload.url, _OPERATION), starts_at=payload.starts_at)


def _outcome_from(payload: OutcomePayload) -> DeliberationOutcome:
    return DeliberationOutcome(summary=payload.summary, adopted_reports=each_of(payload.adopted_reports, _report_from))


def _report_from(payload: AdoptedReportPayload) -> AdoptedReport:
    return AdoptedReport(key=payload.id, title=payload.title)
