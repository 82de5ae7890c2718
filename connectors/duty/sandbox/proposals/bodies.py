"""Bodies of the writes of ``contract/proposals.yaml``."""

from typing import Annotated

import msgspec

from connectors.duty.sandbox.writes import Key, LongText, Moment, ShortText, WriteBody
from connectors.records.proposal import HandlingRole, ProposalStatus, ProposerType, Satisfaction

Keys = Annotated[tuple[Key, ...], msgspec.Meta(max_length=100)]


class Part(msgspec.Struct, rename="camel", frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The base of what stands in a body."""


class ProposalBody(WriteBody, frozen=True, kw_only=True):
    """What a member writes; without ``proposalId`` a new one."""

    proposal_id: Key | None = None
    title: ShortText
    background: LongText
    analysis: LongText
    suggestion: LongText
    category: Key
    consent_to_publish: bool
    feedback_requested: bool
    proposer_type: ProposerType = ProposerType.INDIVIDUAL
    co_proposer_ids: Keys = ()
    suggested_unit_codes: Keys = ()


class CosignBody(WriteBody, frozen=True, kw_only=True):
    """Which proposal the actor signs too."""

    proposal_id: Key


class HandlerPart(Part, frozen=True, kw_only=True):
    """A unit it is assigned to; without ``dueAt`` the usual three months."""

    role: HandlingRole
    organization_code: Key
    contact_code: Key | None = None
    due_at: Moment | None = None


class ReplyPart(Part, frozen=True, kw_only=True):
    """What a unit answers."""

    organization_code: Key
    body: LongText
    grade: Key


class FeedbackPart(Part, frozen=True, kw_only=True):
    """What the proposer says of the last reply."""

    attitude: Satisfaction
    result: Satisfaction
    comment: ShortText | None = None


class ProposalMoveBody(WriteBody, frozen=True, kw_only=True):
    """To which state, and what that state wants: see ``contract/proposals.yaml``."""

    proposal_id: Key
    to: ProposalStatus
    note: ShortText | None = None
    handlers: Annotated[list[HandlerPart], msgspec.Meta(min_length=1, max_length=20)] | None = None
    into_id: Key | None = None
    reply: ReplyPart | None = None
    feedback: FeedbackPart | None = None
