"""Places, by their GB/T 2260 code."""

import enum

from connectors.records.record import Record


class RegionLevel(enum.Enum):
    """How large a place is (domain-terms section 1)."""

    PROVINCIAL = "PROVINCIAL"
    MUNICIPAL = "MUNICIPAL"
    COUNTY = "COUNTY"


class Region(Record, frozen=True):
    """A division of GB/T 2260; ``key`` is its six-digit code."""

    key: str
    name: str
    level: RegionLevel
    parent_key: str | None


class RegionCounts(Record, frozen=True):
    """What the duty registry has in a region and what lies in it; ``organization_keys`` are its committees' codes."""

    key: str
    organization_keys: tuple[str, ...]
    organization_count: int
    member_count: int
    studio_count: int
