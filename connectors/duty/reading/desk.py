"""The duty platform's desk for reading groups."""

from connectors.duty.desks import DutyDesk, Write, member_of
from connectors.duty.reading.sources import GROUP, POST
from connectors.records.reading_group import ReadingGroup, ReadingPost
from connectors.viewer import Ask

_JOIN = Write("readingGroups.join", "/reading-groups/joins", GROUP)
_POST = Write("readingGroups.post", "/reading-groups/posts", POST)


class DutyReadingDesk:
    """``ReadingDesk``."""

    def __init__(self, desk: DutyDesk) -> None:
        self._desk = desk

    async def join_reading_group(self, key: str, write_id: str, ask: Ask) -> ReadingGroup:
        """Join a group."""
        body = {"groupId": self._desk.known(_JOIN, key)}
        return await self._desk.done(_JOIN, body, write_id, member_of(ask.viewer), ask)

    async def post_in_reading_group(self, key: str, body: str, write_id: str, ask: Ask) -> ReadingPost:
        """Write in a group."""
        said = {"groupId": self._desk.known(_POST, key), "body": body}
        return await self._desk.done(_POST, said, write_id, member_of(ask.viewer), ask)
