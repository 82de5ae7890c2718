"""What becomes of questions, in numbers."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.page import Page, PageArgs
from connectors.records.question_statistics import Days, RankedStudio, RankingQuery, RegionQuestions
from connectors.viewer import Ask


@runtime_checkable
class QuestionStatisticsSource(Protocol):
    """Counts questions; private ones for staff only. A period is at most 366 days."""

    async def load_region_questions(
        self, keys: Sequence[str], days: Days, ask: Ask
    ) -> Sequence[RegionQuestions | PlatformError | None]:
        """Count the questions asked in each region (GB/T 2260) and what lies in it."""

    async def list_ranked_studios(
        self, queries: Sequence[RankingQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[RankedStudio] | PlatformError]:
        """Read one page of the ranking per query, the most active first."""
