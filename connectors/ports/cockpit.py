"""The cockpit: numbers of regions, put together."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.cockpit import Cockpit, OpinionTopic, RegionDays, RegionOfficials
from connectors.records.duty_score import LeaderboardEntry
from connectors.records.question_statistics import RankedStudio, RegionQuestions
from connectors.records.work_order import RegionWorkOrders
from connectors.viewer import Ask


@runtime_checkable
class CockpitSource(Protocol):
    """Hands regions and periods on to the platforms that count: the gateway itself offers this, no platform does.

    A period is at most 366 days.
    """

    async def load_cockpits(self, keys: Sequence[RegionDays], ask: Ask) -> Sequence[Cockpit | PlatformError | None]:
        """Answer which numbers are meant; asks nobody."""

    async def load_cockpit_questions(
        self, keys: Sequence[RegionDays], ask: Ask
    ) -> Sequence[RegionQuestions | PlatformError | None]:
        """Count the questions asked."""

    async def load_cockpit_work_orders(
        self, keys: Sequence[RegionDays], ask: Ask
    ) -> Sequence[RegionWorkOrders | PlatformError | None]:
        """Count the work orders accepted."""

    async def load_region_officials(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[RegionOfficials | PlatformError | None]:
        """Count the people of the committees' offices in each region; None where there is no committee."""

    async def list_active_studios(
        self, keys: Sequence[RegionDays], most: int, ask: Ask
    ) -> Sequence[tuple[RankedStudio, ...] | PlatformError]:
        """Read at most so many (1 to 100) of the studios that gave the most replies."""

    async def list_best_members(
        self, keys: Sequence[RegionDays], most: int, ask: Ask
    ) -> Sequence[tuple[LeaderboardEntry, ...] | PlatformError]:
        """Read at most so many (1 to 100) of the members with the highest duty score of the period's last year."""


@runtime_checkable
class OpinionTopicSource(Protocol):
    """Knows what published questions are about, from a store of its own that is kept up in the background."""

    async def list_opinion_topics(
        self, keys: Sequence[RegionDays], most: int, ask: Ask
    ) -> Sequence[tuple[OpinionTopic, ...] | PlatformError]:
        """Read at most so many (1 to 100) keywords per region and period, the most asked first."""
