"""Suggestion forms (扫码建言): asked by QR code, with aspects to choose (domain-terms section 7a)."""

import enum
from datetime import datetime

from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class FormStatus(enum.Enum):
    """Whether it can be answered now."""

    SCHEDULED = "SCHEDULED"
    OPEN = "OPEN"
    CLOSED = "CLOSED"


class Aspect(Record, frozen=True):
    """Something one may speak to; ``answer_count`` is how many answers did."""

    code: str
    name: str
    answer_count: int


class SuggestionForm(Record, frozen=True):
    """A form. ``code`` is what its QR code says."""

    key: str
    code: str
    title: str
    introduction: str | None
    organization: OrganizationRef
    region_key: str
    opens_at: datetime
    closes_at: datetime
    status: FormStatus
    aspects: tuple[Aspect, ...]
    answer_count: int


class SuggestionFormAnswer(Record, frozen=True):
    """What somebody fills in: aspects by code, and a text. It is kept without a name unless one is given."""

    form_key: str
    aspects: tuple[str, ...]
    body: str
    name: str | None = None


class FormReceipt(Record, frozen=True):
    """That an answer was taken."""

    key: str
    form_key: str
    received_at: datetime
