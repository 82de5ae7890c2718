"""``ProposalSource`` over the duty platform; what is kept is kept for one audience."""

from collections.abc import Sequence

from connectors.contracted.reads import Endpoint, moment_text
from connectors.contracted.rows import Shape
from connectors.duty.audience import Audience, audience_of
from connectors.duty.hiding import Guarded, guarded, pages_without_hidden
from connectors.duty.proposals.mapping import (
    categories_from,
    co_proposer_from,
    counts_from,
    proposal_from,
    shown_to,
)
from connectors.duty.proposals.payloads import (
    CategoriesPayload,
    CoProposerPayload,
    CountsPayload,
    ProposalPayload,
)
from connectors.duty.reads import DutyReads
from connectors.errors import PlatformError
from connectors.freshness import AUDIENCE, PUBLISHED, YEARLY
from connectors.records.member import MemberRef
from connectors.records.page import Page, PageArgs
from connectors.records.proposal import Proposal
from connectors.records.proposal_lists import ProposalCategories, ProposalCounts, ProposalQuery, ProposalShare
from connectors.viewer import ANYONE, Ask, Scope, Viewer

BY_KEY = Endpoint("proposals", "/proposals", AUDIENCE, tags=("proposal:{key}",))
LISTED = Endpoint("proposals.list", "/proposals/list", AUDIENCE, tags=("proposals",))
OF_MEMBERS = Endpoint(
    "members.proposals",
    "/members/proposals",
    AUDIENCE,
    tags=(
        "proposals",
        "member:{key}",
    ),
)
CO_PROPOSERS = Endpoint("proposals.coProposers", "/proposals/co-proposers", AUDIENCE, tags=("proposal:{key}",))
COUNTS = Endpoint("organizations.proposals.counts", "/organizations/proposals/counts", PUBLISHED, tags=("proposals",))
TABLES = Endpoint(
    "organizations.proposals.tables", "/organizations/proposals/tables", YEARLY, tags=("organization:{key}",)
)
_SIGNED = Shape(CoProposerPayload, co_proposer_from)
_COUNTED = Shape(CountsPayload, counts_from, key="code")
_TABLED = Shape(CategoriesPayload, categories_from, key="code")


class DutyProposals:
    """Proposals change while people look at them: nothing of one is kept for longer than half a minute."""

    def __init__(self, reads: DutyReads) -> None:
        self._reads = reads

    async def load_proposals(self, keys: Sequence[str], ask: Ask) -> Sequence[Proposal | PlatformError | None]:
        """Read proposals by key; None for an unknown one and for one the asker may not see."""
        audience = _audience_of(ask.viewer)
        return await self._reads.keyed(BY_KEY, _shape_for(audience), keys, ask, audience.params())

    async def list_proposals(
        self, queries: Sequence[ProposalQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Proposal] | PlatformError]:
        """Read one page per query."""
        audience = _audience_of(ask.viewer)
        asked = [_params_of(query) | audience.params() for query in queries]
        return pages_without_hidden(await self._reads.listed(LISTED, _shape_for(audience), asked, page, ask))

    async def list_member_proposals(
        self, keys: Sequence[str], share: ProposalShare, query: ProposalQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Proposal] | PlatformError]:
        """Read one page per member; an unknown member has an empty one."""
        audience = _audience_of(ask.viewer)
        asked = _params_of(query) | audience.params() | {"share": share.value}
        found = await self._reads.owned(OF_MEMBERS, _shape_for(audience), keys, page, ask, asked)
        return pages_without_hidden(found)

    async def list_co_proposers(
        self, keys: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[MemberRef] | PlatformError]:
        """Read who signed, in the order they did.

        A row of this list tells nothing of its proposal, so whether the asker may see that is the platform's word.
        """
        return await self._reads.owned(CO_PROPOSERS, _SIGNED, keys, page, ask, _audience_of(ask.viewer).params())

    async def load_proposal_counts(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[ProposalCounts | PlatformError | None]:
        """Count the submitted proposals of committees."""
        return await self._reads.keyed(COUNTS, _COUNTED, keys, ask)

    async def load_proposal_categories(
        self, keys: Sequence[str], ask: Ask
    ) -> Sequence[ProposalCategories | PlatformError | None]:
        """Read the code tables of committees."""
        return await self._reads.keyed(TABLES, _TABLED, keys, ask)


def _audience_of(viewer: Viewer) -> Audience:
    """Who asks; without a scope of duties everybody, members and staff too, is told what is published."""
    on_duty = viewer.holds(Scope.DUTY_READ) or viewer.holds(Scope.DUTY_WRITE)
    return audience_of(viewer) if on_duty else audience_of(ANYONE)


def _shape_for(audience: Audience) -> Guarded[ProposalPayload]:
    return guarded(ProposalPayload, proposal_from, lambda payload: shown_to(payload, audience))


def _params_of(query: ProposalQuery) -> dict[str, str]:
    """The filter and the order as the contract names them."""
    flags = {True: "true", False: "false", None: None}
    told = {
        "organizationCode": query.organization_key,
        "regionCode": query.region_key,
        "term": str(query.term) if query.term is not None else None,
        "session": str(query.session) if query.session is not None else None,
        "statuses": ",".join(status.value for status in query.statuses) if query.statuses else None,
        "category": query.category,
        "isKey": flags[query.is_key],
        "isOutstanding": flags[query.is_outstanding],
        "firstProposerId": query.first_proposer_key,
        "proposerId": query.proposer_key,
        "text": query.text,
        "changedSince": moment_text(query.changed_since) if query.changed_since else None,
        "orderBy": query.order.value,
    }
    return {name: value for name, value in told.items() if value is not None}
