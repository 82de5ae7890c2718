"""``DutyRecordRegistry`` and ``DutyRecordDesk``: a member's duty file is the member's own and the offices'."""

from collections.abc import Sequence
from typing import Any

from connectors.contracted.reads import Endpoint
from connectors.duty.desks import DutyDesk, Write, member_of, staff_of
from connectors.duty.duties.mapping import RECORD
from connectors.duty.hiding import pages_without_hidden
from connectors.duty.own import looking, of_own, only_own
from connectors.duty.reads import DutyReads
from connectors.errors import NotAllowedError, PlatformError
from connectors.freshness import OWN_LASTING
from connectors.records.duty_record import (
    DutyRecord,
    DutyRecordQuery,
    DutyRecordSource,
    DutyRecordStatus,
    NewDutyRecord,
)
from connectors.records.page import Page, PageArgs, Row
from connectors.viewer import Ask, Viewer

_RECORDS = Endpoint("dutyRecords", "/duty-records", OWN_LASTING, tags=("duty-record:{key}",))
_OF_MEMBERS = Endpoint(
    "members.dutyRecords",
    "/members/duty-records",
    OWN_LASTING,
    tags=(
        "duty-records",
        "member:{key}",
    ),
)
_ADD = Write("dutyRecords.add", "/duty-records/add", RECORD)
_MOVE = Write("dutyRecords.move", "/duty-records/move", RECORD)
_BY_STAFF = frozenset({DutyRecordStatus.VERIFIED, DutyRecordStatus.REJECTED})


class DutyRecords:
    """One connection's."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads
        self._desk = DutyDesk(reads.client)

    async def load_duty_records(self, keys: Sequence[str], ask: Ask) -> Sequence[DutyRecord | PlatformError | None]:
        """Read records by key; None also where the asker may not see it."""
        found = await self._reads.keyed(_RECORDS, RECORD, keys, ask, looking(ask.viewer))
        return [only_own(entry, ask.viewer) for entry in found]

    async def list_member_duty_records(
        self, keys: Sequence[str], query: DutyRecordQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[DutyRecord] | PlatformError]:
        """Read one page per member key, newest first."""
        filters = _params_of(query) | looking(ask.viewer)

        async def read(seen: Sequence[str]) -> Sequence[Page[DutyRecord] | PlatformError]:
            pages = await self._reads.owned(_OF_MEMBERS, RECORD, seen, page, ask, filters)
            return pages_without_hidden([_only_own_in(each, ask.viewer) for each in pages])

        refused = NotAllowedError(self._reads.platform, _OF_MEMBERS.operation, "somebody else's")
        return await of_own(keys, ask.viewer, refused, read)

    async def add_duty_record(self, record: NewDutyRecord, write_id: str, ask: Ask) -> DutyRecord:
        """Add one, as the member, or as the office where it is the source."""
        office = record.source is DutyRecordSource.OFFICE
        body = {
            "memberId": self._desk.known(_ADD, record.member_key),
            "kind": record.kind,
            "title": record.title,
            "occurredAt": record.occurred_at.isoformat(),
            "source": record.source.value,
            "reference": record.reference,
            "evidence": [{"name": each.name, "link": each.link} for each in record.evidence],
            "draft": record.draft,
        }
        actor = staff_of(ask.viewer) if office else member_of(ask.viewer)
        return await self._desk.done(_ADD, body, write_id, actor, ask)

    async def move_duty_record(
        self, key: str, status: DutyRecordStatus, reason: str | None, write_id: str, ask: Ask
    ) -> DutyRecord:
        """Submit one (as the member), verify or reject it (as staff)."""
        body = {"recordId": self._desk.known(_MOVE, key), "status": status.value, "reason": reason}
        actor = staff_of(ask.viewer) if status in _BY_STAFF else member_of(ask.viewer)
        return await self._desk.done(_MOVE, body, write_id, actor, ask)


def _only_own_in(page: Page[DutyRecord] | PlatformError, viewer: Viewer) -> Page[Any] | PlatformError:
    if isinstance(page, PlatformError):
        return page
    edges = tuple(Row(cursor=edge.cursor, node=only_own(edge.node, viewer)) for edge in page.edges)
    return Page(edges=edges, has_next=page.has_next, total=page.total)


def _params_of(query: DutyRecordQuery) -> dict[str, str]:
    told = {
        "year": None if query.year is None else f"{query.year:04d}",
        "kind": query.kind,
        "status": query.status and query.status.value,
    }
    return {name: value for name, value in told.items() if value is not None}
