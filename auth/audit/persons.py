"""What people are called before they get a pseudonym: whoever has not signed in has no person id."""

from auth.store.persons import PersonFacts
from connectors.viewer import Viewer


def member_name(key: str) -> str:
    """A member of a committee, by the duty registry's key."""
    return f"member {key}"


def employee_name(code: str) -> str:
    """An official, by the work app's employee code."""
    return f"employee {code}"


def resident_name(digest: str) -> str:
    """Anybody who was looked up, by the digest of their ID number."""
    return f"resident {digest}"


def person_names(person: Viewer | PersonFacts) -> tuple[str, ...]:
    """Every name of somebody who has signed in, beside the person id."""
    names = (
        person.member_key and member_name(person.member_key),
        person.employee_code and employee_name(person.employee_code),
    )
    return tuple(name for name in names if name)
