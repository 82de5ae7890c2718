"""Committees and the townships' liaison groups below them: by code, children, portals, sectors, counts by region."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from connectors.duty.sandbox.ground import Ground
from connectors.duty.sandbox.sectors import sector_rows
from connectors.records.organization import OrganizationLevel
from connectors.regions import REGIONS
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import Asked, items_of, short_of
from connectors.sandbox.world import CommitteeSeed

Row = dict[str, Any]
_STREETS = ("城东街道", "城西街道", "太平街道", "石塘镇")
_APPS = (
    ("proposals", "提案办理", "/apps/proposals"),
    ("opinions", "社情民意", "/apps/opinions"),
    ("studios", "委员工作室", "/apps/studios"),
    ("deliberations", "请你来协商", "/apps/deliberations"),
    ("micro", "微建议", "/apps/micro"),
    ("reading", "委员读书", "/apps/reading"),
    ("activities", "履职活动", "/apps/activities"),
)
_BRANDS = (
    ("请你来协商", "有事好商量，众人的事情由众人商量"),
    ("民生议事堂", "把协商搬到群众家门口"),
    ("委员会客厅", "委员与群众面对面"),
    ("六送下乡", "送政策、送科技、送医疗、送文化、送法律、送教育"),
)
_LEAST_APPS = 4


@dataclass(frozen=True, slots=True)
class Body:
    """A committee, or a liaison group below one."""

    code: str
    name: str
    level: OrganizationLevel
    region_code: str
    parent_code: str | None
    member_count: int
    studio_count: int


class Organizations:
    """Indexed once."""

    def __init__(self, ground: Ground) -> None:
        world = ground.world
        self._ground = ground
        self._committees = {committee.code: committee for committee in world.committees}
        self._by_region = {committee.region_code: committee for committee in world.committees}
        self._members = Counter(member.committee.code for member in world.members)
        self._studios = Counter(studio.committee.code for studio in world.studios)
        bodies = [body for committee in world.committees for body in self._bodies(committee)]
        self.by_code = {body.code: body for body in bodies}
        self._children: dict[str, list[Body]] = {body.code: [] for body in bodies}
        for body in bodies:
            if body.parent_code is not None:
                self._children[body.parent_code].append(body)

    def rows(self, asked: Asked) -> Row:
        """``GET /organizations``."""
        return items_of(self.by_code, asked.keys(), self._row)

    def children(self, asked: Asked) -> Row:
        """``GET /organizations/children``."""
        known = [code for code in asked.owners() if code in self._children]
        return short_of({code: [self._row(child) for child in self._children[code]] for code in known})

    def portals(self, asked: Asked) -> Row:
        """``GET /organizations/portals``: of committees only."""
        return items_of(self._committees, asked.keys(), self._portal)

    def sectors(self, asked: Asked) -> Row:
        """``GET /organizations/sectors``: each committee's table for a term; without one, for the current."""
        term = asked.number("term", 99)
        known = [code for code in asked.owners() if code in self._committees]
        if term is not None and term != self._ground.world.members[0].term:
            return short_of(dict.fromkeys(known, ()))
        return short_of({code: sector_rows(self._committees[code]) for code in known})

    def counts(self, asked: Asked) -> Row:
        """``GET /regions/counts``: of a region and what lies in it."""
        regions = {code: self._within(code) for code in asked.regions("ids") if code in REGIONS}
        return {"items": [self._counts(code, within) for code, within in regions.items() if within]}

    def _within(self, code: str) -> list[CommitteeSeed]:
        prefix = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
        return [committee for committee in self._by_region.values() if committee.region_code.startswith(prefix)]

    def _counts(self, code: str, committees: list[CommitteeSeed]) -> Row:
        return {
            "id": code,
            "organizationCount": len(committees),
            "organizationCodes": [committee.code for committee in committees],
            "memberCount": sum(self._members[committee.code] for committee in committees),
            "studioCount": sum(self._studios[committee.code] for committee in committees),
        }

    def _bodies(self, committee: CommitteeSeed) -> list[Body]:
        above = self._above(committee)
        members, studios = self._members[committee.code], self._studios[committee.code]
        code, region, parent = committee.code, committee.region_code, above.code if above else None
        own = Body(code, committee.name, committee.level, region, parent, members, studios)
        if committee.level is not OrganizationLevel.COUNTY:
            return [own]
        groups = len(_STREETS)
        return [own] + [
            Body(
                code=f"GO_lz{region}{at:02d}",
                name=f"{REGIONS[region].name}政协{street}联络组",
                level=OrganizationLevel.TOWNSHIP,
                region_code=region,
                parent_code=committee.code,
                member_count=members // groups + (at < members % groups),
                studio_count=0,
            )
            for at, street in enumerate(_STREETS)
        ]

    def _above(self, committee: CommitteeSeed) -> CommitteeSeed | None:
        parent = REGIONS[committee.region_code].parent_key
        return self._by_region.get(parent) if parent else None

    @staticmethod
    def _row(body: Body) -> Row:
        return {
            "id": body.code,
            "name": body.name,
            "level": body.level.value,
            "regionCode": body.region_code,
            "parentCode": body.parent_code,
            "memberCount": body.member_count,
            "studioCount": body.studio_count,
        }

    def _portal(self, committee: CommitteeSeed) -> Row:
        random = self._ground.world.random(f"duty-portal:{committee.code}")
        apps = sorted(random.sample(_APPS, random.randint(_LEAST_APPS, len(_APPS))))
        brand, slogan = random.choice(_BRANDS)
        above = self._above(committee)
        named = {"organizationCode": above.code, "organizationName": above.name} if above else None
        return {
            "id": committee.code,
            "apps": [{"code": code, "name": name, "path": path} for code, name, path in apps],
            "brands": [{"name": f"{REGIONS[committee.region_code].name}·{brand}", "slogan": slogan}],
            "above": named and named | {"organizationLevel": above.level.value if above else None},
        }


def operations(ground: Ground) -> Sequence[Operation]:
    """Committees and what belongs to them."""
    organizations = Organizations(ground)
    return [
        ground.read("organizations", "/organizations", organizations.rows),
        ground.read("organizations.children", "/organizations/children", organizations.children, ("ownerIds",)),
        ground.read("organizations.portals", "/organizations/portals", organizations.portals),
        ground.read("organizations.sectors", "/organizations/sectors", organizations.sectors, ("ownerIds", "term")),
        ground.read("regions.counts", "/regions/counts", organizations.counts),
    ]
