"""Who sees what, object by object: rules that a scope alone cannot say."""

from connectors.errors import PlatformError
from connectors.records.deliberation import VideoRoom
from connectors.records.official import Official, OfficialRef
from connectors.records.shift import DutyShift
from connectors.refusals import RefusedError
from connectors.viewer import Role, Scope, Viewer

_FEWEST_SHOWN = 5
_MEETING = frozenset({Role.MEMBER, Role.OFFICIAL, Role.STAFF})


def sees_question_count(shift: DutyShift, viewer: Viewer) -> bool:
    """A count that includes private questions is shown to others only when it tells nothing of one of them.

    Staff and the member on duty see it always (domain-terms section 5).
    """
    concerned = Role.STAFF in viewer.roles or (viewer.member_key is not None and viewer.member_key == shift.member.key)
    # a count that could not be read shows nothing but its error
    unreadable = isinstance(shift.question_count, PlatformError)
    return concerned or unreadable or shift.question_count >= _FEWEST_SHOWN


def sees_desk(official: Official | OfficialRef, viewer: Viewer) -> bool:
    """One's own to-dos and notices take no scope; another's take ``office:read``, besides the platform's own rule.

    Raises ``RefusedError`` without it.
    """
    own = viewer.employee_code is not None and viewer.employee_code == official.employee_code
    if not own and not viewer.holds(Scope.OFFICE_READ):
        raise RefusedError("FORBIDDEN", scope=Scope.OFFICE_READ.value)
    return True


def sees_video_room(_: VideoRoom, viewer: Viewer) -> bool:
    """The link lets one into the room: it is for those who meet there, not for the public that looks on."""
    return not _MEETING.isdisjoint(viewer.roles)


def sees_opinion_reports(_: object, viewer: Viewer) -> bool:
    """A member's own duties lead to them, with either scope of duties; others need ``opinion:read``.

    Which reports one then sees the platform's rule decides. Raises ``RefusedError`` without a scope.
    """
    on_duty = viewer.holds(Scope.DUTY_READ) or viewer.holds(Scope.DUTY_WRITE)
    if not viewer.holds(Scope.OPINION_READ) and not (Role.MEMBER in viewer.roles and on_duty):
        raise RefusedError("FORBIDDEN", scope=Scope.OPINION_READ.value)
    return True
