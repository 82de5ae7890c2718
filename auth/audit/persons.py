"""What people are called before they get a pseudonym: whoever has not signed in has no person id."""

from connectors.viewer import Viewer


def member_name(key: str) -> str:
    """A member of a committee, by the duty registry's key."""
    return f"member {key}"


def employee_name(code: str) -> str:
    """An official, by the work app's employee code."""
    return f"employee {code}"


def person_names(viewer: Viewer) -> tuple[str, ...]:
    """Every name of somebody who has signed in, beside the person id."""
    names = (
        viewer.member_key and member_name(viewer.member_key),
        viewer.employee_code and employee_name(viewer.employee_code),
    )
    return tuple(name for name in names if name)
