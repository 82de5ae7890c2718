"""Who belongs where: the organisations whose notices, schedule and work are an employee's own."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from connectors.sandbox.world import PersonSeed, World

_COMMITTEE_ROLES = {"member", "staff"}


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person as rows name them."""

    code: str
    name: str

    def row(self) -> dict[str, str]:
        """The wire's form."""
        return {"employeeCode": self.code, "employeeName": self.name}


class Circles:
    """Organisations and people of the work app, found by code; never changes.

    An employee's circle is their unit, the organisation they are listed under and, for members and staff, the
    committee of the region.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.units = {unit.code: unit for unit in world.units}
        self.codes = tuple(self.units)
        self.index = {code: at for at, code in enumerate(self.codes)}
        self.people: dict[str, Colleague] = {}
        self.committees = {committee.region_code: committee for committee in world.committees}
        self._of_unit: dict[str, list[Colleague]] = defaultdict(list)
        self._of_region: dict[str, list[Colleague]] = defaultdict(list)
        self._place: dict[str, tuple[str, int]] = {}
        self._circle: dict[str, tuple[str, ...]] = {}
        for person in world.persons:
            if person.work is not None:
                self._add(person)

    def _add(self, person: PersonSeed) -> None:
        work = person.work
        if work is None or not work.employee_code:  # administrators have an account and no employee code
            return
        colleague = Colleague(work.employee_code, person.name)
        region = self.units[work.unit_code].region_code
        committee = self.committees[region].code if _COMMITTEE_ROLES & {*person.roles} else work.unit_code
        circle = tuple(dict.fromkeys((work.unit_code, work.organization_code, committee)))
        self.people[work.employee_code] = colleague
        self._circle[work.employee_code] = circle
        self._place[work.employee_code] = (region, len(self._of_region[region]))
        self._of_region[region].append(colleague)
        for unit in {work.unit_code, work.organization_code}:
            self._of_unit[unit].append(colleague)

    def of(self, employee: str) -> tuple[str, ...]:
        """The organisations of an employee; none for somebody unknown."""
        return self._circle.get(employee, ())

    def people_of(self, unit: str) -> Sequence[Colleague]:
        """Those who work or are listed in a unit."""
        return self._of_unit.get(unit, ())

    def neighbours(self, employee: str) -> tuple[str, int, Sequence[Colleague]]:
        """The region somebody works in, their place among its people, and these people."""
        region, at = self._place[employee]
        return region, at, self._of_region[region]

    def people_in(self, region: str) -> Sequence[Colleague]:
        """Those who work in a region."""
        return self._of_region.get(region, ())

    def named(self, unit: str) -> dict[str, Any]:
        """An organisation as rows name it."""
        return {"organizationCode": unit, "organizationName": self.units[unit].name}
