"""What the duty registry knows besides a studio's page, and what became of writes to it."""

from datetime import timedelta
from typing import Any

from connectors.records.member import MemberOrder, MemberQuery
from connectors.records.shift import NewShift
from connectors.sandbox.world import World
from connectors.viewer import Ask
from tests.conformance.samples.asking import Keys, More, a_page, employees, members, nothing_more


def committees(world: World) -> list[str]:
    """Codes of committees, the first with committees below it."""
    return [committee.code for committee in world.committees[:3]]


KEYED: dict[str, tuple[Keys, More]] = {
    "load_members_by_employee": (employees, nothing_more),
    "load_portals": (committees, nothing_more),
    "load_region_counts": (lambda w: [committee.region_code for committee in w.committees[:3]], nothing_more),
}
NAMED_BY = {"load_members_by_employee": "employee_code"}
LISTED: dict[str, tuple[Keys, More]] = {
    "list_member_studios": (members, nothing_more),
    "list_members": (
        lambda w: [MemberQuery(), MemberQuery(region_key=w.committees[1].region_code, order=MemberOrder.NAME_ASC)],
        a_page,
    ),
    "list_committee_children": (committees, nothing_more),
    "list_sectors": (committees, lambda _: (None,)),
}


async def _written(method: Any, world: World, ask: Ask) -> list[str]:
    """A write that was done: the staff who ask put a member on duty."""
    staff = next(person.work for person in world.officials if "staff" in person.roles and person.work)
    studio = next(studio for studio in world.studios if studio.committee.code == staff.unit_code)
    starts = world.today + timedelta(days=30)
    shift = NewShift(
        studio_key=studio.key, member_key=studio.members[0].key, starts_at=starts, ends_at=starts + timedelta(hours=1)
    )
    await method("schedule_shift")(shift, "conformance-write-0001", ask)
    return ["conformance-write-0001"]


ANSWERED = {"load_writes": _written}
