"""A committee's consultation plans: last year's, this year's and, late in the year, the next one's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from connectors.duty.sandbox.causes import CATEGORIES, CAUSES
from connectors.duty.sandbox.rows import of_committee
from connectors.records.consultation_plan import PlannedForm, PlannedStatus
from connectors.regions import REGIONS
from connectors.sandbox.world import CommitteeSeed, World

_ITEMS = 8
_NOVEMBER = 11


@dataclass(frozen=True, slots=True)
class Planned:
    """One consultation."""

    topic: str
    form: PlannedForm
    month: int
    lead: str
    postponed: bool

    def status(self, year: int, today: date) -> PlannedStatus:
        """Whether it took place: in its month, unless it was put off."""
        if self.postponed:
            return PlannedStatus.POSTPONED
        over = (year, self.month) < (today.year, today.month)
        return PlannedStatus.HELD if over else PlannedStatus.PLANNED


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """Everything about one."""

    id: str
    committee: CommitteeSeed
    year: int
    items: tuple[Planned, ...]


def plans_of(world: World, committee: CommitteeSeed) -> Iterator[KeptPlan]:
    """One committee's; the next year's is made in November."""
    random = world.random(f"duty:plans:{committee.code}")
    forms = list(PlannedForm)
    for year in range(world.today.year - 1, world.today.year + (2 if world.today.month >= _NOVEMBER else 1)):
        months = sorted(random.sample(range(1, 13), _ITEMS))
        items = [
            Planned(cause.theme, forms[at % len(forms)], month, f"{CATEGORIES[cause.category]}委员会", at == _ITEMS - 2)
            for at, (cause, month) in enumerate(zip(random.sample(CAUSES, _ITEMS), months, strict=True))
        ]
        yield KeptPlan(f"L{committee.region_code}{year}", committee, year, tuple(items))


def plan_row(plan: KeptPlan, today: date) -> dict[str, Any]:
    """A ``ConsultationPlan`` of the contract."""
    return of_committee(plan.committee) | {
        "id": plan.id,
        "title": f"{REGIONS[plan.committee.region_code].name}政协{plan.year}年度协商计划",
        "year": plan.year,
        "consultations": [
            {
                "topic": item.topic,
                "form": item.form.value,
                "month": item.month,
                "lead": item.lead,
                "status": item.status(plan.year, today).value,
                "deliberationId": None,
            }
            for item in plan.items
        ],
    }
