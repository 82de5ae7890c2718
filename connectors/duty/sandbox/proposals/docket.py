"""The sandbox's proposals, found by key and by what lists ask for."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.duty.sandbox.audience import Viewing
from connectors.duty.sandbox.lists import Asked
from connectors.duty.sandbox.problems import rejected
from connectors.duty.sandbox.proposals.filed import FiledProposal
from connectors.duty.sandbox.proposals.seeding import proposals_of
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.shelf import ALL, Shelf
from connectors.duty.sandbox.states import states_asked
from connectors.records.proposal import PUBLISHABLE, ProposalOrder, ProposalShare, ProposalStatus
from connectors.regions import lies_in
from connectors.sandbox.paging import Order
from connectors.sandbox.world import World

_NEVER = 1e12  # seconds: later than any submission

ORDERS: dict[str, Order[FiledProposal]] = {
    "SUBMITTED_AT_DESC": Order("P-SUBMITTED-DESC", lambda p: (-_submitted(p, 0.0), p.id)),
    "SUBMITTED_AT_ASC": Order("P-SUBMITTED-ASC", lambda p: (_submitted(p, _NEVER), p.id)),
    "CHANGED_AT_DESC": Order("P-CHANGED-DESC", lambda p: (-p.changed_at.timestamp(), p.id)),
    "CHANGED_AT_ASC": Order("P-CHANGED-ASC", lambda p: (p.changed_at.timestamp(), p.id)),
}
FILTERS = (
    "organizationCode",
    "regionCode",
    "term",
    "session",
    "statuses",
    "category",
    "isKey",
    "isOutstanding",
    "firstProposerId",
    "proposerId",
    "text",
    "changedSince",
    "orderBy",
)
"""The parameters of a list besides its page and its viewer."""


def _submitted(proposal: FiledProposal, otherwise: float) -> float:
    return proposal.submitted_at.timestamp() if proposal.submitted_at else otherwise


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proposals a list is of; None: either."""

    organization: str | None
    region: str | None
    term: int | None
    session: int | None
    statuses: frozenset[ProposalStatus] | None
    category: str | None
    is_key: bool | None
    is_outstanding: bool | None
    first_proposer: str | None
    proposer: str | None
    text: str | None
    changed_since: datetime | None
    order: Order[FiledProposal]

    def tests(self) -> list[Callable[[FiledProposal], bool]]:
        """What a proposal must pass, of what was asked for; the cheapest first."""
        asked: list[tuple[Any, Callable[[FiledProposal], bool]]] = [
            (self.statuses, lambda p: p.status in (self.statuses or ())),
            (self.is_key, lambda p: p.is_key is self.is_key),
            (self.is_outstanding, lambda p: p.is_outstanding is self.is_outstanding),
            (self.category, lambda p: p.category == self.category),
            (self.session, lambda p: p.session == self.session),
            (self.term, lambda p: p.first_proposer.term == self.term),
            (self.first_proposer, lambda p: p.first_proposer.key == self.first_proposer),
            (self.changed_since, lambda p: self.changed_since is not None and p.changed_at >= self.changed_since),
            (self.region, lambda p: lies_in(p.committee.region_code, self.region or "")),
            (self.proposer, lambda p: proposes(p, self.proposer or "")),
            (self.text, lambda p: (self.text or "") in p.title),
        ]
        return [test for value, test in asked if value is not None]


def wanted(asked: Asked) -> Wanted:
    """What the parameters ask for; raises ``ProblemError``."""
    order = asked.choice("orderBy", ProposalOrder) or ProposalOrder.SUBMITTED_AT_DESC
    return Wanted(
        organization=asked.key("organizationCode"),
        region=asked.region(),
        term=_number(asked, "term"),
        session=_number(asked, "session"),
        statuses=states_asked(asked, "statuses", ProposalStatus),
        category=asked.key("category"),
        is_key=asked.flag("isKey"),
        is_outstanding=asked.flag("isOutstanding"),
        first_proposer=asked.key("firstProposerId"),
        proposer=asked.key("proposerId"),
        text=asked.text("text"),
        changed_since=asked.moment("changedSince"),
        order=ORDERS[order.value],
    )


def _number(asked: Asked, name: str) -> int | None:
    """A term or a session."""
    text = asked.key(name)
    if text is not None and not (text.isascii() and text.isdigit() and 1 <= len(text) <= 3):  # noqa: PLR2004 - digits
        raise rejected("INVALID_PARAMETER", f"{name} is a small number")
    return None if text is None else int(text)


def proposes(proposal: FiledProposal, member: str) -> bool:
    """Whether a member is among those who propose."""
    return proposal.first_proposer.key == member or cosigned(proposal, member)


def cosigned(proposal: FiledProposal, member: str) -> bool:
    """Whether a member is among those who signed after the first."""
    return any(other.key == member for other in proposal.co_proposers)


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
