"""``ProposalDesk`` over the duty platform."""

from collections.abc import Mapping
from typing import Any

from connectors.contracted.rows import Shape
from connectors.duty.audience import official_first
from connectors.duty.desks import DutyDesk, Write, member_of
from connectors.duty.proposals.mapping import proposal_from
from connectors.duty.proposals.payloads import ProposalPayload
from connectors.records.proposal import Proposal, ProposalStatus, ReplySatisfaction
from connectors.records.proposal_moves import HandlerWanted, ProposalDraft, ProposalMove, ReplyWanted
from connectors.viewer import Ask

_PROPOSAL = Shape(ProposalPayload, proposal_from)
SAVE = Write("proposals.save", "/proposals/drafts", _PROPOSAL)
SUBMIT = Write("proposals.submit", "/proposals/submissions", _PROPOSAL)
COSIGN = Write("proposals.cosign", "/proposals/cosignatures", _PROPOSAL)
MOVE = Write("proposals.move", "/proposals/moves", _PROPOSAL)
_PROPOSERS = frozenset({ProposalStatus.SUBMITTED, ProposalStatus.WITHDRAWN, ProposalStatus.FEEDBACK_GIVEN})
"""States its proposer brings a proposal to; the others are for staff and units."""


class DutyProposalDesk:
    """Each write is one call; what it answers is the proposal as it then stands."""

    def __init__(self, desk: DutyDesk) -> None:
        self._desk = desk

    async def save_proposal(self, draft: ProposalDraft, write_id: str, ask: Ask) -> Proposal:
        """``POST /proposals/drafts``."""
        return await self._desk.done(SAVE, _draft_body(draft), write_id, member_of(ask.viewer), ask)

    async def submit_proposal(self, draft: ProposalDraft, write_id: str, ask: Ask) -> Proposal:
        """``POST /proposals/submissions``."""
        return await self._desk.done(SUBMIT, _draft_body(draft), write_id, member_of(ask.viewer), ask)

    async def cosign_proposal(self, key: str, write_id: str, ask: Ask) -> Proposal:
        """``POST /proposals/cosignatures``."""
        body = {"proposalId": self._desk.known(COSIGN, key)}
        return await self._desk.done(COSIGN, body, write_id, member_of(ask.viewer), ask)

    async def move_proposal(self, move: ProposalMove, write_id: str, ask: Ask) -> Proposal:
        """``POST /proposals/moves``; who is member and official acts as official where the state is no proposer's."""
        actor = member_of(ask.viewer) if move.to in _PROPOSERS else official_first(ask.viewer)
        self._desk.known(MOVE, move.key)
        return await self._desk.done(MOVE, _move_body(move), write_id, actor, ask)


def _draft_body(draft: ProposalDraft) -> Mapping[str, Any]:
    body = {
        "title": draft.title,
        "background": draft.background,
        "analysis": draft.analysis,
        "suggestion": draft.suggestion,
        "category": draft.category,
        "consentToPublish": draft.consent_to_publish,
        "feedbackRequested": draft.feedback_requested,
        "proposerType": draft.proposer_type.value,
        "coProposerIds": list(draft.co_proposer_keys),
        "suggestedUnitCodes": list(draft.suggested_unit_keys),
    }
    return body if draft.key is None else body | {"proposalId": draft.key}


def _move_body(move: ProposalMove) -> Mapping[str, Any]:
    body: dict[str, Any] = {
        "proposalId": move.key,
        "to": move.to.value,
        "note": move.note,
        "handlers": [_handler(each) for each in move.handlers] or None,
        "intoId": move.into,
        "reply": _reply(move.reply) if move.reply else None,
        "feedback": _feedback(move.feedback) if move.feedback else None,
    }
    return {name: value for name, value in body.items() if value is not None}


def _handler(wanted: HandlerWanted) -> dict[str, Any]:
    body = {
        "role": wanted.role.value,
        "organizationCode": wanted.organization_key,
        "contactCode": wanted.contact_code,
        "dueAt": wanted.due_at,
    }
    return {name: value for name, value in body.items() if value is not None}


def _reply(wanted: ReplyWanted) -> dict[str, Any]:
    return {"organizationCode": wanted.organization_key, "body": wanted.body, "grade": wanted.grade}


def _feedback(given: ReplySatisfaction) -> dict[str, Any]:
    words = {"attitude": given.attitude.value, "result": given.result.value}
    return words if given.comment is None else words | {"comment": given.comment}
