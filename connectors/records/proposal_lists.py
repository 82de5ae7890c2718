"""Which proposals a list is of, and what is told of all of a committee's."""

import enum
from collections.abc import Mapping
from datetime import datetime

from connectors.records.code import Code
from connectors.records.proposal import ProposalStatus
from connectors.records.record import Record


class ProposalOrder(enum.Enum):
    """Orders proposals are listed in. A draft, never submitted, stands at the end of the first."""

    SUBMITTED_AT_DESC = "SUBMITTED_AT_DESC"
    SUBMITTED_AT_ASC = "SUBMITTED_AT_ASC"
    CHANGED_AT_DESC = "CHANGED_AT_DESC"
    CHANGED_AT_ASC = "CHANGED_AT_ASC"


class ProposalQuery(Record, frozen=True):
    """Which proposals; None: either. ``changed_since`` also finds the withdrawn ones, as every list does."""

    organization_key: str | None = None
    region_key: str | None = None
    term: int | None = None
    session: int | None = None
    statuses: tuple[ProposalStatus, ...] | None = None
    category: str | None = None
    is_key: bool | None = None
    is_outstanding: bool | None = None
    first_proposer_key: str | None = None
    proposer_key: str | None = None
    """First or co-proposer."""
    text: str | None = None
    changed_since: datetime | None = None
    order: ProposalOrder = ProposalOrder.SUBMITTED_AT_DESC


class ProposalShare(enum.Enum):
    """Which of a member's proposals: those submitted first-hand, those co-signed, or both."""

    ANY = "ANY"
    FIRST = "FIRST"
    COSIGNED = "COSIGNED"


class ProposalCounts(Record, frozen=True):
    """A committee's proposals by state (``key`` is its ``GO_`` code), of those submitted."""

    key: str
    total: int
    key_proposals: int
    outstanding: int
    by_status: Mapping[ProposalStatus, int]


class ProposalStatusCount(Record, frozen=True):
    """How many of them stand in one state."""

    status: ProposalStatus
    count: int


class ProposalCategories(Record, frozen=True):
    """A committee's code tables (``key`` is its ``GO_`` code): categories, and grades of replies."""

    key: str
    categories: tuple[Code, ...]
    grades: tuple[Code, ...]
