"""An order and its way through the chain (domain-terms section 6)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from connectors.records.question import QuestionKind
from connectors.records.work_order import WorkOrderStatus
from connectors.sandbox.world import PersonSeed, UnitSeed
from connectors.zheliban.sandbox.studios.asked import GivenFile, moment_of
from connectors.zheliban.sandbox.studios.rows import attachment_row

S = WorkOrderStatus
DONE = frozenset({S.CLOSED, S.TRANSFER_REFUSED})
_ENDED = frozenset({S.CALLBACK, *DONE})
HOTLINE, OWNER = "12345热线", "诉求人"
HOUR, DAY = 3600.0, 86_400.0


@dataclass(frozen=True, slots=True)
class Step:
    """A state an order comes to at a time, which may lie ahead."""

    status: WorkOrderStatus
    at: float
    by: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What the owner added."""

    body: str
    at: float
    files: tuple[GivenFile, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The call back."""

    satisfied: bool
    comment: str | None
    at: float


@dataclass(slots=True)
class Order:
    """An order; ``plan`` are its states by time, past and to come."""

    id: str
    number: str
    owner: PersonSeed = field(repr=False)
    kind: QuestionKind
    title: str
    body: str
    region: str
    place: tuple[float, float, str] | None
    handler: UnitSeed
    accepted: float
    due: float
    plan: tuple[Step, ...]
    files: tuple[GivenFile, ...] = ()
    source: str | None = None
    added: tuple[Added, ...] = ()
    verdict: Verdict | None = None

    def steps(self, now: float) -> Sequence[Step]:
        """What happened by now."""
        return [step for step in self.plan if step.at <= now] or self.plan[:1]

    def status(self, now: float) -> WorkOrderStatus:
        """Where it stands."""
        if self.plan[-1].at <= now:
            return self.plan[-1].status
        return self.steps(now)[-1].status

    def closed_at(self, now: float) -> float | None:
        """When it was done; None while it is not."""
        last = self.steps(now)[-1]
        return last.at if last.status in DONE else None

    def overdue(self, now: float) -> bool:
        """Whether it was not done when it was due: the work ended no sooner, or has not yet."""
        if now <= self.due:
            return False
        ended = next((step.at for step in self.plan if step.status in _ENDED), now + 1)
        return min(ended, now) > self.due

    def told(self, now: float) -> Verdict | None:
        """The call back, once it was made."""
        return self.verdict if self.verdict and self.verdict.at <= now else None


def due_after(accepted: float, working_days: int) -> float:
    """The end of the last working day (weekends do not count; holidays are not known here)."""
    moment = moment_of(accepted)
    while working_days:
        moment += timedelta(days=1)
        working_days -= moment.weekday() < 5  # noqa: PLR2004 - Monday to Friday
    return moment.replace(hour=17, minute=30, second=0, microsecond=0).timestamp()


def order_row(order: Order, now: float, *, grounds: str) -> dict[str, Any]:
    """A ``WorkOrder`` of the contract; the exact place for owner and handler only."""
    steps, verdict, place = order.steps(now), order.told(now), order.place
    closed = order.closed_at(now)
    dispatched = any(step.status is S.DISPATCHED for step in steps)
    return {
        "id": order.id,
        "number": order.number,
        "status": steps[-1].status.value,
        "kind": order.kind.value,
        "title": order.title,
        "body": order.body,
        "regionCode": order.region,
        "location": {"latitude": place[0], "longitude": place[1], "address": place[2]}
        if place and grounds != "STAFF"
        else None,
        "handler": {"id": order.handler.code, "name": order.handler.name} if dispatched else None,
        "acceptedAt": moment_of(order.accepted),
        "dueAt": moment_of(order.due),
        "closedAt": None if closed is None else moment_of(closed),
        "changedAt": moment_of(max(steps[-1].at, *(each.at for each in order.added), verdict.at if verdict else 0.0)),
        "overdue": order.overdue(now),
        "history": [{"status": s.status.value, "at": moment_of(s.at), "by": s.by, "note": s.note} for s in steps],
        "supplements": [
            {"body": each.body, "at": moment_of(each.at), "attachments": [attachment_row(file) for file in each.files]}
            for each in order.added
        ],
        "followUp": {"satisfied": verdict.satisfied, "comment": verdict.comment, "at": moment_of(verdict.at)}
        if verdict
        else None,
        "attachments": [attachment_row(file) for file in order.files],
        "sourceQuestionId": order.source,
        "access": {"ownerId": order.owner.user_id, "grounds": grounds},
    }
