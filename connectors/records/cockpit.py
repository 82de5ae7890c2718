"""The cockpit (数据驾驶舱): one region's numbers over a period."""

import enum

from connectors.records.question_statistics import Days
from connectors.records.record import Record
from connectors.regions import REGIONS


class StudioRankingOrder(enum.Enum):
    """What studios are ranked by: the replies they gave."""

    ACTIVITY_DESC = "ACTIVITY_DESC"


class RegionDays(Record, frozen=True):
    """A region (GB/T 2260) with what lies in it, over a period."""

    region_key: str
    days: Days


class Cockpit(Record, frozen=True):
    """Which numbers are meant; each is read on its own, so that one platform's failure costs its own only."""

    key: RegionDays

    @property
    def region_key(self) -> str:
        """The region's code."""
        return self.key.region_key

    @property
    def children(self) -> tuple["Cockpit", ...]:
        """The cockpits of the regions directly below, by code, of the same period."""
        below = sorted(region.key for region in REGIONS.values() if region.parent_key == self.region_key)
        return tuple(Cockpit(key=RegionDays(region_key=code, days=self.key.days)) for code in below)


class RegionOfficials(Record, frozen=True):
    """How many people work in the offices of the committees of a region and what lies in it."""

    key: str
    official_count: int


class OpinionTopic(Record, frozen=True):
    """A keyword of published questions, put by at least five different people.

    ``change``: how many more or fewer than in the period of equal length before, as a ratio to that; None where there
    was none. ``sample_keys``: some of the questions, the newest first.
    """

    key: str
    question_count: int
    change: float | None
    sample_keys: tuple[str, ...]
