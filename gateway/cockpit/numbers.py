"""Hands a cockpit's regions and periods on to the platforms that count."""

from collections.abc import Sequence
from typing import Any

import msgspec

from connectors.errors import PlatformError
from connectors.ports import CockpitSource, CommitteeRegistry, DutyScoreSource, QuestionStatisticsSource, UnitTree
from connectors.ports.work_orders import WorkOrderSource
from connectors.records.cockpit import Cockpit, RegionDays, RegionOfficials
from connectors.records.duty_score import LeaderboardEntry, LeaderboardQuery
from connectors.records.organization import UnitCounts
from connectors.records.page import PageArgs
from connectors.records.question_statistics import Days, RankedStudio, RankingQuery, RegionQuestions
from connectors.records.region import RegionCounts
from connectors.records.work_order import RegionWorkOrders
from connectors.viewer import Ask
from schema.loaders import Source, Sources, source_in


class CockpitNumbers(CockpitSource):
    """One per process, over what the platforms offer. Where nobody offers a number it raises as the loaders do."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    async def load_cockpits(self, keys: Sequence[RegionDays], ask: Ask) -> Sequence[Cockpit]:  # noqa: ARG002 - who asks is the graph's business
        """Answer which numbers are meant."""
        return [Cockpit(key=key) for key in keys]

    async def load_cockpit_questions(
        self, keys: Sequence[RegionDays], ask: Ask
    ) -> Sequence[RegionQuestions | PlatformError | None]:
        """Count the questions: a call for each period, which is one in a page."""
        return await self._per_period(QuestionStatisticsSource.load_region_questions, keys, ask)

    async def load_cockpit_work_orders(
        self, keys: Sequence[RegionDays], ask: Ask
    ) -> Sequence[RegionWorkOrders | PlatformError | None]:
        """Count the work orders, likewise."""
        return await self._per_period(WorkOrderSource.load_region_work_orders, keys, ask)

    async def load_region_officials(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[RegionOfficials | PlatformError | None]:
        """Add up the people of each region's committees; a sum that one of them is missing from is its error."""
        plain = msgspec.structs.replace(ask, wanted=None)
        counts = await self._read(CommitteeRegistry.load_region_counts, keys, plain)
        codes = list(dict.fromkeys(code for one in counts if isinstance(one, RegionCounts) for code in _codes(one)))
        units = await self._read(UnitTree.load_unit_counts, codes, plain) if codes else ()
        found = dict(zip(codes, units, strict=True))
        return [_added(one, found) for one in counts]

    async def list_active_studios(
        self, keys: Sequence[RegionDays], most: int, ask: Ask
    ) -> Sequence[tuple[RankedStudio, ...] | PlatformError]:
        """Read the first page of each ranking."""
        queries = [RankingQuery(region_key=key.region_key, days=key.days) for key in keys]
        pages = await self._read(QuestionStatisticsSource.list_ranked_studios, queries, ask, PageArgs(first=most))
        return [page if isinstance(page, PlatformError) else page.nodes for page in pages]

    async def list_best_members(
        self, keys: Sequence[RegionDays], most: int, ask: Ask
    ) -> Sequence[tuple[LeaderboardEntry, ...] | PlatformError]:
        """Read each region's leaderboard: duty is scored by years."""
        queries = [LeaderboardQuery(year=key.days.end.year, region_key=key.region_key) for key in keys]
        best: Sequence[tuple[LeaderboardEntry, ...] | PlatformError] = await self._read(
            DutyScoreSource.list_leaders, queries, ask, most
        )
        return best

    async def _per_period(self, source: Source, keys: Sequence[RegionDays], ask: Ask) -> list[Any]:
        found: dict[RegionDays, Any] = {}
        periods: dict[Days, list[RegionDays]] = {}
        for key in keys:
            periods.setdefault(key.days, []).append(key)
        for days, mine in periods.items():
            answers = await self._read(source, [key.region_key for key in mine], ask, days)
            found |= zip(mine, answers, strict=True)
        return [found[key] for key in keys]

    async def _read(self, source: Source, keys: Sequence[Any], ask: Ask, *more: Any) -> Any:
        return await source_in(self._sources, source)(keys, *more, ask)


def _codes(counts: RegionCounts) -> tuple[str, ...]:
    """The committees' codes; none where they could not be read."""
    codes: Any = counts.organization_keys
    return () if isinstance(codes, PlatformError) else tuple(codes)


def _added(counts: Any, units: dict[str, UnitCounts | PlatformError | None]) -> RegionOfficials | PlatformError | None:
    if not isinstance(counts, RegionCounts):
        return counts  # type: ignore[no-any-return]  # None or the error
    codes: Any = counts.organization_keys  # or the error that stands in their place
    if isinstance(codes, PlatformError):
        return codes
    found: list[Any] = [_people_of(units[code]) for code in codes]
    broken = next((number for number in found if isinstance(number, PlatformError)), None)
    return broken or RegionOfficials(key=counts.key, official_count=sum(found))


def _people_of(unit: UnitCounts | PlatformError | None) -> Any:
    """How many; none of an office the address book does not know."""
    return unit.official_count if isinstance(unit, UnitCounts) else unit or 0
