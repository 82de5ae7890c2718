"""What becomes of questions in a region, in numbers: for the cockpit."""

from collections.abc import Sequence

from connectors.errors import PlatformError
from connectors.freshness import OWN_LASTING, REGISTRY
from connectors.records.page import Page, PageArgs
from connectors.records.question_statistics import (
    CategoryQuestions,
    DailyQuestions,
    Days,
    RankedStudio,
    RankingQuery,
    RegionQuestions,
)
from connectors.records.studio import StudioRef
from connectors.viewer import Ask, Role
from connectors.zheliban.irs_service import Endpoint, IrsService, params_from
from connectors.zheliban.rows import Shape, held_each
from connectors.zheliban.studios.payloads import (
    CategoryCountPayload,
    DayCountPayload,
    RankedStudioPayload,
    RegionQuestionsPayload,
)

REGION_QUESTIONS = Endpoint("regions.questions", "/regions/questions", OWN_LASTING, tags=("questions",))
RANKING = Endpoint("studios.ranking", "/studios/ranking", REGISTRY, tags=("studios",))


class ZhelibanQuestionStatistics:
    """Counts of questions by region and period; private ones are counted for staff only."""

    def __init__(self, service: IrsService) -> None:
        self._service = service

    async def load_region_questions(
        self, keys: Sequence[str], days: Days, ask: Ask
    ) -> Sequence[RegionQuestions | PlatformError | None]:
        """Count the questions asked in each region."""
        shape = Shape(RegionQuestionsPayload, region_questions_from)
        return await self._service.keyed(REGION_QUESTIONS, shape, keys, ask, _params(days, ask))

    async def list_ranked_studios(
        self, queries: Sequence[RankingQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[RankedStudio] | PlatformError]:
        """Read one page of the ranking per query, a call each."""
        asked = [{"regionCode": query.region_key} | days_params(query.days) for query in queries]
        return await self._service.listed(RANKING, Shape(RankedStudioPayload, ranked_from), asked, page, ask)


def days_params(days: Days) -> dict[str, str]:
    """A period as parameters."""
    return params_from(**{"from": days.start.isoformat(), "to": days.end.isoformat()})


def region_questions_from(payload: RegionQuestionsPayload) -> RegionQuestions:
    """Read a region's counts."""
    return RegionQuestions(
        key=payload.id,
        asked=payload.asked,
        answered=payload.answered,
        median_reply_minutes=payload.medianReplyMinutes,
        satisfaction=payload.satisfaction,
        by_category=held_each(payload.byCategory, _category_from),
        daily=held_each(payload.daily, _day_from),
    )


def ranked_from(payload: RankedStudioPayload) -> RankedStudio:
    """Read a place in the ranking."""
    return RankedStudio(
        key=payload.id,
        rank=payload.rank,
        value=payload.value,
        studio=StudioRef(key=payload.id, name=payload.name, category=payload.category),
        region_key=payload.regionCode,
    )


def _params(days: Days, ask: Ask) -> dict[str, str]:
    return days_params(days) | params_from(viewerStaff=True if Role.STAFF in ask.viewer.roles else None)


def _category_from(payload: CategoryCountPayload) -> CategoryQuestions:
    return CategoryQuestions(category=payload.category, asked=payload.asked, answered=payload.answered)


def _day_from(payload: DayCountPayload) -> DailyQuestions:
    return DailyQuestions(date=payload.date, asked=payload.asked, answered=payload.answered)
