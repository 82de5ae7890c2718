"""What is read of studios besides questions: the directory, statistics, what somebody follows and likes."""

from collections.abc import Sequence

from connectors.errors import PlatformError
from connectors.freshness import OWN, PUBLISHED, REGISTRY
from connectors.records.member import MemberStatistics
from connectors.records.page import Page, PageArgs
from connectors.records.question_writes import StudioMarked, StudioMarking
from connectors.records.studio import StudioListing, StudioMarks, StudioQuery, StudioStatistics
from connectors.viewer import Ask
from connectors.zheliban.irs_service import Endpoint, IrsService, params_from
from connectors.zheliban.rows import Shape
from connectors.zheliban.studios.acting import by_citizen
from connectors.zheliban.studios.mapping import (
    listing_from,
    marked_from,
    marks_from,
    member_statistics_from,
    studio_statistics_from,
)
from connectors.zheliban.studios.payloads import (
    MarksPayload,
    MemberStatisticsPayload,
    StudioRowPayload,
    StudioStatisticsPayload,
)

STUDIOS = Endpoint("studios", "/studios", PUBLISHED, tags=("studios",))
STUDIO_STATISTICS = Endpoint("studios.statistics", "/studios/statistics", REGISTRY, tags=("studio:{key}",))
MEMBER_STATISTICS = Endpoint("members.statistics", "/members/statistics", REGISTRY, tags=("member:{key}",))
MARKS = Endpoint("viewer.marks", "/viewer/marks", OWN, tags=("studio:{key}",))


class ZhelibanStudios:
    """The directory of studios and their statistics: public, kept for everybody."""

    def __init__(self, service: IrsService) -> None:
        self._service = service

    async def list_studios(
        self, queries: Sequence[StudioQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[StudioListing] | PlatformError]:
        """Read one page per query, a call each."""
        asked = [params_from(orderBy=q.order, category=q.category, regionCode=q.region_key) for q in queries]
        return await self._service.listed(STUDIOS, Shape(StudioRowPayload, listing_from), asked, page, ask)

    async def load_studio_statistics(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[StudioStatistics | PlatformError | None]:
        """Read followers, likes, ratings and reply times by studio key."""
        shape = Shape(StudioStatisticsPayload, studio_statistics_from, "studioId")
        return await self._service.keyed(STUDIO_STATISTICS, shape, keys, ask)


class ZhelibanMemberStatistics:
    """What citizens made of members' answers: public, kept for everybody."""

    def __init__(self, service: IrsService) -> None:
        self._service = service

    async def load_member_statistics(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[MemberStatistics | PlatformError | None]:
        """Read answered questions and ratings by member key."""
        shape = Shape(MemberStatisticsPayload, member_statistics_from, "memberId")
        return await self._service.keyed(MEMBER_STATISTICS, shape, keys, ask)


class ZhelibanMarks:
    """What the asker follows and likes: kept for that account alone."""

    def __init__(self, service: IrsService) -> None:
        self._service = service

    async def load_studio_marks(self, keys: Sequence[str], ask: Ask) -> Sequence[StudioMarks | PlatformError | None]:
        """Read the asker's marks by studio key; None, without a call, where the asker has no account here."""
        account = ask.viewer.accounts.get(self._service.platform)
        if account is None:
            return [None] * len(keys)
        shape = Shape(MarksPayload, marks_from, "studioId")
        return await self._service.keyed(MARKS, shape, keys, ask, {"userId": account})

    async def mark_studio(self, marking: StudioMarking, write_id: str, ask: Ask) -> StudioMarked:
        """Follow, unfollow, like or unlike."""
        body = {
            "writeId": write_id,
            "by": by_citizen("studios.mark", ask, self._service.platform),
            "studioId": marking.studio_key,
            "follows": marking.follows,
            "likes": marking.likes,
        }
        shape = Shape(MarksPayload, marked_from, "studioId")
        return await self._service.write("studios.mark", "/studios/marks", body, shape, ask)
