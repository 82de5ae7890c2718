"""Who sees what, object by object: rules that a scope alone cannot say."""

from connectors.errors import PlatformError
from connectors.records.deliberation import VideoRoom
from connectors.records.official import Official, OfficialRef
from connectors.records.shift import DutyShift
from connectors.refusals import RefusedError
from connectors.viewer import Role, Scope, Viewer

_FEWEST_SHOWN = 5
_MEETING = frozenset({Role.MEMBER, Role.OFFICIAL, Role.STAFF})
_PUBLIC = frozenset({Role.CITIZEN, Role.MEMBER})


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


def sees_duty(_: object, viewer: Viewer) -> bool:
    """What members do as their duty is shown with either scope of duties. Raises ``RefusedError`` without one."""
    if not viewer.holds(Scope.DUTY_READ) and not viewer.holds(Scope.DUTY_WRITE):
        raise RefusedError("FORBIDDEN", scope=Scope.DUTY_READ.value)
    return True


def may_take_part(_: object, viewer: Viewer) -> bool:
    """Members and citizens take part in what is public, with either's scope of writing.

    Raises ``RefusedError`` naming what is missing: a role, or the scope of the role.
    """
    if viewer.holds(Scope.DUTY_WRITE) and Role.MEMBER in viewer.roles:
        return True
    if viewer.holds(Scope.QUESTION_WRITE) and not _PUBLIC.isdisjoint(viewer.roles):
        return True
    if _PUBLIC.isdisjoint(viewer.roles):
        raise RefusedError("FORBIDDEN_ROLE", role=", ".join(sorted(_PUBLIC)))
    scope = Scope.DUTY_WRITE if Role.MEMBER in viewer.roles else Scope.QUESTION_WRITE
    raise RefusedError("FORBIDDEN", scope=scope.value)


def may_speak(statement: object, viewer: Viewer) -> bool:
    """The same; but who is a member speaks as one, and needs a member's scope for it. Raises ``RefusedError``."""
    if Role.MEMBER in viewer.roles and not viewer.holds(Scope.DUTY_WRITE):
        raise RefusedError("FORBIDDEN", scope=Scope.DUTY_WRITE.value)
    return may_take_part(statement, viewer)


def may_close(_: object, viewer: Viewer) -> bool:
    """Its asker ends a question, and who handles questions. Raises ``RefusedError`` naming the role or the scope."""
    return _asks_or_handles(viewer, frozenset({Role.MEMBER, Role.STAFF}))


def may_reopen(_: object, viewer: Viewer) -> bool:
    """Its asker has a question taken up again, and staff. Raises ``RefusedError`` naming the role or the scope."""
    return _asks_or_handles(viewer, frozenset({Role.STAFF}))


def _asks_or_handles(viewer: Viewer, handling: frozenset[Role]) -> bool:
    handles, asks = not handling.isdisjoint(viewer.roles), Role.CITIZEN in viewer.roles
    if (handles and viewer.holds(Scope.DUTY_WRITE)) or (asks and viewer.holds(Scope.QUESTION_WRITE)):
        return True
    if not handles and not asks:
        raise RefusedError("FORBIDDEN_ROLE", role=", ".join(sorted({Role.CITIZEN, *handling})))
    raise RefusedError("FORBIDDEN", scope=(Scope.DUTY_WRITE if handles else Scope.QUESTION_WRITE).value)


def sees_opinion_reports(_: object, viewer: Viewer) -> bool:
    """A member's own duties lead to them, with either scope of duties; others need ``opinion:read``.

    Which reports one then sees the platform's rule decides. Raises ``RefusedError`` without a scope.
    """
    on_duty = viewer.holds(Scope.DUTY_READ) or viewer.holds(Scope.DUTY_WRITE)
    if not viewer.holds(Scope.OPINION_READ) and not (Role.MEMBER in viewer.roles and on_duty):
        raise RefusedError("FORBIDDEN", scope=Scope.OPINION_READ.value)
    return True
