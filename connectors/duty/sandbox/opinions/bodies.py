"""Bodies of the writes of ``contract/opinions.yaml``."""

from datetime import date
from typing import Annotated

import msgspec

from connectors.duty.sandbox.writes import Key, LongText, Moment, ShortText, WriteBody
from connectors.records.opinion_report import AdoptionLevel, OpinionReportStatus
from connectors.records.studio import StudioCategory


class Part(msgspec.Struct, rename="camel", frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The base of what stands in a body."""


class SourcePart(Part, frozen=True, kw_only=True):
    """A question it is raised from, as it reads now."""

    id: Key
    title: ShortText
    category: StudioCategory


class AdoptionPart(Part, frozen=True, kw_only=True):
    """Which level takes it up, when."""

    level: AdoptionLevel
    date: date
    instructed_by: ShortText | None = None


class InstructionPart(Part, frozen=True, kw_only=True):
    """What a leader writes on it."""

    by: ShortText
    body: LongText
    at: Moment


class ReportBody(WriteBody, frozen=True, kw_only=True):
    """What a member writes; ``submit`` False keeps it a draft."""

    title: ShortText
    situation: LongText
    analysis: LongText
    suggestion: LongText
    category: Key
    source_questions: Annotated[tuple[SourcePart, ...], msgspec.Meta(max_length=20)] = ()
    co_author_ids: Annotated[tuple[Key, ...], msgspec.Meta(max_length=20)] = ()
    submit: bool = True


class RevisionBody(ReportBody, frozen=True, kw_only=True):
    """New words for a report of one's own."""

    report_id: Key


class ReportMoveBody(WriteBody, frozen=True, kw_only=True):
    """To which state, and what that state wants."""

    report_id: Key
    to: OpinionReportStatus
    note: ShortText | None = None
    adoption: AdoptionPart | None = None
    instruction: InstructionPart | None = None
