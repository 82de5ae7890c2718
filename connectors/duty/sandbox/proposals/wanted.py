"""What a list of proposals is of: its parameters, its orders, and what a proposal must pass."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.duty.sandbox.proposals.filed import FiledProposal
from connectors.duty.sandbox.states import states_asked
from connectors.records.proposal import ProposalStatus
from connectors.records.proposal_lists import ProposalOrder
from connectors.regions import lies_in
from connectors.sandbox.contracted.lists import Asked
from connectors.sandbox.contracted.problems import rejected
from connectors.sandbox.paging import Order

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
