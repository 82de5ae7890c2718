"""The rows of ``contract/proposals.yaml`` that a proposal is told as."""

from datetime import datetime
from typing import Any

from connectors.duty.sandbox.causes import CATEGORIES
from connectors.duty.sandbox.proposals.filed import FiledProposal, GivenReply, Handling
from connectors.duty.sandbox.rows import named_member, of_committee
from connectors.records.proposal import ProposalStatus, SubmissionPeriod
from connectors.sandbox.world import UnitSeed

Row = dict[str, Any]
_FEBRUARY = 2
SHOWN_CO_PROPOSERS = 20
"""How many of those who signed stand in a proposal's own row."""


def proposal_row(proposal: FiledProposal) -> Row:
    """A ``Proposal`` of the contract."""
    committee = of_committee(proposal.committee)
    supervision, merged = proposal.supervision, proposal.merged_into
    return committee | {
        "id": proposal.id,
        "serialNo": proposal.serial_no,
        "proposalNo": proposal.proposal_no,
        "title": proposal.title,
        "background": proposal.background,
        "analysis": proposal.analysis,
        "suggestion": proposal.suggestion,
        "category": {"code": proposal.category, "name": CATEGORIES[proposal.category]},
        "term": proposal.first_proposer.term,
        "session": proposal.session,
        "submissionPeriod": _period(proposal.submitted_at),
        "proposerType": proposal.proposer_type.value,
        "proposerUnit": proposal.proposer_unit,
        "firstProposer": named_member(proposal.first_proposer),
        "coProposers": [named_member(member) for member in proposal.co_proposers[:SHOWN_CO_PROPOSERS]],
        "coProposerCount": len(proposal.co_proposers),
        "consentToPublish": proposal.consent_to_publish,
        "feedbackRequested": proposal.feedback_requested,
        "isKey": proposal.is_key,
        "isOutstanding": proposal.is_outstanding,
        "status": proposal.status.value,
        "handedIn": proposal.status is not ProposalStatus.DRAFT,
        "submittedAt": proposal.submitted_at,
        "changedAt": proposal.changed_at,
        "withdrawnAt": proposal.withdrawn_at,
        "suggestedUnits": [_unit(unit) for unit in proposal.suggested_units],
        "handlers": [_handler_row(handling) for handling in proposal.handlers],
        "replies": [_reply_row(reply) for reply in proposal.replies],
        "history": [{"status": s.status.value, "at": s.at, "by": s.by, "note": s.note} for s in proposal.history],
        "supervision": {"kind": supervision[0].value, "by": supervision[1]} if supervision else None,
        "deliberationIds": proposal.talks,
        "convertedId": proposal.converted,
        "mergedInto": {"id": merged.id, "title": merged.title} if merged else None,
        "attachments": [_file(proposal.id, "提案附件.pdf")] if proposal.has_file else [],
    }


def _period(at: datetime | None) -> str | None:
    """The plenary sessions are in January and February."""
    if at is None:
        return None
    period = SubmissionPeriod.IN_SESSION if at.month <= _FEBRUARY else SubmissionPeriod.OUT_OF_SESSION
    return str(period.value)


def _handler_row(handling: Handling) -> Row:
    work = handling.contact.work if handling.contact else None
    contact = None
    if handling.contact and work:
        contact = {"employeeCode": work.employee_code, "name": handling.contact.name, "title": work.title}
    return _unit(handling.unit) | {"role": handling.role.value, "contact": contact, "dueAt": handling.due_at}


def _reply_row(reply: GivenReply) -> Row:
    opinion = reply.opinion
    satisfaction = None
    if opinion:
        words = {"attitude": opinion.attitude.value, "result": opinion.result.value}
        satisfaction = words | {"comment": opinion.comment}
    return _unit(reply.unit) | {
        "id": reply.id,
        "body": reply.body,
        "grade": reply.grade,
        "repliedAt": reply.replied_at,
        "satisfaction": satisfaction,
        "attachments": [_file(reply.id, "办理答复.pdf")],
    }


def _unit(unit: UnitSeed) -> Row:
    return {"organizationCode": unit.code, "organizationName": unit.name}


def _file(owner: str, name: str) -> Row:
    return {"id": f"{owner}-1", "kind": "DOCUMENT", "name": name, "path": f"attachments/{owner}-1"}
