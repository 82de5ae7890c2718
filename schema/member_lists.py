"""Which members a list is of, and the sectors they represent; knows no type that shows a member."""

from collections.abc import Mapping
from typing import Any

import strawberry

from connectors.ports import CommitteeRegistry, MemberDirectory
from connectors.records.member import MemberOrder, MemberQuery
from connectors.refusals import RefusedError
from schema.declarations import ListSize
from schema.fields import CHINESE, argument, described, many, optional, value
from schema.identifiers import key_named
from schema.paging import connection
from schema.places import known_region

_LONGEST_NAME = 50
_MOST_SECTORS = 60
_LAST_TERM = 99

strawberry.enum(MemberOrder, description="Orders in which members can be listed.")
setattr(MemberOrder, CHINESE, "委员列表的次序")


@strawberry.input(description="Which members; what is left out does not matter.")
class MemberFilter:
    """All fields optional."""

    region_code: str | None = optional("区划代码，含其下辖", "GB/T 2260 code of a place; what lies in it is included.")
    organization_id: strawberry.ID | None = optional("所属政协组织", "Of that committee.")
    sector_code: str | None = optional("界别代码", "Code of a sector in the committee's table.")
    name: str | None = optional("姓名中的文字", f"Part of the name, at most {_LONGEST_NAME} characters.")


setattr(MemberFilter, CHINESE, "委员的筛选条件，均可不填")


def member_query(arguments: Mapping[str, Any]) -> MemberQuery:
    """Which members. Raises ``RefusedError`` (BAD_INPUT, BAD_ID)."""
    chosen = arguments.get("filter") or {}
    name = (chosen.get("name") or "").strip()
    if len(name) > _LONGEST_NAME:
        raise RefusedError("BAD_INPUT", field="name")
    return MemberQuery(
        region_key=known_region(chosen.get("regionCode")),
        organization_key=key_named(chosen.get("organizationId"), "Organization"),
        sector_code=chosen.get("sectorCode"),
        name=name or None,
        order=arguments["orderBy"],
    )


_ORDER = argument("orderBy", MemberOrder, zh="次序", en="In which order.", default=MemberOrder.ORGANIZATION_ASC)

CHOICE = (argument("filter", MemberFilter | None, zh="筛选", en="Which members."), _ORDER)

MEMBERS: Any = connection(
    MemberDirectory.list_members,
    arguments=CHOICE,
    owner=lambda _, arguments: member_query(arguments),
    zh="政协委员名录",
    en="The directory of members.",
)

OF_COMMITTEE: Any = connection(
    MemberDirectory.list_members,
    arguments=(_ORDER,),
    owner=lambda parent, arguments: MemberQuery(organization_key=parent.key, order=arguments["orderBy"]),
    zh="本组织的委员",
    en="Its members.",
)


@described(zh="委员会界别代码表中的一行", en="A row of a committee's table of sectors.")
class SectorEntry:
    """Read from ``connectors.records.member.SectorEntry``."""

    code: str | None = value("code", zh="代码", en="Code in the committee's table.")
    name: str | None = value("name", zh="名称", en="Its name.")
    national_codes: list[str | None] | None = value(
        "national_codes", zh="对应的全国政协界别代码", en="Codes of the national sectors it stands for."
    )


def _term(arguments: Mapping[str, Any]) -> tuple[int | None]:
    """Which term. Raises ``RefusedError`` (BAD_INPUT) for a number that is none."""
    term = arguments.get("term")
    if term is not None and not 0 < term <= _LAST_TERM:
        raise RefusedError("BAD_INPUT", field="term")
    return (term,)


SECTORS: Any = many(
    CommitteeRegistry.list_sectors,
    arguments=(argument("term", int | None, zh="届次；不填为本届", en="Of which term; left out, the current one."),),
    taken=_term,
    size=ListSize(_MOST_SECTORS),
    zh="界别代码表，按其次序；普通单位没有",
    en="The committee's table of sectors for a term, in its order; a plain unit has none.",
)
