"""Rows of the handheld office → records. An error in a value's place stays (``connectors/lenient.py``)."""

from collections.abc import Callable
from typing import Any, TypeVar

from connectors.lenient import kept
from connectors.records.office import Notice, OfficeFile, OfficialDocument, ScheduleItem, WorkProgress
from connectors.records.official import OfficialRef
from connectors.records.organization import OrganizationRef
from connectors.zhezhengding.office.pages import Shape
from connectors.zhezhengding.office.payloads import (
    DocumentPayload,
    FilePayload,
    NoticePayload,
    PersonPayload,
    ProgressPayload,
    ScheduleItemPayload,
    UnitPayload,
)

T = TypeVar("T")


def each_of(values: list[T], then: Callable[[T], Any]) -> Any:
    """Every value of a list as its record; an error in the list's place, or in a value's, stays there."""
    return kept(values, lambda found: tuple(kept(value, then) for value in found))


def maybe(value: T | None, then: Callable[[T], Any]) -> Any:
    """The record of what may be missing; an error in its place stays there."""
    return None if value is None else kept(value, then)


def text_or_none(value: str | None) -> Any:
    """A text; an empty one is none."""
    return value or None


def person_from(payload: PersonPayload) -> Any:
    """A person; an error where their code is one."""
    return kept(payload.employeeCode, lambda code: OfficialRef(key=code, employee_code=code, name=payload.employeeName))


def _unit_from(payload: UnitPayload) -> Any:
    return kept(payload.organizationCode, lambda code: OrganizationRef(key=code, name=payload.organizationName))


def _file_from(payload: FilePayload) -> OfficeFile:
    return OfficeFile(media_id=payload.mediaId, name=payload.name)


def _notice_from(payload: NoticePayload) -> Notice:
    return Notice(
        key=payload.id,
        title=payload.title,
        body=payload.body,
        published_at=payload.publishedAt,
        publisher=_unit_from(payload),
        author=maybe(payload.author, person_from),
        files=each_of(payload.files, _file_from),
        read_at=payload.readAt,
    )


def _schedule_item_from(payload: ScheduleItemPayload) -> ScheduleItem:
    return ScheduleItem(
        key=payload.id,
        title=payload.title,
        starts_at=payload.startsAt,
        ends_at=payload.endsAt,
        place=text_or_none(payload.place),
        organization=_unit_from(payload),
        attendees=each_of(payload.attendees, person_from),
    )


def _progress_from(payload: ProgressPayload) -> WorkProgress:
    return WorkProgress(
        key=payload.id,
        title=payload.title,
        percent=payload.percent,
        updated_at=payload.updatedAt,
        owner=maybe(payload.owner, person_from),
        organization=_unit_from(payload),
        note=text_or_none(payload.note),
    )


def _document_from(payload: DocumentPayload) -> OfficialDocument:
    return OfficialDocument(
        key=payload.id,
        number=payload.number,
        title=payload.title,
        issued_at=payload.issuedAt,
        issuer=_unit_from(payload),
        file=maybe(payload.file, _file_from),
    )


NOTICES = Shape(NoticePayload, _notice_from)
SCHEDULE = Shape(ScheduleItemPayload, _schedule_item_from)
PROGRESS = Shape(ProgressPayload, _progress_from)
DOCUMENTS = Shape(DocumentPayload, _document_from)
