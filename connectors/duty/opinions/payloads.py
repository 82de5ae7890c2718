"""What the duty platform sends of opinion reports, as ``contract/opinions.yaml`` spells it.

Every member is always there, null where there is nothing: a missing one is an error, not nothing.
"""

import enum
from datetime import date

from connectors.contracted.payloads import Moment, Payload, RowPayload
from connectors.duty.named import AttachmentPayload, CodePayload
from connectors.duty.payloads import NamedMemberPayload
from connectors.records.opinion_report import AdoptionLevel, OpinionReportStatus


class Grounds(enum.Enum):
    """Why the platform lets a viewer see a report."""

    AUTHOR = "AUTHOR"
    COMMITTEE = "COMMITTEE"
    STAFF = "STAFF"
    PARTNER = "PARTNER"


class SourceQuestionPayload(Payload, frozen=True):
    """A citizen's question it was raised from, as it read then; null to those who may see the report only."""

    id: str
    title: str | None
    category: str | None


class ContactPointPayload(Payload, frozen=True):
    """Where it was gathered."""

    id: str
    name: str


class SectorPayload(Payload, frozen=True):
    """The sector it speaks for."""

    code: str
    name: str


class AdoptionPayload(Payload, frozen=True):
    """One level's adoption."""

    level: AdoptionLevel
    date: date
    instructed_by: str | None


class InstructionPayload(Payload, frozen=True):
    """What a leader wrote on it."""

    by: str
    body: str
    at: Moment


class StepPayload(Payload, frozen=True):
    """A state it came to."""

    status: OpinionReportStatus
    at: Moment
    by: str | None
    note: str | None


class OpinionReportPayload(RowPayload, frozen=True, kw_only=True):
    """A report."""

    id: str
    number: str | None
    title: str
    situation: str | None
    analysis: str | None
    suggestion: str | None
    category: CodePayload
    status: OpinionReportStatus
    handed_in: bool
    region_code: str
    organization_code: str
    organization_name: str
    organization_level: str
    authors: list[NamedMemberPayload]
    sector: SectorPayload | None
    contact_point: ContactPointPayload | None
    source_proposal_id: str | None
    source_questions: list[SourceQuestionPayload]
    adoptions: list[AdoptionPayload]
    instructions: list[InstructionPayload]
    history: list[StepPayload]
    attachments: list[AttachmentPayload]
    submitted_at: Moment | None
    changed_at: Moment
    withdrawn_at: Moment | None
    grounds: Grounds
