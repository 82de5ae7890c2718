"""What a member did, into their duty file."""

from collections.abc import Collection
from datetime import datetime

from connectors.ports import DutyRecordDesk
from connectors.records.duty_record import DutyRecordSource, NewDutyRecord
from connectors.viewer import Ask
from gateway.writes.homes import Homes
from gateway.writes.rows import Due


class DutyRecords:
    """``Delivery``. Body: ``member``, ``kind``, ``title``, ``at`` (ISO 8601), ``source``, ``reference``."""

    def __init__(self, homes: Homes) -> None:
        self._homes = homes

    async def deliver(self, due: Due, ask: Ask) -> Collection[str]:
        """Add the record; it counts in the member's score and place."""
        body = due.body
        record = NewDutyRecord(
            member_key=body["member"],
            kind=body["kind"],
            title=body["title"],
            occurred_at=datetime.fromisoformat(body["at"]),
            source=DutyRecordSource(body["source"]),
            reference=body.get("reference"),
        )
        await self._homes.method(DutyRecordDesk.add_duty_record)(record, due.effect_id, ask)
        return (f"member:{record.member_key}", "scores")
