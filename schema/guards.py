"""Who sees what, object by object: rules that a scope alone cannot say."""

from connectors.errors import PlatformError
from connectors.records.shift import DutyShift
from connectors.viewer import Role, Viewer

_FEWEST_SHOWN = 5


def sees_question_count(shift: DutyShift, viewer: Viewer) -> bool:
    """A count that includes private questions is shown to others only when it tells nothing of one of them.

    Staff and the member on duty see it always (domain-terms section 5).
    """
    concerned = Role.STAFF in viewer.roles or (viewer.member_key is not None and viewer.member_key == shift.member.key)
    # a count that could not be read shows nothing but its error
    unreadable = isinstance(shift.question_count, PlatformError)
    return concerned or unreadable or shift.question_count >= _FEWEST_SHOWN
