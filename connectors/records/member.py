"""Members of a committee."""

import enum

from msgspec import UNSET, UnsetType

from connectors.errors import PlatformError
from connectors.records.official import OfficialRef
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class Sector(Record, frozen=True):
    """The sector (界别) a member represents: a row of the committee's code table."""

    code: str
    name: str


class MemberRef(Record, frozen=True):
    """A member as another row names them."""

    key: str
    name: str | UnsetType = UNSET
    sector: Sector | UnsetType = UNSET


class Member(Record, frozen=True):
    """A CPPCC member (政协委员) as the duty registry knows them.

    ``tenant_id`` and ``employee_code`` are the person's 浙政钉 record, ``official`` its key as ``Official`` has it.
    ``portrait_path`` is where the duty platform keeps the picture: a path, never shown to callers.
    """

    key: str
    name: str
    sector: Sector
    organization: OrganizationRef
    term: int
    tenant_id: int | None
    employee_code: str | None
    official: OfficialRef | None
    portrait_path: str | PlatformError | None

    @property
    def portrait(self) -> str | PlatformError | None:
        """The owner's key where there is a picture: what a link to it names; the error where nobody can tell."""
        if isinstance(self.portrait_path, PlatformError):
            return self.portrait_path
        return self.key if self.portrait_path else None


class MemberOrder(enum.Enum):
    """Orders members can be listed in."""

    ORGANIZATION_ASC = "ORGANIZATION_ASC"
    NAME_ASC = "NAME_ASC"


class MemberQuery(Record, frozen=True):
    """Which members; a region includes what lies in it, ``name`` is part of a name. None: any."""

    region_key: str | None = None
    organization_key: str | None = None
    sector_code: str | None = None
    name: str | None = None
    order: MemberOrder = MemberOrder.ORGANIZATION_ASC


class SectorEntry(Record, frozen=True):
    """A row of a committee's table of sectors for a term, and the national sectors it stands for."""

    code: str
    name: str
    national_codes: tuple[str, ...]
    order: int


class MemberStatistics(Record, frozen=True):
    """What citizens made of a member's answers; an average without ratings is None."""

    key: str
    answered_questions: int
    average_rating: float | None
