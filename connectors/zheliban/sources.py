"""What the citizen app knows of studios and members: the directory, statistics, follows and likes."""

from collections.abc import Mapping, Sequence

import msgspec

from connectors.deadline import Deadline
from connectors.errors import PlatformError, UnexpectedAnswerError
from connectors.reading import Reader, ReadRule
from connectors.records.member import MemberStatistics
from connectors.records.page import Page, PageArgs
from connectors.records.studio import StudioListing, StudioMarks, StudioQuery, StudioStatistics
from connectors.viewer import Ask
from connectors.zheliban import mapping
from connectors.zheliban.service import StudioService

STUDIOS = ReadRule("studios", batch=1, fresh_for=60)
STUDIO_STATISTICS = ReadRule("studios.statistics", batch=100, fresh_for=60)
MEMBER_STATISTICS = ReadRule("members.statistics", batch=100, fresh_for=60)
MARKS = ReadRule("viewer.marks", batch=100, fresh_for=30)


class ZhelibanStudios:
    """The directory of studios and their statistics: public, kept for everybody."""

    def __init__(self, reader: Reader, service: StudioService) -> None:
        self._reader = reader
        self._service = service

    async def list_studios(
        self, queries: Sequence[StudioQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[StudioListing] | PlatformError]:
        """Read one page per query, a call each."""
        named = {msgspec.json.encode(query).decode(): query for query in queries}

        async def fetch(names: list[str], deadline: Deadline) -> Mapping[str, Page[StudioListing]]:
            pages = [await self._service.studios(named[name], page, deadline) for name in names]
            return dict(zip(names, map(mapping.studio_page_from, pages), strict=True))

        keys = [msgspec.json.encode(query).decode() for query in queries]
        found = await self._reader.read(STUDIOS, keys, ask, fetch, per=page)
        unanswered = UnexpectedAnswerError(self._reader.platform, STUDIOS.operation, "no page")
        return [entry if entry is not None else unanswered for entry in found]

    async def load_studio_statistics(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[StudioStatistics | PlatformError | None]:
        """Read followers, likes, ratings and reply times by studio key."""

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, StudioStatistics | PlatformError]:
            return mapping.each(mapping.studio_statistics_from, await self._service.studio_statistics(chunk, deadline))

        return await self._reader.read(STUDIO_STATISTICS, keys, ask, fetch)


class ZhelibanMemberStatistics:
    """What citizens made of members' answers: public, kept for everybody."""

    def __init__(self, reader: Reader, service: StudioService) -> None:
        self._reader = reader
        self._service = service

    async def load_member_statistics(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[MemberStatistics | PlatformError | None]:
        """Read answered questions and ratings by member key."""

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, MemberStatistics | PlatformError]:
            return mapping.each(mapping.member_statistics_from, await self._service.member_statistics(chunk, deadline))

        return await self._reader.read(MEMBER_STATISTICS, keys, ask, fetch)


class ZhelibanMarks:
    """What the asker follows and likes: kept for that account alone."""

    def __init__(self, reader: Reader, service: StudioService) -> None:
        self._reader = reader
        self._service = service

    async def load_studio_marks(self, keys: Sequence[str], ask: Ask) -> Sequence[StudioMarks | PlatformError | None]:
        """Read the asker's marks by studio key; None, without a call, where the asker has no account here."""
        account = ask.viewer.accounts.get(self._reader.platform)
        if account is None:
            return [None] * len(keys)

        async def fetch(chunk: list[str], deadline: Deadline) -> Mapping[str, StudioMarks | PlatformError]:
            return mapping.each(mapping.marks_from, await self._service.marks(chunk, account, deadline))

        return await self._reader.read(MARKS, keys, ask, fetch, per=account)
