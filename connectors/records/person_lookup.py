"""The natural-person service (自然人状态综合服务): what offices hold of one person, for a stated purpose."""

import enum
from dataclasses import dataclass, field
from datetime import date

from connectors.records.record import Record


class PersonStatusKind(enum.Enum):
    """Which field of administration a status is of: 社会保障, 信用管理, 医疗卫生, 救助帮扶."""

    SOCIAL_SECURITY = "SOCIAL_SECURITY"
    CREDIT = "CREDIT"
    HEALTH = "HEALTH"
    ASSISTANCE = "ASSISTANCE"


@dataclass(frozen=True, slots=True)
class PersonQuery:
    """Whom, and what for. The number ends in the platform's folder, where its digest is made."""

    id_number: str = field(repr=False)
    purpose: str


class PersonStatus(Record, frozen=True):
    """One status, and who holds it."""

    kind: PersonStatusKind
    status: str
    origin: str
    as_of: date


class PersonLookup(Record, frozen=True):
    """What is known of a person. ``key`` is the digest of the number; ``purpose`` was stated and goes to the audit.

    Of somebody unknown ``found`` is False and nothing else is told; that is an answer, and audited as one.
    """

    key: str
    purpose: str
    found: bool
    name: str | None
    region_key: str | None
    grid_key: str | None
    statuses: tuple[PersonStatus, ...] | None
