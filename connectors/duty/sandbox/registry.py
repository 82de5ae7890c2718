"""Everything the sandbox knows, as the rows it tells, indexed once."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from connectors.duty.digests import id_digest
from connectors.duty.sandbox.asking import Place
from connectors.duty.sandbox.portraits import has_portrait
from connectors.duty.sandbox.shifts import Roster, Shift, named_row, shifts_of
from connectors.duty.settings import DutySettings
from connectors.sandbox.world import TENANT_ID, CommitteeSeed, MemberSeed, StudioSeed, World

Row = dict[str, Any]


@dataclass(frozen=True)
class Registry:
    """Rows by what they are asked for by; lives as long as the sandbox and never changes."""

    studios: dict[str, Row]
    studio_members: dict[str, list[tuple[Place, Row]]]
    members: dict[str, Row]
    members_by_digest: dict[str, Row]
    members_by_employee: dict[tuple[int, str], Row]
    organizations: dict[str, Row]
    shifts: dict[str, Row]
    studio_shifts: dict[str, Roster]
    region_shifts: dict[str, Roster]


def registry_of(world: World, settings: DutySettings) -> Registry:
    """Index the world; the settings hold the key that both sides make digests with."""
    members = {member.key: _member_row(member) for member in world.members}
    shifts = list(shifts_of(world))
    return Registry(
        studios={studio.key: _studio_row(studio) for studio in world.studios},
        studio_members={studio.key: _studio_members(studio, members) for studio in world.studios},
        members=members,
        members_by_digest={_digest(member, settings): members[member.key] for member in world.members},
        members_by_employee={
            (TENANT_ID, member.person.work.employee_code): members[member.key]
            for member in world.members
            if member.person.work
        },
        organizations=_organization_rows(world),
        shifts={shift.key: shift.row for shift in shifts},
        studio_shifts=_by_studio(shifts),
        region_shifts=_by_region(shifts),
    )


def _digest(member: MemberSeed, settings: DutySettings) -> str:
    return id_digest(member.person.id_number, settings.id_digest_key, settings.id_digest_version)


def _committee(committee: CommitteeSeed) -> Row:
    return {
        "organizationCode": committee.code,
        "organizationName": committee.name,
        "organizationLevel": committee.level.value,
    }


def _studio_row(studio: StudioSeed) -> Row:
    own = {
        "id": studio.key,
        "name": studio.name,
        "introduction": studio.introduction,
        "phone": studio.phone,
        "address": studio.address,
        "category": studio.category.value,
        "regionCode": studio.committee.region_code,
        "convener": named_row(studio.members[0]),
    }
    return own | _committee(studio.committee)


def _member_row(member: MemberSeed) -> Row:
    row = named_row(member) | _committee(member.committee)
    row |= {"term": member.term, "hasPortrait": has_portrait(member.key)}
    work = member.person.work
    if work is None:
        return row
    account = {"tenantId": TENANT_ID, "employeeCode": work.employee_code}
    return row | account | {"directoryCode": member.committee.directory_code}


def _studio_members(studio: StudioSeed, members: dict[str, Row]) -> list[tuple[Place, Row]]:
    """The convener first, the others by id: an order in which a place can be named."""
    convener = studio.members[0]
    places = sorted((0 if member is convener else 1, member.key) for member in studio.members)
    return [(place, members[place[1]]) for place in places]


def _organization_rows(world: World) -> dict[str, Row]:
    counts = Counter(member.committee.code for member in world.members)
    return {
        committee.code: {
            "code": committee.code,
            "name": committee.name,
            "level": committee.level.value,
            "regionCode": committee.region_code,
            "memberCount": counts[committee.code],
        }
        for committee in world.committees
    }


def _by_studio(shifts: list[Shift]) -> dict[str, Roster]:
    sorted_out: dict[str, list[Shift]] = {}
    for shift in shifts:
        sorted_out.setdefault(shift.studio.key, []).append(shift)
    return {key: Roster(own) for key, own in sorted_out.items()}


def _by_region(shifts: list[Shift]) -> dict[str, Roster]:
    """Each shift under its division, the city and the province: GB/T 2260 codes nest by their digits."""
    sorted_out: dict[str, list[Shift]] = {}
    for shift in shifts:
        code = shift.studio.committee.region_code
        for region in {code, f"{code[:4]}00", f"{code[:2]}0000"}:
            sorted_out.setdefault(region, []).append(shift)
    return {code: Roster(own) for code, own in sorted_out.items()}
