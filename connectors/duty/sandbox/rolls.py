"""Who is who in the world, as the matters of a committee need it: its members, its staff, the bureaus beside it."""

from collections import defaultdict

from connectors.sandbox.world import CommitteeSeed, MemberSeed, PersonSeed, UnitSeed, World

_BUREAU = "GO_bu"


class Rolls:
    """Made once from the world; never changes."""

    def __init__(self, world: World) -> None:
        self.committees = {committee.code: committee for committee in world.committees}
        self.by_region = {committee.region_code: committee for committee in world.committees}
        self.members = {member.key: member for member in world.members}
        self.units = {unit.code: unit for unit in world.units}
        self.officials = {person.work.employee_code: person for person in world.officials if person.work}
        self._members_of: dict[str, list[MemberSeed]] = defaultdict(list)
        for member in world.members:
            self._members_of[member.committee.code].append(member)
        self._people_of: dict[str, list[PersonSeed]] = defaultdict(list)
        for person in self.officials.values():
            if person.work:
                self._people_of[person.work.unit_code].append(person)
        self._bureaus_of: dict[str, list[UnitSeed]] = defaultdict(list)
        for unit in world.units:
            if unit.code.startswith(_BUREAU):
                self._bureaus_of[unit.region_code].append(unit)

    def members_of(self, committee: CommitteeSeed) -> list[MemberSeed]:
        """A committee's members."""
        return self._members_of[committee.code]

    def bureaus_of(self, committee: CommitteeSeed) -> list[UnitSeed]:
        """The bureaus of a committee's division: the units proposals are assigned to."""
        return self._bureaus_of[committee.region_code]

    def people_of(self, unit_code: str) -> list[PersonSeed]:
        """The officials whose post is in a unit."""
        return self._people_of[unit_code]

    def is_staff_of(self, committee: CommitteeSeed, employee_code: str | None) -> bool:
        """Whether somebody works in that committee's office: their post is in the committee as a unit."""
        person = self.officials.get(employee_code or "")
        return person is not None and "staff" in person.roles and self.unit_of(employee_code) == committee.code

    def unit_of(self, employee_code: str | None) -> str | None:
        """The unit somebody's post is in."""
        person = self.officials.get(employee_code or "")
        return person.work.unit_code if person and person.work else None
