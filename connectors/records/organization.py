"""Organisations: committees (owned by the duty registry) and units of the work app's address book."""

import enum

from msgspec import UNSET, UnsetType

from connectors.records.record import Record


class OrganizationLevel(enum.Enum):
    """Level of a CPPCC organisation (domain-terms section 7a)."""

    NATIONAL = "NATIONAL"
    PROVINCIAL = "PROVINCIAL"
    MUNICIPAL = "MUNICIPAL"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"


class OrganizationRef(Record, frozen=True):
    """An organisation as another row names it; ``key`` is its ``GO_`` code."""

    key: str
    name: str | UnsetType = UNSET
    level: OrganizationLevel | UnsetType | None = UNSET


class Committee(Record, frozen=True):
    """A CPPCC committee as the duty registry knows it; ``key`` is its 浙政钉 ``GO_`` code.

    Of level ``TOWNSHIP`` it is a liaison group, which the address book need not know.
    """

    key: str
    name: str
    level: OrganizationLevel
    region_key: str
    member_count: int
    studio_count: int = 0
    parent_key: str | None = None


class PortalApp(Record, frozen=True):
    """An application on a committee's shelf; ``path`` is where it stands below the platform's own pages."""

    code: str
    name: str
    path: str


class Brand(Record, frozen=True):
    """What a committee is known for, such as 请你来协商."""

    name: str
    slogan: str | None


class OrganizationPortal(Record, frozen=True):
    """A committee's portal: applications on its shelf, its brands, the committee a level above."""

    key: str
    apps: tuple[PortalApp, ...]
    brands: tuple[Brand, ...]
    above: OrganizationRef | None


class UnitType(enum.Enum):
    """What a node of the address book is (wire-formats A5, ``typeCode``)."""

    UNIT = "UNIT"
    INNER_INSTITUTION = "INNER_INSTITUTION"
    NODE = "NODE"  # holds others together, is no office itself (虚节点)


class Unit(Record, frozen=True):
    """An organisation of the work app's address book (wire-formats A5)."""

    key: str
    name: str
    parent_key: str | None
    region_key: str | None
    short_name: str | None = None
    type: UnitType | None = None


class UnitCounts(Record, frozen=True):
    """How many people work in an organisation and all below it."""

    key: str
    official_count: int


class UnitPath(Record, frozen=True):
    """Where an organisation lies: all it is part of, the root first, and itself last."""

    key: str
    units: tuple[OrganizationRef, ...]
