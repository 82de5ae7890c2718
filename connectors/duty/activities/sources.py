"""``ActivitySource``: kept for half a minute, for each viewer apart: seat and bed are the viewer's own."""

from collections.abc import Sequence
from typing import Any

from connectors.contracted.reads import Endpoint
from connectors.contracted.rows import Shape
from connectors.duty.activities.mapping import ACTIVITY, ACTIVITY_FOR_OTHERS
from connectors.duty.own import looking, of_own
from connectors.duty.reads import DutyReads
from connectors.errors import NotAllowedError, PlatformError
from connectors.freshness import AUDIENCE
from connectors.records.activity import Activity, ActivityQuery
from connectors.records.page import Page, PageArgs
from connectors.viewer import Ask, Viewer

_ACTIVITIES = Endpoint("activities", "/activities", AUDIENCE, tags=("activity:{key}",))
_OF_MEMBERS = Endpoint(
    "members.activities",
    "/members/activities",
    AUDIENCE,
    tags=(
        "activities",
        "member:{key}",
    ),
)
_OF_COMMITTEES = Endpoint(
    "organizations.activities",
    "/organizations/activities",
    AUDIENCE,
    tags=(
        "activities",
        "organization:{key}",
    ),
)


class DutyActivities:
    """One connection's."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_activities(self, keys: Sequence[str], ask: Ask) -> Sequence[Activity | PlatformError | None]:
        """Read activities by key."""
        return await self._reads.keyed(_ACTIVITIES, _shape_for(ask.viewer), keys, ask, looking(ask.viewer))

    async def list_member_activities(
        self, keys: Sequence[str], query: ActivityQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Activity] | PlatformError]:
        """Read one page per member key of what they are invited to."""
        filters = _params_of(query) | looking(ask.viewer)

        async def read(seen: Sequence[str]) -> Sequence[Page[Activity] | PlatformError]:
            return await self._reads.owned(_OF_MEMBERS, _shape_for(ask.viewer), seen, page, ask, filters)

        refused = NotAllowedError(self._reads.platform, _OF_MEMBERS.operation, "somebody else's")
        return await of_own(keys, ask.viewer, refused, read)

    async def list_committee_activities(
        self, keys: Sequence[str], query: ActivityQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Activity] | PlatformError]:
        """Read one page per committee code."""
        filters = _params_of(query) | looking(ask.viewer)
        return await self._reads.owned(_OF_COMMITTEES, _shape_for(ask.viewer), keys, page, ask, filters)


def _shape_for(viewer: Viewer) -> Shape[Any, Activity]:
    return ACTIVITY if viewer.member_key else ACTIVITY_FOR_OTHERS


def _params_of(query: ActivityQuery) -> dict[str, str]:
    return {} if query.upcoming is None else {"upcoming": "true" if query.upcoming else "false"}
