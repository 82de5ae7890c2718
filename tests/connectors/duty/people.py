"""Who asks, in tests of what is a member's own and the offices'."""

from connectors.deadline import Deadline
from connectors.sandbox.world import CommitteeSeed, MemberSeed, World
from connectors.viewer import Ask, Role, Viewer


def as_member(member: MemberSeed) -> Ask:
    """A member, with time enough."""
    return Ask(Viewer(roles=frozenset({Role.MEMBER}), member_key=member.key), Deadline.after(30))


def as_staff(world: World, committee: CommitteeSeed) -> Ask:
    """Somebody of a committee's office."""
    work = next(p.work for p in world.officials if "staff" in p.roles and p.work and p.work.unit_code == committee.code)
    return Ask(Viewer(roles=frozenset({Role.STAFF}), employee_code=work.employee_code), Deadline.after(30))
