"""Payload → record of the registry. An error in a value's place stays there (``connectors/lenient.py``)."""

from typing import Any

from connectors.contracted.rows import Shape
from connectors.duty.named import each_of, maybe, member_ref_from, organization_ref_from, sector_named, text_or_none
from connectors.duty.payloads import (
    AppPayload,
    BrandPayload,
    MemberPayload,
    NamedOrganizationPayload,
    NamedStudioPayload,
    OrganizationPayload,
    PortalPayload,
    RegionCountsPayload,
    SectorPayload,
    ShiftPayload,
    StudioPayload,
    WrittenPayload,
)
from connectors.errors import PlatformError
from connectors.lenient import kept
from connectors.records.member import Member, SectorEntry
from connectors.records.official import OfficialRef
from connectors.records.organization import Brand, Committee, OrganizationLevel, OrganizationPortal, PortalApp
from connectors.records.region import RegionCounts
from connectors.records.shift import DutyShift
from connectors.records.studio import Studio, StudioCategory, StudioKind, StudioRef
from connectors.records.written import Written

_LEVELS = {level.value: level for level in OrganizationLevel}
_CATEGORIES = {category.value: category for category in StudioCategory}
_KINDS = {kind.value: kind for kind in StudioKind}


def studio_from(payload: StudioPayload) -> Studio:
    """Read one studio."""
    organization: Any = organization_ref_from(
        payload.organization_code, payload.organization_name, payload.organization_level
    )
    return Studio(
        key=payload.id,
        name=payload.name,
        introduction=maybe(payload.introduction, text_or_none),
        phone=maybe(payload.phone, text_or_none),
        address=maybe(payload.address, text_or_none),
        category=category_from(payload.category),
        kind=maybe(payload.kind, _KINDS.get),
        star_rating=payload.star_rating,
        tags=each_of(payload.tags, str),
        joint_studios=each_of(payload.joint_studios, studio_ref_from),
        member_count=payload.member_count,
        region_key=payload.region_code,
        organization=organization,
        convener=maybe(payload.convener, member_ref_from),
    )


def member_from(payload: MemberPayload) -> Member:
    """Read one member.

    The official's key carries the directory node when the row names it, so that many members' posts can be asked
    for in one call (see ``Official``).
    """
    organization: Any = organization_ref_from(
        payload.organization_code, payload.organization_name, payload.organization_level
    )
    return Member(
        key=payload.id,
        name=payload.name,
        sector=sector_named(payload.sector_code, payload.sector_name),
        organization=organization,
        term=payload.term,
        tenant_id=payload.tenant_id,
        employee_code=payload.employee_code,
        official=_official_of(payload),
        portrait_path=_portrait_path_of(payload),
    )


def committee_from(payload: OrganizationPayload) -> Committee:
    """Read one committee, or a liaison group below one."""
    level: Any = kept(payload.level, _LEVELS.get)
    return Committee(
        key=payload.id,
        name=payload.name,
        level=level,
        region_key=payload.region_code,
        member_count=payload.member_count,
        studio_count=payload.studio_count,
        parent_key=payload.parent_code,
    )


def portal_from(payload: PortalPayload) -> OrganizationPortal:
    """Read one committee's portal."""
    return OrganizationPortal(
        key=payload.id,
        apps=each_of(payload.apps, _app_from),
        brands=each_of(payload.brands, _brand_from),
        above=maybe(payload.above, _above_from),
    )


def sector_from(payload: SectorPayload) -> SectorEntry:
    """Read one row of a table of sectors."""
    codes: Any = each_of(payload.national_sector_codes, str)
    return SectorEntry(code=payload.id, name=payload.name, national_codes=codes, order=payload.order)


def counts_from(payload: RegionCountsPayload) -> RegionCounts:
    """Read what there is in a region."""
    return RegionCounts(
        key=payload.id,
        organization_keys=each_of(payload.organization_codes, str),
        organization_count=payload.organization_count,
        member_count=payload.member_count,
        studio_count=payload.studio_count,
    )


def shift_from(payload: ShiftPayload) -> DutyShift:
    """Read one turn on duty."""
    member: Any = kept(payload.member, member_ref_from)
    studio: Any = kept(payload.studio, studio_ref_from)
    return DutyShift(
        key=payload.id,
        starts_at=payload.starts_at,
        ends_at=payload.ends_at,
        topic=maybe(payload.topic, text_or_none),
        member=member,
        studio=studio,
        question_count=payload.question_count,
    )


def written_from(payload: WrittenPayload) -> Written:
    """Read what became of a write."""
    return Written(key=payload.id, operation=payload.operation, done_at=payload.done_at, entity_key=payload.entity_id)


def studio_ref_from(payload: NamedStudioPayload) -> Any:
    """Read a studio as another row names it; the error where it does not tell its key."""
    key: Any = payload.id
    if isinstance(key, PlatformError):
        return key
    return StudioRef(key=key, name=payload.name, category=category_from(payload.category))


def category_from(code: str | PlatformError) -> Any:
    """A category the platform added after this was written is one of the others."""
    return code if isinstance(code, PlatformError) else _CATEGORIES.get(code, StudioCategory.OTHER)


STUDIO = Shape(StudioPayload, studio_from)
MEMBER = Shape(MemberPayload, member_from)
MEMBER_BY_EMPLOYEE = Shape(MemberPayload, member_from, key="employee_code")
ORGANIZATION = Shape(OrganizationPayload, committee_from)
PORTAL = Shape(PortalPayload, portal_from)
SECTOR = Shape(SectorPayload, sector_from)
COUNTS = Shape(RegionCountsPayload, counts_from)
SHIFT = Shape(ShiftPayload, shift_from)
WRITTEN = Shape(WrittenPayload, written_from)


def _official_of(payload: MemberPayload) -> Any:
    code: Any = payload.employee_code
    directory: Any = payload.directory_code
    if code is None or isinstance(code, PlatformError):
        return code
    # a directory that cannot be read costs a call more, not the official
    listed = f"@{directory}" if isinstance(directory, str) and directory else ""
    return OfficialRef(key=code + listed, employee_code=code)


def _portrait_path_of(payload: MemberPayload) -> Any:
    has: Any = payload.has_portrait
    if isinstance(has, PlatformError):
        return has
    return f"members/{payload.id}/portrait" if has else None


def _app_from(payload: AppPayload) -> PortalApp:
    return PortalApp(code=payload.code, name=payload.name, path=payload.path)


def _brand_from(payload: BrandPayload) -> Brand:
    return Brand(name=payload.name, slogan=payload.slogan)


def _above_from(payload: NamedOrganizationPayload) -> Any:
    return organization_ref_from(payload.organization_code, payload.organization_name, payload.organization_level)
