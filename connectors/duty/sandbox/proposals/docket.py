"""The sandbox's proposals, found by key and by what lists ask for."""

from collections import Counter
from collections.abc import Callable, Sequence

from connectors.duty.sandbox.audience import Viewing
from connectors.duty.sandbox.proposals.filed import FiledProposal
from connectors.duty.sandbox.proposals.seeding import proposals_of
from connectors.duty.sandbox.proposals.wanted import ORDERS, Wanted, cosigned, proposes
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.shelf import ALL, Shelf
from connectors.records.proposal import PUBLISHABLE, ProposalStatus
from connectors.records.proposal_lists import ProposalShare
from connectors.sandbox.paging import Order
from connectors.sandbox.world import World

_SHARES: dict[ProposalShare, Callable[[FiledProposal, str], bool]] = {
    ProposalShare.ANY: proposes,
    ProposalShare.FIRST: lambda proposal, member: proposal.first_proposer.key == member,
    ProposalShare.COSIGNED: cosigned,
}


def seen_by(proposal: FiledProposal, viewer: Viewing) -> bool:
    """Whether somebody may see it: a draft is its proposer's; what is filed and may be published, everybody's."""
    if proposal.first_proposer.key == viewer.member:
        return True
    if proposal.status is ProposalStatus.DRAFT:
        return False
    if viewer.member is not None or viewer.staff:
        return True
    return proposal.consent_to_publish and proposal.status in PUBLISHABLE


class Docket:
    """Lives as long as the sandbox."""

    def __init__(self, world: World, rolls: Rolls) -> None:
        self.rolls = rolls
        self.shelf = Shelf(world, lambda c: proposals_of(world, rolls, c), _committee_in, ORDERS).filled()
        self._new = Counter[str]()
        self._serial = 0

    def get(self, key: str, viewer: Viewing) -> FiledProposal | None:
        """One proposal, where the viewer may see it."""
        proposal = self.shelf.get(key)
        return proposal if proposal is not None and seen_by(proposal, viewer) else None

    def chosen(self, want: Wanted, viewer: Viewing) -> Sequence[FiledProposal]:
        """Those asked for that the viewer may see, in order."""
        tests = want.tests()
        rows = self.shelf.sorted(_order_name(want.order), want.organization or ALL)
        return [p for p in rows if all(test(p) for test in tests) and seen_by(p, viewer)]

    def of_member(
        self, key: str, share: ProposalShare, want: Wanted, viewer: Viewing
    ) -> Sequence[FiledProposal] | None:
        """A member's; None for nobody. Members sign proposals of their own committee only."""
        member = self.rolls.members.get(key)
        if member is None:
            return None
        tests, theirs = want.tests(), _SHARES[share]
        if want.organization not in {None, member.committee.code}:
            return []
        rows = self.shelf.sorted(_order_name(want.order), member.committee.code)
        return [p for p in rows if theirs(p, key) and all(test(p) for test in tests) and seen_by(p, viewer)]

    def next_serial(self) -> int:
        """A running number of what came in while this runs."""
        self._serial += 1
        return self._serial

    def new_id(self, region_code: str) -> str:
        """The key of a proposal that is written now."""
        self._new[region_code] += 1
        return f"P{region_code}N{self._new[region_code]:04d}"


def _order_name(order: Order[FiledProposal]) -> str:
    return next(name for name, each in ORDERS.items() if each is order)


def _committee_in(key: str) -> str:
    """The committee whose proposal a key names: it holds the division's code."""
    return f"GO_zx{key[1:7]}"
