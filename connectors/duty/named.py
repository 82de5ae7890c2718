"""What rows of several subjects name: members, organisations, rows of code tables, files; and lists of such.

Payload → record. An error in a value's place stays (``connectors/lenient.py``).
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from connectors.contracted.payloads import Payload
from connectors.duty.payloads import NamedMemberPayload
from connectors.errors import PlatformError
from connectors.records.attachment import Attachment, AttachmentKind, AttachmentPlace
from connectors.records.code import Code
from connectors.records.member import MemberRef, Sector
from connectors.records.organization import OrganizationLevel, OrganizationRef

T = TypeVar("T")
_LEVELS = {level.value: level for level in OrganizationLevel}


class CodePayload(Payload, frozen=True):
    """A row of a code table."""

    code: str
    name: str


class UnitPayload(Payload, frozen=True):
    """An organisation as a row of a list."""

    organization_code: str
    organization_name: str


class AttachmentPayload(Payload, frozen=True):
    """A file: ``path`` is where the platform keeps it."""

    id: str
    kind: AttachmentKind
    name: str
    path: str


def each_of(values: list[T] | PlatformError, then: Callable[[T], Any]) -> Any:
    """Every value of a list as its record; an error in the list's place, or in a value's, stays there."""
    if isinstance(values, PlatformError):
        return values
    return tuple([value if isinstance(value, PlatformError) else then(value) for value in values])


def maybe(value: T | None, then: Callable[[T], Any]) -> Any:
    """The record of a value that may be missing; an error in its place stays there."""
    return value if value is None or isinstance(value, PlatformError) else then(value)


def text_or_none(value: str | None) -> Any:
    """A text; an empty one is none."""
    return value or None


def member_ref_from(payload: NamedMemberPayload) -> MemberRef:
    """A member as another row names them."""
    return MemberRef(key=payload.id, name=payload.name, sector=sector_named(payload.sector_code, payload.sector_name))


def organization_ref_from(code: Any, name: Any, level: Any = None) -> Any:
    """An organisation by its flat members; an error where its code is one. A level nobody knows is none."""
    if isinstance(code, PlatformError):
        return code
    if isinstance(name, PlatformError) or isinstance(level, PlatformError):
        known: Any = level if isinstance(level, PlatformError) else _LEVELS.get(str(level))
        return OrganizationRef(key=code, name=name, level=known)
    return _organization_named(code, name, level)


@lru_cache(maxsize=4096)  # a page of members names one organisation, and every page the same few
def _organization_named(code: str, name: str, level: object) -> OrganizationRef:
    return OrganizationRef(key=code, name=name, level=_LEVELS.get(str(level)))


def sector_named(code: Any, name: Any) -> Sector:
    """A sector by its flat members; an error may stand in the place of either."""
    if isinstance(code, PlatformError) or isinstance(name, PlatformError):
        return Sector(code=code, name=name)
    return _sector(code, name)


@lru_cache(maxsize=4096)
def _sector(code: str, name: str) -> Sector:
    return Sector(code=code, name=name)


def unit_from(payload: UnitPayload) -> Any:
    """An organisation of a list."""
    return organization_ref_from(payload.organization_code, payload.organization_name)


def code_from(payload: CodePayload) -> Code:
    """A row of a code table."""
    return Code(code=payload.code, name=payload.name)


def attachment_from(payload: AttachmentPayload) -> Attachment:
    """A file beside what not everybody may see."""
    return Attachment(
        key=payload.id, kind=payload.kind, name=payload.name, path=payload.path, place=AttachmentPlace.MATTER
    )


def public_attachment_from(payload: AttachmentPayload) -> Attachment:
    """A file beside what is everybody's."""
    return msgspec.structs.replace(attachment_from(payload), public=True)
