"""What the suite does on a platform: one write, or one call about one thing, ready to be made, and made again."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from connectors.deadline import Deadline
from connectors.sandbox.world import MemberSeed, PersonSeed, World
from connectors.viewer import Ask, Role, Scope, Viewer

ON_DUTY = frozenset({Scope.DUTY_READ, Scope.DUTY_WRITE})
Find = Callable[[str], Any]
"""A connection's method of that name."""
Shown = Callable[[Find], Awaitable[int]]
"""How often the platform shows what was done, read through a connection of its own: 1 once it was."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a sample is made: a healthy connection, the world, and a number no other sample of that name has.

    ``listener`` is an address that answers whatever it is called with as a platform expects it.
    """

    find: Find
    world: World
    number: int
    listener: str

    def write_id(self, name: str) -> str:
        """An id for a write that no other write has."""
        return f"write-of-faults-{name.replace('_', '-')}-{self.number:04d}"[:64]

    def title(self, what: str) -> str:
        """Words that nothing else says."""
        return f"{what}（故障试验{self.number:04d}）"


@dataclass(frozen=True, slots=True)
class Deed:
    """One call: who asks, what is given before the ask, what is given by name; ``shown`` where it can be counted."""

    ask: Ask
    given: tuple[Any, ...]
    named: Mapping[str, Any] = field(default_factory=dict)
    shown: Shown | None = None


def asking_as(viewer: Viewer) -> Ask:
    """Somebody asks, with time enough."""
    return Ask(viewer, Deadline.after(60))


def colleagues(world: World) -> list[MemberSeed]:
    """The members of the first committee."""
    return [member for member in world.members if member.committee is world.committees[0]]


def of_member(member: MemberSeed) -> Ask:
    """A member asks."""
    return asking_as(Viewer(roles=frozenset({Role.MEMBER}), scopes=ON_DUTY, member_key=member.key))


def of_citizen(person: PersonSeed) -> Ask:
    """A citizen asks, by the account on the citizen app."""
    return asking_as(Viewer(roles=frozenset({Role.CITIZEN}), accounts={"zheliban": person.user_id or ""}))


def of_staff(world: World) -> Ask:
    """Somebody of the first committee's office asks."""
    code = world.committees[0].code
    work = next(p.work for p in world.officials if "staff" in p.roles and p.work and p.work.unit_code == code)
    viewer = Viewer(roles=frozenset({Role.OFFICIAL, Role.STAFF}), scopes=ON_DUTY, employee_code=work.employee_code)
    return asking_as(viewer)
