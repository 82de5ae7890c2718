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
    """A CPPCC committee as the duty registry knows it; ``key`` is its 浙政钉 ``GO_`` code."""

    key: str
    name: str
    level: OrganizationLevel
    region_key: str
    member_count: int


class Unit(Record, frozen=True):
    """An organisation of the work app's address book (wire-formats A5)."""

    key: str
    name: str
    parent_key: str | None
    region_key: str | None
