"""Rows that other rows carry: how a member, a studio, a committee is named wherever it stands."""

from typing import Any

from connectors.duty.sandbox.sectors import sector_of
from connectors.sandbox.world import CommitteeSeed, MemberSeed, StudioSeed

Row = dict[str, Any]


def named_member(member: MemberSeed) -> Row:
    """A member as another row names them."""
    sector = sector_of(member)
    return {
        "id": member.key,
        "name": member.person.name,
        "sectorCode": sector.code,
        "sectorName": sector.name,
    }


def named_studio(studio: StudioSeed) -> Row:
    """A studio as another row names it."""
    return {
        "id": studio.key,
        "name": studio.name,
        "category": studio.category.value,
        "regionCode": studio.committee.region_code,
    }


def of_committee(committee: CommitteeSeed) -> Row:
    """The members of a row that say which committee it belongs to."""
    return {
        "organizationCode": committee.code,
        "organizationName": committee.name,
        "organizationLevel": committee.level.value,
        "regionCode": committee.region_code,
    }
