"""Proposals: reading them, and what members, the committee's staff and handling units do to them."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.member import MemberRef
from connectors.records.page import Page, PageArgs
from connectors.records.proposal import Proposal
from connectors.records.proposal_lists import ProposalCategories, ProposalCounts, ProposalQuery, ProposalShare
from connectors.records.proposal_moves import ProposalDraft, ProposalMove
from connectors.viewer import Ask


@runtime_checkable
class ProposalSource(Protocol):
    """Knows proposals; answers only what the asker may see.

    A draft is its proposer's alone. Members and staff see what was submitted; everybody else what was filed and its
    proposer agreed to have published.
    """

    async def load_proposals(self, keys: Sequence[str], ask: Ask) -> Sequence[Proposal | PlatformError | None]:
        """Read proposals by key; None also where the asker may not see it."""

    async def list_proposals(
        self, queries: Sequence[ProposalQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Proposal] | PlatformError]:
        """Read one page per query."""

    async def list_member_proposals(
        self, keys: Sequence[str], share: ProposalShare, query: ProposalQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Proposal] | PlatformError]:
        """Read one page per member key: those proposed first-hand, co-signed, or both."""

    async def list_co_proposers(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[MemberRef] | PlatformError]:
        """Read one page of co-proposers per proposal key, in the order they signed; empty where it is not seen."""

    async def load_proposal_counts(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[ProposalCounts | PlatformError | None]:
        """Count the submitted proposals of committees by ``GO_`` code; for everybody the same."""

    async def load_proposal_categories(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[ProposalCategories | PlatformError | None]:
        """Read the code tables of committees by ``GO_`` code."""


@runtime_checkable
class ProposalDesk(Protocol):
    """Takes proposals and what is done to them.

    The person who acts is the asker (``member_key``, or ``employee_code`` of staff and handling units). Each write
    answers the proposal as it then stands and raises ``PlatformError``: ``ForbiddenMoveError`` with the states it can
    go to, ``NotAllowedError`` where the asker may not do this, ``NotFoundError``, ``RejectedInputError``,
    ``WriteIdReusedError``, ``OutcomeUnknownError``. ``write_id`` makes it happen once.
    """

    async def save_proposal(self, draft: ProposalDraft, write_id: str, ask: Ask) -> Proposal:
        """Keep a draft: a new one, or new words for one's own draft or returned proposal."""

    async def submit_proposal(self, draft: ProposalDraft, write_id: str, ask: Ask) -> Proposal:
        """Keep the draft and submit it."""

    async def cosign_proposal(self, key: str, write_id: str, ask: Ask) -> Proposal:
        """Add the asker to the co-proposers; before it is filed."""

    async def move_proposal(self, move: ProposalMove, write_id: str, ask: Ask) -> Proposal:
        """Bring a proposal to another state."""
