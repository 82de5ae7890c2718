"""What is written of proposals: drafts, and moves from state to state."""

from datetime import datetime

from connectors.records.proposal import HandlingRole, ProposalStatus, ProposerType, ReplySatisfaction
from connectors.records.record import Record


class ProposalDraft(Record, frozen=True):
    """What a member writes; ``key`` is None for a new one. Units are named by ``GO_`` code."""

    key: str | None
    title: str
    background: str
    analysis: str
    suggestion: str
    category: str
    consent_to_publish: bool
    feedback_requested: bool
    co_proposer_keys: tuple[str, ...] = ()
    suggested_unit_keys: tuple[str, ...] = ()
    proposer_type: ProposerType = ProposerType.INDIVIDUAL


class HandlerWanted(Record, frozen=True):
    """A unit a proposal is to be assigned to; its contact by employee code."""

    role: HandlingRole
    organization_key: str
    contact_code: str | None = None
    due_at: datetime | None = None


class ReplyWanted(Record, frozen=True):
    """What a unit answers."""

    organization_key: str
    body: str
    grade: str


class ProposalMove(Record, frozen=True):
    """Bring a proposal to a state.

    ``ASSIGNED`` wants ``handlers``, ``MERGED`` wants ``into``, ``REPLIED`` wants ``reply``, ``FEEDBACK_GIVEN`` wants
    ``feedback``; every state takes a ``note``.
    """

    key: str
    to: ProposalStatus
    note: str | None = None
    handlers: tuple[HandlerWanted, ...] = ()
    into: str | None = None
    reply: ReplyWanted | None = None
    feedback: ReplySatisfaction | None = None
