"""The handheld office (掌上办公): notices, the schedule, progress of work, documents issued."""

from datetime import datetime
from typing import Any

from connectors.lenient import kept
from connectors.records.official import OfficialRef
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class OfficeFile(Record, frozen=True):
    """A file the work app keeps; ``media_id`` is what it is read by, never shown to callers."""

    media_id: str
    name: str


class Notice(Record, frozen=True):
    """A notice (通知公告) to officials. ``read_at`` is when the person it was read for opened it."""

    key: str
    title: str
    body: str
    published_at: datetime
    publisher: OrganizationRef
    author: OfficialRef | None
    files: tuple[OfficeFile, ...]
    read_at: datetime | None


class NoticeQuery(Record, frozen=True):
    """Which notices of an employee."""

    unread_only: bool = False


class NewNotice(Record, frozen=True):
    """A notice to be published for an organisation, to all who belong to ``audience`` (organisations).

    ``write_id`` is ours and makes it idempotent: 16 to 64 of ``[A-Za-z0-9_-]``.
    """

    write_id: str
    title: str
    body: str
    publisher_key: str
    audience: tuple[str, ...]
    files: tuple[OfficeFile, ...] = ()


class ReadNotices(Record, frozen=True):
    """Notices somebody has read, by key."""

    keys: tuple[str, ...]


class ScheduleItem(Record, frozen=True):
    """An entry of an organisation's schedule (机关工作预安排)."""

    key: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str | None
    organization: OrganizationRef
    attendees: tuple[OfficialRef, ...]


class WorkProgress(Record, frozen=True):
    """How far a piece of work is (工作进展): ``percent`` 0 to 100."""

    key: str
    title: str
    percent: int
    updated_at: datetime
    owner: OfficialRef | None
    organization: OrganizationRef
    note: str | None


class ProgressQuery(Record, frozen=True):
    """Which pieces of work; None: finished or not."""

    finished: bool | None = None


class OfficialDocument(Record, frozen=True):
    """A document an organisation issued (最新发文)."""

    key: str
    number: str
    title: str
    issued_at: datetime
    issuer: OrganizationRef
    file: OfficeFile | None

    @property
    def opened_by(self) -> Any:
        """What a link to its file needs to know, the key; the error that stands in the file's place."""
        return kept(self.file, lambda _: self.key) if self.file is not None else None

    @property
    def file_name(self) -> Any:
        """What its file is called; the error that stands in the file's place."""
        return kept(self.file, lambda file: file.name) if self.file is not None else None


class DocumentQuery(Record, frozen=True):
    """Which documents: ``text`` stands in the title or the number."""

    text: str | None = None
