"""What the duty platform sends, as ``contract/registry.yaml`` spells it (camel case on the wire).

Texts nobody decides by are ``object``: a platform that sends a number there loses that text, not the row.
"""

from datetime import datetime
from typing import Annotated

import msgspec

from connectors.records.organization import OrganizationLevel

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time with an offset; one without is no time we can place."""


class Payload(msgspec.Struct, rename="camel", frozen=True):
    """The base: camel case, members we do not know are ignored."""


class TokenPayload(msgspec.Struct, frozen=True):
    """RFC 6749 section 5.1."""

    access_token: str
    token_type: str
    expires_in: float


class NamedMemberPayload(Payload, frozen=True):
    """A member as another row names them."""

    id: str
    name: str
    sector_code: str
    sector_name: str


class StudioPayload(Payload, frozen=True):
    """A studio; ``category`` and ``organization_level`` may be ones we do not know."""

    id: str
    name: str
    category: str
    region_code: str
    organization_code: str
    organization_name: str
    organization_level: object = None
    introduction: object = None
    phone: object = None
    address: object = None
    convener: NamedMemberPayload | None = None


class MemberPayload(Payload, frozen=True):
    """A member; the last three are absent without an account on 浙政钉."""

    id: str
    name: str
    sector_code: str
    sector_name: str
    term: int
    organization_code: str
    organization_name: str
    organization_level: object = None
    has_portrait: bool = False
    tenant_id: int | None = None
    employee_code: str | None = None
    directory_code: str | None = None


class MemberRowPayload(Payload, frozen=True):
    """A row of a page."""

    cursor: str
    member: MemberPayload


class StudioMembersPayload(Payload, frozen=True):
    """One studio's page of members."""

    studio_id: str
    rows: list[MemberRowPayload]
    has_next: bool
    total: int | None = None


class OrganizationPayload(Payload, frozen=True):
    """A committee."""

    code: str
    name: str
    level: OrganizationLevel
    region_code: str
    member_count: int


class NamedStudioPayload(Payload, frozen=True):
    """A studio as a shift names it."""

    id: str
    name: str
    category: str


class ShiftPayload(Payload, frozen=True):
    """A turn on duty."""

    id: str
    starts_at: Moment
    ends_at: Moment
    member: NamedMemberPayload
    studio: NamedStudioPayload
    question_count: int
    topic: object = None


class StudioShiftsPayload(Payload, frozen=True):
    """One studio's shifts."""

    studio_id: str
    shifts: list[ShiftPayload]


class RegionShiftsPayload(Payload, frozen=True):
    """One region's shifts."""

    region_code: str
    shifts: list[ShiftPayload]


class MatchPayload(Payload, frozen=True):
    """A look-up's entry as it was asked (a digest, or tenant and employee), and who it is."""

    member: MemberPayload
    id_digest: str | None = None
    tenant_id: int | None = None
    employee_code: str | None = None


class MatchesPayload(Payload, frozen=True):
    """What a look-up found."""

    matches: list[MatchPayload]


class ProblemPayload(msgspec.Struct, frozen=True):
    """The part of a problem (RFC 9457) that is read."""

    code: str
