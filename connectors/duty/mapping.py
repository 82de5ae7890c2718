"""Payload → record."""

from connectors.duty.payloads import (
    MemberPayload,
    NamedMemberPayload,
    OrganizationPayload,
    ShiftPayload,
    StudioMembersPayload,
    StudioPayload,
)
from connectors.records.member import Member, MemberRef, Sector
from connectors.records.official import OfficialRef
from connectors.records.organization import Committee, OrganizationLevel, OrganizationRef
from connectors.records.page import Page, Row
from connectors.records.shift import DutyShift
from connectors.records.studio import Studio, StudioCategory, StudioRef

_LEVELS = {level.value: level for level in OrganizationLevel}
_CATEGORIES = {category.value: category for category in StudioCategory}


def studio_from(payload: StudioPayload) -> Studio:
    """Read one studio."""
    return Studio(
        key=payload.id,
        name=payload.name,
        introduction=_text_from(payload.introduction),
        phone=_text_from(payload.phone),
        address=_text_from(payload.address),
        category=_category_from(payload.category),
        region_key=payload.region_code,
        organization=_organization_ref_from(payload),
        convener=_member_ref_from(payload.convener) if payload.convener else None,
    )


def member_from(payload: MemberPayload) -> Member:
    """Read one member.

    The official's key carries the directory node when the row names it, so that many members' posts can be asked
    for in one call (see ``Official``).
    """
    official = None
    if payload.employee_code:
        directory = f"@{payload.directory_code}" if payload.directory_code else ""
        official = OfficialRef(key=payload.employee_code + directory, employee_code=payload.employee_code)
    return Member(
        key=payload.id,
        name=payload.name,
        sector=Sector(code=payload.sector_code, name=payload.sector_name),
        organization=_organization_ref_from(payload),
        term=payload.term,
        tenant_id=payload.tenant_id,
        employee_code=payload.employee_code,
        official=official,
        portrait_path=f"members/{payload.id}/portrait" if payload.has_portrait else None,
    )


def members_page_from(payload: StudioMembersPayload) -> Page[Member]:
    """Read one studio's page of members."""
    return Page(
        edges=tuple(Row(cursor=row.cursor, node=member_from(row.member)) for row in payload.rows),
        has_next=payload.has_next,
        total=payload.total,
    )


def committee_from(payload: OrganizationPayload) -> Committee:
    """Read one committee."""
    return Committee(
        key=payload.code,
        name=payload.name,
        level=payload.level,
        region_key=payload.region_code,
        member_count=payload.member_count,
    )


def shift_from(payload: ShiftPayload) -> DutyShift:
    """Read one turn on duty."""
    studio = payload.studio
    return DutyShift(
        key=payload.id,
        starts_at=payload.starts_at,
        ends_at=payload.ends_at,
        topic=_text_from(payload.topic),
        member=_member_ref_from(payload.member),
        studio=StudioRef(key=studio.id, name=studio.name, category=_category_from(studio.category)),
        question_count=payload.question_count,
    )


def shifts_from(payloads: list[ShiftPayload]) -> tuple[DutyShift, ...]:
    """Read a list of turns, in the platform's order."""
    return tuple(shift_from(payload) for payload in payloads)


def _member_ref_from(payload: NamedMemberPayload) -> MemberRef:
    sector = Sector(code=payload.sector_code, name=payload.sector_name)
    return MemberRef(key=payload.id, name=payload.name, sector=sector)


def _organization_ref_from(payload: StudioPayload | MemberPayload) -> OrganizationRef:
    level = payload.organization_level
    return OrganizationRef(
        key=payload.organization_code,
        name=payload.organization_name,
        level=_LEVELS.get(level) if isinstance(level, str) else None,
    )


def _category_from(code: str) -> StudioCategory:
    """A category the platform added after this was written is one of the others."""
    return _CATEGORIES.get(code, StudioCategory.OTHER)


def _text_from(value: object) -> str | None:
    """A text, or nothing where the platform has none or sends something else."""
    return value if isinstance(value, str) and value else None
