"""What the calls of the handheld office share: whose tenant, who looks, who acts, and writing once."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from connectors.sandbox.building import CHINA
from connectors.zhezhengding.office.codes import PARAMETER_INVALID, PARAMETER_MISSING, UNKNOWN_PERSON
from connectors.zhezhengding.sandbox.directory.book import FOREIGN_TENANT
from connectors.zhezhengding.sandbox.envelopes import FailedError, succeeded
from connectors.zhezhengding.sandbox.gate import Call
from connectors.zhezhengding.sandbox.office.asking import Asked
from connectors.zhezhengding.sandbox.office.circles import Circles, Colleague
from connectors.zhezhengding.sandbox.office.writes import Writes


def asked_in(call: Call, tenant: str, known: Collection[str]) -> Asked:
    """The call's parameters, where it is our tenant's; raises ``FailedError``."""
    if call.get("tenantId", tenant) != tenant:
        raise FailedError(FOREIGN_TENANT, "no such tenant")
    call.required("tenantId")
    return Asked(call.values(), known)


def known_person(circles: Circles, code: str) -> Colleague:
    """The person who acts; raises ``FailedError`` for somebody unknown."""
    person = circles.people.get(code)
    if person is None:
        raise FailedError(UNKNOWN_PERSON, "no such employee")
    return person


@dataclass(frozen=True, slots=True)
class Looker:
    """For whom something is read: an employee, staff, or both."""

    employee: str | None
    staff: bool

    def sees(self, circles: Circles, units: Iterable[str]) -> bool:
        """Whether something for those organisations is theirs to see."""
        return self.staff or (self.employee is not None and not {*circles.of(self.employee)}.isdisjoint(units))


def viewer_in(asked: Asked) -> Looker:
    """The viewer, who must be named: an employee or staff."""
    viewer = Looker(asked.optional_key("viewerEmployeeCode"), asked.flag("viewerStaff") is True)
    if viewer.employee is None and not viewer.staff:
        raise FailedError(PARAMETER_MISSING, "viewerEmployeeCode is required")
    return viewer


def written(
    call: Call, asked: Asked, writes: Writes, operation: str, do: Callable[[datetime], dict[str, Any]]
) -> Response:
    """Do it once by the call's ``writeId``, at the platform's time."""
    now = datetime.fromtimestamp(call.now, UTC).astimezone(CHINA)
    sent = tuple(sorted((name, value) for name, values in call.values().items() for value in values))
    return succeeded(writes.once(asked.write_id(), operation, sent, now, lambda: do(now)))


def told_of(call: Call, tenant: str, writes: Writes) -> Response:
    """What became of writes."""
    ids = asked_in(call, tenant, ("ids",)).keys("ids")
    if not ids:
        raise FailedError(PARAMETER_INVALID, "ids")
    return succeeded({"items": writes.told(ids)})
