"""Organisations: committees and units. The duty registry owns what makes a committee, the work app the rest."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from connectors.ports import CommitteeRegistry, OfficialDirectory, UnitSource, UnitTree
from connectors.records.organization import Committee, OrganizationLevel, OrganizationRef, Unit
from connectors.viewer import Scope
from schema.declarations import Requirement
from schema.fields import CHINESE, described, identifier, many, value
from schema.node import Node
from schema.paging import Connection, connection
from schema.region import Region, region_at

if TYPE_CHECKING:
    from schema.official import Official

_DIRECTORY = Requirement(Scope.DIRECTORY_READ)

strawberry.enum(OrganizationLevel, description="Level of a CPPCC organisation.")
setattr(OrganizationLevel, CHINESE, "政协组织的层级")


@described(
    zh="组织：政协委员会，或浙政钉通讯录中的单位",
    en="An organisation: a CPPCC committee, or a unit of the work app's address book.",
    of=OrganizationRef | Unit | Committee,
)
class Organization(Node):
    """Its key is its ``GO_`` code."""

    id: strawberry.ID = identifier("Organization")
    name: str | None = value("name", source=UnitSource.load_units, zh="名称", en="Its name.")
    level: OrganizationLevel | None = value(
        "level",
        source=CommitteeRegistry.load_committees,
        zh="政协组织的层级；普通单位为空",
        en="Level of a committee; null for a plain unit.",
    )
    region: Region | None = value(
        "region_key", source=UnitSource.load_units, then=region_at, zh="所在区划", en="Where it is."
    )
    member_count: int | None = value(
        "member_count",
        source=CommitteeRegistry.load_committees,
        zh="委员人数；普通单位为空",
        en="How many members a committee has; null for a plain unit.",
    )
    official_count: int | None = value(
        "official_count",
        source=UnitTree.load_unit_counts,
        zh="本单位及下级的公职人员数",
        en="How many people work in it and in all below it.",
    )
    children: list["Organization | None"] | None = many(
        UnitTree.list_child_units,
        requires=_DIRECTORY,
        zh="直接下级，按平台的次序",
        en="The organisations directly below it, in the work app's order.",
    )
    officials: Connection[Annotated["Official", strawberry.lazy("schema.official")]] | None = connection(
        OfficialDirectory.list_unit_officials,
        requires=_DIRECTORY,
        zh="直接列在其下的人员",
        en="The people listed directly under it.",
    )
