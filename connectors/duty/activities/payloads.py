"""What the duty platform sends of activities, as ``contract/activities.yaml`` spells it."""

from connectors.contracted.payloads import Moment, Payload, RowPayload
from connectors.duty.payloads import NamedMemberPayload
from connectors.records.activity import AttendanceStatus, CheckInMethod


class AgendaPayload(Payload, frozen=True):
    """One point of an agenda."""

    starts_at: Moment
    title: str


class LogisticsPayload(Payload, frozen=True):
    """Where somebody sleeps, rides and sits."""

    lodging: str | None
    transport: str | None
    seat: str | None


class MarkPayload(Payload, frozen=True):
    """The standing of the member who looks."""

    id: str
    status: AttendanceStatus
    checked_in_at: Moment | None
    method: CheckInMethod | None


class ActivityPayload(RowPayload, frozen=True):
    """An activity."""

    id: str
    title: str
    kind: str
    kind_name: str
    starts_at: Moment
    ends_at: Moment
    venue: str
    region_code: str
    organization_code: str
    organization_name: str
    organization_level: str
    check_in_opens_at: Moment
    check_in_closes_at: Moment
    invited_count: int
    attendance_count: int
    agenda: list[AgendaPayload]
    deliberation_id: str | None
    logistics: LogisticsPayload | None
    own: MarkPayload | None


class AttendancePayload(RowPayload, frozen=True):
    """A member's standing."""

    id: str
    member: NamedMemberPayload
    activity_id: str
    status: AttendanceStatus
    checked_in_at: Moment | None
    method: CheckInMethod | None


class AttendedPayload(RowPayload, frozen=True):
    """What a write answers: the standing, and the activity as the member sees it."""

    id: str
    member: NamedMemberPayload
    activity_id: str
    status: AttendanceStatus
    checked_in_at: Moment | None
    method: CheckInMethod | None
    activity: ActivityPayload


class CodePayload(RowPayload, frozen=True):
    """What to show at the door; ``id`` is the activity's."""

    id: str
    code: str
    ends_at: Moment
