"""Members: by key, by employee code, the list of all, and their pictures."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.portraits import has_portrait, portrait
from connectors.duty.sandbox.rows import named_member, of_committee
from connectors.duty.sandbox.sectors import sector_of
from connectors.records.member import MemberOrder
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import PAGE, Asked, items_of, page_of
from connectors.sandbox.contracted.problems import not_found
from connectors.sandbox.paging import Order
from connectors.sandbox.world import TENANT_ID, MemberSeed

Row = dict[str, Any]
_ORDERS: dict[MemberOrder, Order[MemberSeed]] = {
    MemberOrder.ORGANIZATION_ASC: Order("ORGANIZATION_ASC", lambda member: (0.0, member.key)),
    MemberOrder.NAME_ASC: Order("NAME_ASC", lambda member: (0.0, f"{member.person.name} {member.key}")),
}
_FILTERS = ("orderBy", "regionCode", "organizationCode", "sectorCode", "name")


class Members:
    """Lists are sorted once for each order and region."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._regions = {committee.code: committee.region_code for committee in ground.world.committees}
        self._sorted = _sorted(ground.world.members)

    def rows(self, asked: Asked) -> Row:
        """``GET /members``."""
        return items_of(self._ground.members, asked.keys(), member_row)

    def by_employees(self, asked: Asked) -> Row:
        """``GET /members/by-employees``: of the codes, those of members."""
        return items_of(self._ground.members_by_employee, asked.keys(), member_row)

    def listed(self, asked: Asked) -> Row:
        """``GET /members/list``; a region includes what lies in it."""
        by = asked.choice("orderBy", MemberOrder) or MemberOrder.ORGANIZATION_ASC
        order, region = _ORDERS[by], asked.region() or ""
        organization, sector, name = asked.key("organizationCode"), asked.key("sectorCode") or "", asked.text("name")
        wanted = asked.page(order)
        if organization is None:
            found = self._sorted[by].get((region, sector), [])
        else:
            of_region = self._sorted[by].get((self._regions.get(organization, "none"), sector), [])
            found = [m for m in of_region if m.committee.code == organization and _lies_in(m, region)]
        if name is not None:
            found = [member for member in found if name in member.person.name]
        return page_of(found, order, wanted, member_row)

    def picture(self, asked: Asked) -> Response:
        """``GET /members/{id}/portrait``."""
        key = asked.request.path_params["id"]
        if key not in self._ground.members or not has_portrait(key):
            raise not_found("no such picture")
        return Response(portrait(key), media_type="image/png")


def _sorted(members: Sequence[MemberSeed]) -> dict[MemberOrder, dict[tuple[str, str], list[MemberSeed]]]:
    """Members by order, and by region and sector; ``""`` stands for any of either."""
    lists: dict[MemberOrder, dict[tuple[str, str], list[MemberSeed]]] = {}
    for by, order in _ORDERS.items():
        lists[by] = {}
        for member in sorted(members, key=order.place):
            for region in _regions_of(member):
                for sector in ("", sector_of(member).code):
                    lists[by].setdefault((region, sector), []).append(member)
    return lists


def _regions_of(member: MemberSeed) -> set[str]:
    """Where a member's committee lies: GB/T 2260 codes nest by their digits."""
    code = member.committee.region_code
    return {code, f"{code[:4]}00", f"{code[:2]}0000", ""}


def _lies_in(member: MemberSeed, region: str) -> bool:
    return region in _regions_of(member)


def member_row(member: MemberSeed) -> Row:
    """One member."""
    row = named_member(member) | of_committee(member.committee)
    row |= {"term": member.term, "hasPortrait": has_portrait(member.key)}
    work = member.person.work
    return row | {
        "tenantId": TENANT_ID if work else None,
        "employeeCode": work.employee_code if work else None,
        "directoryCode": member.committee.directory_code if work else None,
    }


def operations(ground: Ground) -> Sequence[Operation]:
    """Members of the committees."""
    members = Members(ground)
    return [
        ground.read("members", "/members", members.rows),
        ground.read("members.list", "/members/list", members.listed, (*_FILTERS, *PAGE)),
        ground.read("members.byEmployees", "/members/by-employees", members.by_employees),
        ground.read("members.portrait", "/members/{id}/portrait", members.picture, ()),
    ]
