"""Writes that a platform has done."""

from datetime import datetime

from connectors.records.record import Record


class Written(Record, frozen=True):
    """A write by its idempotency id: which operation, when, and what it made or changed (None: nothing of its own)."""

    key: str
    operation: str
    done_at: datetime
    entity_key: str | None
