"""Rows of the handheld office, as ``contract/office.yaml`` has them."""

# ruff: noqa: N815 - the contract's spelling

from datetime import datetime

from msgspec import Struct, field

from connectors.zhezhengding.office.pages import OwnPayload


class PersonPayload(Struct):
    """A person as rows name them."""

    employeeCode: str
    employeeName: str


class FilePayload(Struct):
    """A file, read by its media id."""

    mediaId: str
    name: str


class UnitPayload(OwnPayload, kw_only=True):
    """What belongs to an organisation."""

    organizationCode: str
    organizationName: str


class NoticePayload(UnitPayload, kw_only=True):
    """A notice; ``readAt`` is the viewer's or the owner's."""

    title: str
    body: str
    publishedAt: datetime
    author: PersonPayload | None = None
    files: list[FilePayload] = field(default_factory=list)
    readAt: datetime | None = None


class ScheduleItemPayload(UnitPayload, kw_only=True):
    """An entry of a schedule."""

    title: str
    startsAt: datetime
    endsAt: datetime
    attendees: list[PersonPayload]
    place: str | None = None


class ProgressPayload(UnitPayload, kw_only=True):
    """A piece of work."""

    title: str
    percent: int
    updatedAt: datetime
    owner: PersonPayload | None = None
    note: str | None = None


class DocumentPayload(UnitPayload, kw_only=True):
    """A document."""

    number: str
    title: str
    issuedAt: datetime
    file: FilePayload | None = None
