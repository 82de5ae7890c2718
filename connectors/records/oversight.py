"""Campaigns of democratic oversight (专项集体民主监督; domain-terms section 7a)."""

import enum
from datetime import date, datetime

from connectors.records.attachment import Attachment
from connectors.records.organization import OrganizationRef
from connectors.records.record import Record


class OversightStatus(enum.Enum):
    """Where a campaign stands."""

    PLANNED = "PLANNED"
    ONGOING = "ONGOING"
    CONCLUDED = "CONCLUDED"


class Finding(Record, frozen=True):
    """What was found under one of the themes, and at which organisation."""

    theme: str
    body: str
    found_at: datetime
    organization: OrganizationRef | None


class OversightReport(Record, frozen=True):
    """A report of a campaign."""

    key: str
    title: str
    issued_at: datetime
    attachments: tuple[Attachment, ...]


class DemocraticOversight(Record, frozen=True):
    """A campaign of one organisation in one year."""

    key: str
    title: str
    year: int
    organization: OrganizationRef
    starts_on: date
    ends_on: date
    status: OversightStatus
    themes: tuple[str, ...]
    findings: tuple[Finding, ...]
    reports: tuple[OversightReport, ...]
