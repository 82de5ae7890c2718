"""What a list of opinion reports is of: its parameters, its orders, and what a report must pass."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.duty.sandbox.opinions.kept import KeptReport
from connectors.duty.sandbox.states import states_asked
from connectors.records.opinion_report import AdoptionLevel, OpinionReportOrder, OpinionReportStatus
from connectors.regions import lies_in
from connectors.sandbox.contracted.lists import Asked
from connectors.sandbox.paging import Order

ORDERS: dict[str, Order[KeptReport]] = {
    "SUBMITTED_AT_DESC": Order("O-SUBMITTED-DESC", lambda r: (-_submitted(r), r.id)),
    "CHANGED_AT_DESC": Order("O-CHANGED-DESC", lambda r: (-r.changed_at.timestamp(), r.id)),
    "CHANGED_AT_ASC": Order("O-CHANGED-ASC", lambda r: (r.changed_at.timestamp(), r.id)),
}
FILTERS = (
    "organizationCode",
    "regionCode",
    "statuses",
    "category",
    "adoptionLevel",
    "authorId",
    "text",
    "changedSince",
    "orderBy",
)
"""The parameters of a list besides its page and its viewer."""


def _submitted(report: KeptReport) -> float:
    return report.submitted_at.timestamp() if report.submitted_at else 0.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports a list is of; None: either."""

    organization: str | None
    region: str | None
    statuses: frozenset[OpinionReportStatus] | None
    category: str | None
    adopted: AdoptionLevel | None
    author: str | None
    text: str | None
    changed_since: datetime | None
    order: str

    def tests(self) -> list[Callable[[KeptReport], bool]]:
        """What a report must pass, of what was asked for."""
        asked: list[tuple[Any, Callable[[KeptReport], bool]]] = [
            (self.statuses, lambda r: r.status in (self.statuses or ())),
            (self.category, lambda r: r.category == self.category),
            (self.changed_since, lambda r: self.changed_since is not None and r.changed_at >= self.changed_since),
            (self.region, lambda r: lies_in(r.committee.region_code, self.region or "")),
            (self.adopted, lambda r: any(level is self.adopted for level, _, _ in r.adoptions)),
            (self.author, lambda r: wrote(r, self.author or "")),
            (self.text, lambda r: (self.text or "") in r.title),
        ]
        return [test for value, test in asked if value is not None]


def wanted(asked: Asked) -> Wanted:
    """What the parameters ask for; raises ``ProblemError``."""
    order = asked.choice("orderBy", OpinionReportOrder) or OpinionReportOrder.SUBMITTED_AT_DESC
    return Wanted(
        organization=asked.key("organizationCode"),
        region=asked.region(),
        statuses=states_asked(asked, "statuses", OpinionReportStatus),
        category=asked.key("category"),
        adopted=asked.choice("adoptionLevel", AdoptionLevel),
        author=asked.key("authorId"),
        text=asked.text("text"),
        changed_since=asked.moment("changedSince"),
        order=order.value,
    )


def wrote(report: KeptReport, member: str) -> bool:
    """Whether a member is among the authors."""
    return any(author.key == member for author in report.authors)
