"""Payload → record of activities. An error in a value's place stays there."""

from typing import Any

from msgspec import UNSET, structs

from connectors.contracted.rows import Shape
from connectors.duty.activities.payloads import (
    ActivityPayload,
    AgendaPayload,
    AttendancePayload,
    AttendedPayload,
    CodePayload,
    LogisticsPayload,
    MarkPayload,
)
from connectors.duty.named import each_of, maybe, member_ref_from, organization_ref_from
from connectors.lenient import kept
from connectors.records.activity import Activity, AgendaItem, Attendance, AttendanceMark, CheckInCode, Logistics
from connectors.records.code import Code


def activity_from(payload: ActivityPayload) -> Activity:
    """Read one activity."""
    organization: Any = organization_ref_from(
        payload.organization_code, payload.organization_name, payload.organization_level
    )
    return Activity(
        key=payload.id,
        title=payload.title,
        kind=Code(code=payload.kind, name=payload.kind_name),
        starts_at=payload.starts_at,
        ends_at=payload.ends_at,
        venue=payload.venue,
        region_key=payload.region_code,
        organization=organization,
        check_in_opens_at=payload.check_in_opens_at,
        check_in_closes_at=payload.check_in_closes_at,
        invited_count=payload.invited_count,
        attendance_count=payload.attendance_count,
        agenda=each_of(payload.agenda, _agenda_from),
        deliberation_key=payload.deliberation_id,
        logistics=None if payload.own is None else maybe(payload.logistics, _logistics_from),
        own=maybe(payload.own, _mark_from),
    )


def activity_for_others_from(payload: ActivityPayload) -> Activity:
    """Read one activity for who is no member: nothing in it can be their own, whatever the platform says."""
    return structs.replace(activity_from(payload), logistics=None, own=None)


def attendance_from(payload: AttendancePayload) -> Attendance:
    """Read one member's standing."""
    return _attendance(payload, UNSET)


def attended_from(payload: AttendedPayload) -> Attendance:
    """Read what a write answered."""
    return _attendance(payload, kept(payload.activity, activity_from))


def code_from(payload: CodePayload) -> CheckInCode:
    """Read what to show at the door."""
    return CheckInCode(key=payload.id, code=payload.code, ends_at=payload.ends_at)


def _attendance(payload: AttendancePayload | AttendedPayload, activity: Any) -> Attendance:
    member: Any = kept(payload.member, member_ref_from)
    return Attendance(
        key=payload.id,
        member=member,
        activity_key=payload.activity_id,
        status=payload.status,
        checked_in_at=payload.checked_in_at,
        method=payload.method,
        activity=activity,
    )


def _agenda_from(payload: AgendaPayload) -> AgendaItem:
    return AgendaItem(starts_at=payload.starts_at, title=payload.title)


def _logistics_from(payload: LogisticsPayload) -> Logistics:
    return Logistics(lodging=payload.lodging, transport=payload.transport, seat=payload.seat)


def _mark_from(payload: MarkPayload) -> AttendanceMark:
    return AttendanceMark(
        key=payload.id, status=payload.status, checked_in_at=payload.checked_in_at, method=payload.method
    )


ACTIVITY = Shape(ActivityPayload, activity_from)
ACTIVITY_FOR_OTHERS = Shape(ActivityPayload, activity_for_others_from)
ATTENDANCE = Shape(AttendancePayload, attendance_from)
ATTENDED = Shape(AttendedPayload, attended_from)
CODE = Shape(CodePayload, code_from)
