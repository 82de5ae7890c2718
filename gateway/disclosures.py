"""Tells the audit whose personal data somebody was shown whole: one entry an operation, class of data and purpose.

An entry names at most a hundred people, by pseudonym; more are more entries. Who read their own is not told.
"""

from collections.abc import Callable, Mapping

from auth.audit import Act, Audit
from auth.audit.persons import employee_name, member_name, resident_name
from connectors.viewer import PersonalClass, Viewer
from gateway.execution.run import Bad
from schema.declarations import People
from schema.personal import Disclosed, others_in

MOST_PERSONS = 100
_ERRORS = (Bad, Exception)

_NAMES: Mapping[People, Callable[[str], str]] = {
    People.MEMBER: member_name,
    People.EMPLOYEE: employee_name,
    People.RESIDENT: resident_name,
}


class Disclosures:
    """What an engine calls when an operation that showed such data has ended."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit

    def __call__(self, viewer: Viewer, trace_id: str, disclosed: Disclosed) -> None:
        """Note them."""
        fields: dict[tuple[PersonalClass, str | None], set[str]] = {}
        persons: dict[tuple[PersonalClass, str | None], set[str]] = {}
        for personal, purpose, keys in others_in(disclosed, viewer, _ERRORS):
            fields.setdefault((personal.kind, purpose), set()).add(personal.field)
            persons.setdefault((personal.kind, purpose), set()).update(map(_NAMES[personal.whose.people], keys))
        for (kind, purpose), names in persons.items():
            told = sorted(names)
            for begin in range(0, len(told), MOST_PERSONS):
                some = tuple(told[begin : begin + MOST_PERSONS])
                self._audit.note(
                    Act.READ_PERSONAL,
                    who=viewer.person_id,
                    client_id=viewer.client_id,
                    trace_id=trace_id,
                    persons=some,
                    kind=kind.value,
                    fields=sorted(fields[kind, purpose]),
                    count=len(some),
                    **({} if purpose is None else {"purpose": purpose}),
                )
