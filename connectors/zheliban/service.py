"""The studio service, one method per endpoint of ``contract/``: keys in, payloads out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from connectors.deadline import Deadline
from connectors.errors import BadCursorError, PlatformError
from connectors.records.page import PageArgs
from connectors.records.question import QuestionQuery
from connectors.records.studio import StudioQuery
from connectors.zheliban.audience import Audience
from connectors.zheliban.client import IrsClient
from connectors.zheliban.payloads import (
    MarksPayload,
    MemberStatisticsPayload,
    QuestionPagePayload,
    QuestionPayload,
    ReplyRowPayload,
    StudioPagePayload,
    StudioStatisticsPayload,
)

T = TypeVar("T")
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_CURSOR = re.compile(r"[A-Za-z0-9_-]{1,200}")
_ROOT = "/studio/v1"


@dataclass(frozen=True, slots=True)
class Keyed(Generic[T]):
    """An endpoint that reads by many keys: ``parameter`` carries them, field ``name`` of a row says which it is."""

    operation: str
    path: str
    parameter: str
    name: str
    shape: type[T]


_STUDIO_STATISTICS = Keyed("studios.statistics", "/studios/statistics", "ids", "studioId", StudioStatisticsPayload)
_MEMBER_STATISTICS = Keyed("members.statistics", "/members/statistics", "ids", "memberId", MemberStatisticsPayload)
_QUESTIONS = Keyed("questions", "/questions", "ids", "id", QuestionPayload)
_REPLIES = Keyed("replies", "/replies", "ids", "id", ReplyRowPayload)
_STUDIO_QUESTIONS = Keyed("studios.questions", "/studios/questions", "studioIds", "studioId", QuestionPagePayload)
_MARKS = Keyed("viewer.marks", "/viewer/marks", "studioIds", "studioId", MarksPayload)


class StudioService:
    """Reads from the component ``studio``; every method raises what ``IrsClient.get`` raises."""

    def __init__(self, client: IrsClient, component: str) -> None:
        self._client = client
        self._component = component

    async def studios(self, query: StudioQuery, page: PageArgs, deadline: Deadline) -> StudioPagePayload:
        """Read one page of the directory."""
        params = {"orderBy": query.order.value} | self._page_params("studios", page)
        if query.category is not None:
            params["category"] = query.category.value
        if query.region_key is not None:
            params["regionCode"] = query.region_key
        data = await self._client.get("studios", self._component, f"{_ROOT}/studios", params, deadline)
        return data.decoded(StudioPagePayload)

    async def studio_statistics(
        self, keys: Sequence[str], deadline: Deadline
    ) -> Mapping[str, StudioStatisticsPayload | PlatformError]:
        """Read the statistics of studios."""
        return await self._keyed(_STUDIO_STATISTICS, keys, {}, deadline)

    async def probe(self, deadline: Deadline) -> None:
        """Ask for a studio that does not exist: a signed read that tells nothing and changes nothing."""
        await self.studio_statistics(["probe"], deadline)

    async def member_statistics(
        self, keys: Sequence[str], deadline: Deadline
    ) -> Mapping[str, MemberStatisticsPayload | PlatformError]:
        """Read the statistics of members."""
        return await self._keyed(_MEMBER_STATISTICS, keys, {}, deadline)

    async def questions(
        self, keys: Sequence[str], audience: Audience, deadline: Deadline
    ) -> Mapping[str, QuestionPayload | PlatformError]:
        """Read questions that the audience may see."""
        return await self._keyed(_QUESTIONS, keys, audience.params(), deadline)

    async def replies(
        self, keys: Sequence[str], audience: Audience, deadline: Deadline
    ) -> Mapping[str, ReplyRowPayload | PlatformError]:
        """Read replies to questions that the audience may see."""
        return await self._keyed(_REPLIES, keys, audience.params(), deadline)

    async def studio_questions(
        self, keys: Sequence[str], query: QuestionQuery, page: PageArgs, audience: Audience, deadline: Deadline
    ) -> Mapping[str, QuestionPagePayload | PlatformError]:
        """Read one page of questions per studio."""
        chosen = {"answered": query.answered, "waiting": query.waiting}
        filters = {name: _boolean(value) for name, value in chosen.items() if value is not None}
        params = filters | self._page_params(_STUDIO_QUESTIONS.operation, page) | audience.params()
        return await self._keyed(_STUDIO_QUESTIONS, keys, params, deadline)

    async def marks(
        self, keys: Sequence[str], account: str, deadline: Deadline
    ) -> Mapping[str, MarksPayload | PlatformError]:
        """Read what one citizen follows and likes."""
        return await self._keyed(_MARKS, keys, {"userId": account}, deadline)

    def _page_params(self, operation: str, page: PageArgs) -> dict[str, str]:
        """Say which page; raises ``BadCursorError`` for what cannot be a cursor and might not survive signing."""
        if page.after is not None and not _CURSOR.fullmatch(page.after):
            raise BadCursorError(self._client.platform, operation)
        cursor = {} if page.after is None else {"after": page.after}
        return {"first": str(page.first)} | cursor | ({"withTotal": "true"} if page.with_total else {})

    async def _keyed(
        self, endpoint: Keyed[T], keys: Sequence[str], params: Mapping[str, str], deadline: Deadline
    ) -> Mapping[str, T | PlatformError]:
        """Ask for the keys, comma-joined. What cannot be a key, as a stranger's id may hold, is not asked for."""
        asked = [key for key in keys if _KEY.fullmatch(key)]
        if not asked:
            return {}
        query = {endpoint.parameter: ",".join(asked), **params}
        data = await self._client.get(endpoint.operation, self._component, _ROOT + endpoint.path, query, deadline)
        return data.keyed(endpoint.shape, endpoint.name, asked)


def _boolean(value: bool) -> str:  # noqa: FBT001 - the value itself
    return "true" if value else "false"
