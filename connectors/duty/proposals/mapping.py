"""Payload → record of proposals, and who may see one."""

from collections.abc import Callable

from connectors.duty.audience import Audience
from connectors.duty.named import (
    AttachmentPayload,
    attachment_from,
    code_from,
    each_of,
    maybe,
    member_ref_from,
    organization_ref_from,
    public_attachment_from,
    text_or_none,
    unit_from,
)
from connectors.duty.proposals.payloads import (
    CategoriesPayload,
    ContactPayload,
    CoProposerPayload,
    CountsPayload,
    HandlerPayload,
    NamedProposalPayload,
    ProposalPayload,
    ReplyPayload,
    SatisfactionPayload,
    StepPayload,
    SupervisionPayload,
)
from connectors.errors import PlatformError
from connectors.lenient import kept
from connectors.records.attachment import Attachment
from connectors.records.deliberation import DeliberationRef
from connectors.records.member import MemberRef, Sector
from connectors.records.proposal import (
    PUBLISHABLE,
    Handler,
    HandlerContact,
    Proposal,
    ProposalRef,
    ProposalReply,
    ProposalStatus,
    ProposalStep,
    ReplySatisfaction,
    Supervision,
)
from connectors.records.proposal_lists import ProposalCategories, ProposalCounts

_STATUSES = {status.value: status for status in ProposalStatus}


def shown_to(payload: ProposalPayload, audience: Audience) -> bool | PlatformError:
    """Whether somebody may see a proposal; the error where what decides that cannot be read."""
    proposer = kept(payload.first_proposer, lambda member: member.id)
    if audience.member_key is not None and proposer == audience.member_key:
        return True
    if payload.handed_in is False or payload.status is ProposalStatus.DRAFT:
        return proposer if isinstance(proposer, PlatformError) else False
    if audience.staff or audience.member_key is not None:
        return payload.handed_in
    return _is_public(payload)


def _is_public(payload: ProposalPayload) -> bool | PlatformError:
    """Whether everybody may see it: no where one thing says so, the error where one cannot be read."""
    if payload.consent_to_publish is False:
        return False
    facts: tuple[object, ...] = (payload.status, payload.handed_in, payload.consent_to_publish)
    broken = next((fact for fact in facts if isinstance(fact, PlatformError)), None)
    return broken or payload.status in PUBLISHABLE


def proposal_from(payload: ProposalPayload) -> Proposal:
    """Read one proposal; files beside one that is everybody's are everybody's too."""
    file_from = public_attachment_from if _is_public(payload) is True else attachment_from
    return Proposal(
        key=payload.id,
        serial_no=payload.serial_no,
        proposal_no=payload.proposal_no,
        title=payload.title,
        background=text_or_none(payload.background),
        analysis=text_or_none(payload.analysis),
        suggestion=text_or_none(payload.suggestion),
        category=maybe(payload.category, code_from),
        term=payload.term,
        session=payload.session,
        submission_period=payload.submission_period,
        proposer_type=payload.proposer_type,
        proposer_unit=text_or_none(payload.proposer_unit),
        organization=organization_ref_from(
            payload.organization_code, payload.organization_name, payload.organization_level
        ),
        first_proposer=maybe(payload.first_proposer, member_ref_from),
        co_proposers=each_of(payload.co_proposers, member_ref_from),
        co_proposer_count=payload.co_proposer_count,
        consent_to_publish=payload.consent_to_publish,
        feedback_requested=payload.feedback_requested,
        is_key=payload.is_key,
        is_outstanding=payload.is_outstanding,
        status=payload.status,
        submitted_at=payload.submitted_at,
        changed_at=payload.changed_at,
        withdrawn_at=payload.withdrawn_at,
        suggested_units=each_of(payload.suggested_units, unit_from),
        handlers=each_of(payload.handlers, _handler_from),
        replies=each_of(payload.replies, lambda reply: _reply_from(reply, file_from)),
        history=each_of(payload.history, _step_from),
        supervision=maybe(payload.supervision, _supervision_from),
        merged_into=maybe(payload.merged_into, _named_from),
        converted_key=payload.converted_id,
        deliberations=each_of(payload.deliberation_ids, _deliberation_from),
        attachments=each_of(payload.attachments, file_from),
    )


def co_proposer_from(payload: CoProposerPayload) -> MemberRef:
    """Read a row of the list of those who signed."""
    return MemberRef(
        key=payload.id, name=payload.name, sector=Sector(code=payload.sector_code, name=payload.sector_name)
    )


def counts_from(payload: CountsPayload) -> ProposalCounts:
    """Read a committee's counts; a state nobody here knows counts in the total only."""
    return ProposalCounts(
        key=payload.code,
        total=payload.total,
        key_proposals=payload.key,
        outstanding=payload.outstanding,
        by_status=maybe(
            payload.by_status, lambda counts: {_STATUSES[name]: n for name, n in counts.items() if name in _STATUSES}
        ),
    )


def categories_from(payload: CategoriesPayload) -> ProposalCategories:
    """Read a committee's code tables."""
    return ProposalCategories(
        key=payload.code,
        categories=each_of(payload.categories, code_from),
        grades=each_of(payload.grades, code_from),
    )


def _handler_from(payload: HandlerPayload) -> Handler:
    return Handler(
        role=payload.role,
        organization=organization_ref_from(payload.organization_code, payload.organization_name),
        contact=maybe(payload.contact, _contact_from),
        due_at=payload.due_at,
    )


def _contact_from(payload: ContactPayload) -> HandlerContact:
    return HandlerContact(
        key=payload.employee_code, employee_code=payload.employee_code, name=payload.name, title=payload.title
    )


def _reply_from(payload: ReplyPayload, file_from: Callable[[AttachmentPayload], Attachment]) -> ProposalReply:
    return ProposalReply(
        key=payload.id,
        body=payload.body,
        grade=payload.grade,
        replied_at=payload.replied_at,
        organization=organization_ref_from(payload.organization_code, payload.organization_name),
        satisfaction=maybe(payload.satisfaction, _satisfaction_from),
        attachments=each_of(payload.attachments, file_from),
    )


def _satisfaction_from(payload: SatisfactionPayload) -> ReplySatisfaction:
    return ReplySatisfaction(attitude=payload.attitude, result=payload.result, comment=payload.comment)


def _step_from(payload: StepPayload) -> ProposalStep:
    return ProposalStep(status=payload.status, at=payload.at, by=payload.by, note=payload.note)


def _supervision_from(payload: SupervisionPayload) -> Supervision:
    return Supervision(kind=payload.kind, by=payload.by)


def _deliberation_from(key: str) -> DeliberationRef:
    return DeliberationRef(key=key)


def _named_from(payload: NamedProposalPayload) -> ProposalRef:
    return ProposalRef(key=payload.id, title=payload.title)
