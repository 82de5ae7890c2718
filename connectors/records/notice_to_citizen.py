"""News to one citizen on the citizen app (wire-formats B10: no wire format is public)."""

from datetime import datetime

from connectors.records.record import Record


class CitizenNotice(Record, frozen=True):
    """What is to be told to whom: ``account`` is the person's on the citizen app, ``link`` a page's address.

    ``write_id`` (16 to 64 of ``[A-Za-z0-9_-]``) makes it be sent once.
    """

    write_id: str
    account: str
    title: str
    text: str
    link: str | None = None


class SentNotice(Record, frozen=True):
    """A notice as the app keeps it."""

    key: str
    title: str
    text: str
    link: str | None
    sent_at: datetime
