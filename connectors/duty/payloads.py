"""What the duty platform sends, as ``contract/registry.yaml`` spells it (camel case on the wire).

Every member of a row is always there, null where there is nothing: a missing one is an error, not nothing. Codes of
tables that may grow (category, kind, level) are texts here.
"""

import msgspec

from connectors.contracted.payloads import Moment, Payload, RowPayload


class TokenPayload(msgspec.Struct, frozen=True):
    """RFC 6749 section 5.1."""

    access_token: str
    token_type: str
    expires_in: float
    scope: str | None = None


class NamedMemberPayload(Payload, frozen=True):
    """A member as another row names them."""

    id: str
    name: str
    sector_code: str
    sector_name: str


class NamedStudioPayload(Payload, frozen=True):
    """A studio as another row names it."""

    id: str
    name: str
    category: str


class StudioPayload(RowPayload, frozen=True):
    """A studio."""

    id: str
    name: str
    introduction: str | None
    phone: str | None
    address: str | None
    category: str
    kind: str
    star_rating: int | None
    tags: list[str]
    joint_studios: list[NamedStudioPayload]
    member_count: int
    region_code: str
    organization_code: str
    organization_name: str
    organization_level: str
    convener: NamedMemberPayload | None


class MemberPayload(RowPayload, frozen=True):
    """A member; the last three are null without an account on 浙政钉."""

    id: str
    name: str
    sector_code: str
    sector_name: str
    term: int
    organization_code: str
    organization_name: str
    organization_level: str
    has_portrait: bool
    tenant_id: int | None
    employee_code: str | None
    directory_code: str | None


class OrganizationPayload(RowPayload, frozen=True):
    """A committee or a township's liaison group."""

    id: str
    name: str
    level: str
    region_code: str
    parent_code: str | None
    member_count: int
    studio_count: int


class AppPayload(Payload, frozen=True):
    """An application on a committee's shelf."""

    code: str
    name: str
    path: str


class BrandPayload(Payload, frozen=True):
    """What a committee is known for."""

    name: str
    slogan: str | None


class NamedOrganizationPayload(Payload, frozen=True):
    """A committee as another row names it."""

    organization_code: str
    organization_name: str
    organization_level: str


class PortalPayload(RowPayload, frozen=True):
    """A committee's portal."""

    id: str
    apps: list[AppPayload]
    brands: list[BrandPayload]
    above: NamedOrganizationPayload | None


class SectorPayload(RowPayload, frozen=True):
    """A row of a committee's table of sectors."""

    id: str
    name: str
    national_sector_codes: list[str]
    order: int


class RegionCountsPayload(RowPayload, frozen=True):
    """What there is in a region."""

    id: str
    organization_count: int
    organization_codes: list[str]
    member_count: int
    studio_count: int


class ShiftPayload(RowPayload, frozen=True):
    """A turn on duty."""

    id: str
    starts_at: Moment
    ends_at: Moment
    topic: str | None
    member: NamedMemberPayload
    studio: NamedStudioPayload
    question_count: int


class MatchPayload(Payload, frozen=True):
    """A look-up's entry as it was asked (a digest, or tenant and employee), and who it is."""

    member: MemberPayload
    id_digest: str | None = None
    tenant_id: int | None = None
    employee_code: str | None = None


class WrittenPayload(RowPayload, frozen=True):
    """A write that was done."""

    id: str
    operation: str
    done_at: Moment
    entity_id: str | None
