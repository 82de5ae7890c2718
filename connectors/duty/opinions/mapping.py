"""Payload → record of opinion reports, and who may see one."""

from typing import Any

from connectors.duty.audience import Audience
from connectors.duty.named import (
    attachment_from,
    code_from,
    each_of,
    maybe,
    member_ref_from,
    organization_ref_from,
    text_or_none,
)
from connectors.duty.opinions.payloads import (
    AdoptionPayload,
    ContactPointPayload,
    Grounds,
    InstructionPayload,
    OpinionReportPayload,
    SectorPayload,
    SourceQuestionPayload,
    StepPayload,
)
from connectors.errors import PlatformError
from connectors.lenient import kept
from connectors.records.member import Sector
from connectors.records.opinion_report import (
    Adoption,
    ContactPoint,
    Instruction,
    OpinionReport,
    OpinionReportStatus,
    OpinionReportStep,
    SourceQuestion,
)
from connectors.records.studio import StudioCategory

_CATEGORIES = {category.value: category for category in StudioCategory}


def shown_to(payload: OpinionReportPayload, audience: Audience) -> bool | PlatformError:
    """Whether somebody may see a report; the error where what decides that cannot be read.

    A row does not tell who is in its committee, so for those the platform's word is taken, from members only.
    """
    own = _is_author(payload, audience.member_key)
    if own is True:
        return True
    handed_in: Any = payload.handed_in
    if handed_in is not True or payload.status is OpinionReportStatus.DRAFT:
        return handed_in if isinstance(handed_in, PlatformError) else own
    return audience.staff or audience.partner or _is_of_committee(payload, audience.member_key)


def entitled_to_titles(payload: OpinionReportPayload, audience: Audience) -> bool:
    """Whether somebody may see how the questions of a report read: its authors and staff (domain-terms section 5)."""
    return audience.staff or _is_author(payload, audience.member_key) is True


def _is_of_committee(payload: OpinionReportPayload, member_key: str | None) -> bool | PlatformError:
    if member_key is None:
        return False
    return payload.grounds if isinstance(payload.grounds, PlatformError) else payload.grounds is Grounds.COMMITTEE


def _is_author(payload: OpinionReportPayload, member_key: str | None) -> bool | PlatformError:
    """Whether a member wrote it; the error where they may have, but that cannot be read."""
    if member_key is None:
        return False
    authors: Any = payload.authors
    keys = [authors] if isinstance(authors, PlatformError) else [kept(author, lambda a: a.id) for author in authors]
    broken = next((key for key in keys if isinstance(key, PlatformError)), None)
    return member_key in keys or broken or False


def report_from(payload: OpinionReportPayload, *, entitled: bool = False) -> OpinionReport:
    """Read one report; only who is ``entitled`` gets the titles of its questions, since these may be private."""
    return OpinionReport(
        key=payload.id,
        number=payload.number,
        title=payload.title,
        situation=text_or_none(payload.situation),
        analysis=text_or_none(payload.analysis),
        suggestion=text_or_none(payload.suggestion),
        category=maybe(payload.category, code_from),
        status=payload.status,
        region_key=payload.region_code,
        organization=organization_ref_from(
            payload.organization_code, payload.organization_name, payload.organization_level
        ),
        authors=each_of(payload.authors, member_ref_from),
        sector=maybe(payload.sector, _sector_from),
        contact_point=maybe(payload.contact_point, _contact_point_from),
        source_proposal_key=payload.source_proposal_id,
        source_questions=each_of(payload.source_questions, _question_from if entitled else _hidden_question_from),
        adoptions=each_of(payload.adoptions, _adoption_from),
        instructions=each_of(payload.instructions, _instruction_from),
        history=each_of(payload.history, _step_from),
        attachments=each_of(payload.attachments, attachment_from),
        submitted_at=payload.submitted_at,
        changed_at=payload.changed_at,
        withdrawn_at=payload.withdrawn_at,
    )


def _sector_from(payload: SectorPayload) -> Sector:
    return Sector(code=payload.code, name=payload.name)


def _contact_point_from(payload: ContactPointPayload) -> ContactPoint:
    return ContactPoint(key=payload.id, name=payload.name)


def _question_from(payload: SourceQuestionPayload) -> SourceQuestion:
    category = maybe(payload.category, lambda code: _CATEGORIES.get(code, StudioCategory.OTHER))
    return SourceQuestion(key=payload.id, title=payload.title, category=category)


def _hidden_question_from(payload: SourceQuestionPayload) -> SourceQuestion:
    return SourceQuestion(key=payload.id, title=None, category=None)


def _adoption_from(payload: AdoptionPayload) -> Adoption:
    return Adoption(level=payload.level, date=payload.date, instructed_by=payload.instructed_by)


def _instruction_from(payload: InstructionPayload) -> Instruction:
    return Instruction(by=payload.by, body=payload.body, at=payload.at)


def _step_from(payload: StepPayload) -> OpinionReportStep:
    return OpinionReportStep(status=payload.status, at=payload.at, by=payload.by, note=payload.note)
